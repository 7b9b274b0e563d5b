// What an eye and a finger notice of a page, as a list of sentences. Tests hold it to pages on which each is wrong.
const problems = [];
const tell = (what, e) => problems.push(what + (e ? ": " + e.outerHTML.slice(0, 120) : ""));
const all = (selector) => [...document.querySelectorAll(selector)];
const style = getComputedStyle;

// once asks each element only once, from the root down: a page of 200 boxes has 20,000 elements
const once = (ask) => {
  const known = new Map();
  return (e) => {
    if (!known.has(e)) known.set(e, ask(e));
    return known.get(e);
  };
};
// set aside until it has the focus, as a skip link is
const aside = once((e) => !!e && (style(e).clipPath !== "none" || aside(e.parentElement)));
const shown = once((e) => e.getClientRects().length > 0 && style(e).visibility === "visible" && !aside(e));
const scrolls = once((e) => ["auto", "scroll"].includes(style(e).overflowX));
const scroller = once((e) => e && (scrolls(e) ? e : scroller(e.parentElement)));
const painted = once((e) => !!e && (style(e).opacity !== "1" || style(e).backgroundImage !== "none" || painted(e.parentElement)));

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
const rgba = (text) => {
  const n = text.match(/[\d.]+/g);
  if (!text.startsWith("rgb") || !n) throw new Error("no colour that this test knows: " + text);
  return [+n[0], +n[1], +n[2], n.length > 3 ? +n[3] : 1];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const ground = once((e) => (e ? over(rgba(style(e).backgroundColor), ground(e.parentElement)) : [255, 255, 255, 1]));
const light = (c) => {
  const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

function texts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node; (node = walker.nextNode()); ) {
    const e = node.parentElement;
    if (!node.data.trim() || !shown(e)) continue;
    seen++;
    const back = ground(e);
    const ratio = contrast(over(rgba(style(e).color), back), back);
    if (ratio < 4.5) tell("contrast " + ratio.toFixed(1), e);
    if (painted(e)) tell("contrast unknown", e);
    const frame = scroller(e);
    if (frame && e.getBoundingClientRect().width > frame.clientWidth) tell("text is wider than what it scrolls in", e);
  }
  if (!seen) tell("no text");
}

function widths() {
  const root = document.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) tell("the page is " + root.scrollWidth + " px wide, the screen " + width);
  for (const e of all("body *")) {
    if (!shown(e)) continue;
    const inside = scroller(e.parentElement);
    const box = e.getBoundingClientRect();
    if (!inside && (box.right > width + 0.5 || box.left < -0.5)) tell("outside the screen", e);
    if (e.scrollWidth <= e.clientWidth + 1 || style(e).display === "inline") continue;
    if (style(e).overflowX === "hidden") tell("text is cut off", e);
    if (scrolls(e) && (e.getAttribute("role") !== "region" || !e.ariaLabelledByElements?.length || e.tabIndex !== 0))
      tell("scrolls, but has no name or no focus", e);
    if (scrolls(e) && inside) tell("scrolls in what scrolls", e);
  }
}

function links(given) {
  for (const a of all("a[href]")) {
    const href = a.getAttribute("href");
    if (!(a.getAttribute("aria-label") || a.innerText).trim()) tell("link without a name", a);
    if (href.startsWith("#") ? !document.getElementById(href.slice(1)) : !given.includes(href)) tell("link to elsewhere", a);
    const box = a.getBoundingClientRect();
    if (shown(a) && (box.width < 24 || box.height < 24)) tell("target of " + box.width + " x " + box.height + " px", a);
  }
}

// Each state has one sign, and each sign one state, said in the sign's name.
function states() {
  const sign = {}, state = {};
  for (const e of all(".mark")) {
    const word = (e.getAttribute("aria-label") || "").split(": ")[1]?.split(",")[0];
    const mine = e.className + (word ? " " + word : ""), text = e.innerText.trim();
    if (word === undefined && e.getAttribute("aria-hidden") !== "true") tell("sign without a word", e);
    if (!text) tell("no sign", e);
    if ((sign[e.className] ??= text) !== text) tell("two signs of one state", e);
    if ((state[text] ??= e.className) !== e.className) tell("one sign of two states", e);
  }
}

function outline() {
  if (!document.documentElement.lang || !document.title.trim()) tell("no language or no title");
  if (all("h1").length !== 1) tell(all("h1").length + " headings of the first rank");
  all("h1, h2, h3, h4").reduce((rank, h) => {
    if (+h.tagName[1] > rank + 1) tell("heading skips a rank", h);
    return +h.tagName[1];
  }, 0);
  for (const table of all("table")) if (!table.caption) tell("table without a caption", table);
  for (const th of all("th")) if (!th.scope) tell("heading without a scope", th);
  for (const e of all("body, body *"))
    if (style(e).animationName !== "none" || style(e).transitionDuration !== "0s" || style(e).scrollBehavior === "smooth") tell("moves", e);
}

// What the keyboard must reach, in this order.
window.stops = () => all("a[href], button, input, select, textarea, summary, [tabindex]").filter((e) => e.tabIndex >= 0 && e.getClientRects().length > 0);

// Where the keyboard is, and what is wrong with how that looks.
window.focused = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return { At: -1 };
  const s = style(e), box = e.getBoundingClientRect(), width = document.documentElement.clientWidth;
  const seen = document.elementFromPoint((Math.max(box.left, 0) + Math.min(box.right, width)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  const drawn = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && contrast(rgba(s.outlineColor), ground(e.parentElement)) >= 3;
  const wrong = [drawn ? "" : "focus is not drawn", e.contains(seen) ? "" : "focus is hidden"].filter(Boolean).join(", ");
  return { At: stops().indexOf(e), Wrong: wrong && wrong + ": " + e.outerHTML.slice(0, 120) };
};

window.look = (given) => {
  texts(), widths(), links(given), states(), outline();
  return problems;
};

// On paper nothing scrolls, nothing is coloured, and every day is there.
window.paper = (days) => {
  const width = document.documentElement.clientWidth;
  widths(), texts();
  if (all("th.day").length !== days) tell(all("th.day").length + " days, not " + days);
  for (const e of all("body *")) {
    if (!shown(e)) continue;
    if (e.getBoundingClientRect().right > width + 0.5) tell("off the paper", e);
    if (rgba(style(e).backgroundColor)[3] > 0 && light(rgba(style(e).backgroundColor)) < 1) tell("needs colour", e);
  }
  for (const a of all("a:not(.skip, .mark)"))
    if (shown(a) && ![style(a, "::after").content, document.body.innerText].some((text) => text.includes(a.getAttribute("href")))) tell("address lost", a);
  return problems;
};
