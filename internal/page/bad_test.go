//go:build sandbox

package page_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// whole is a page on which nothing is wrong, around what may be.
func whole(body string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>a</title><link rel="icon" href="data:,">
<style>body { color: #222; background: #fff } a { display: inline-block; line-height: 24px; min-width: 24px } :focus-visible { outline: 3px solid #00f }</style>
</head><body><h1>a</h1><a href="/a">first</a> <a href="/a">second</a>` + body + `</body></html>`
}

// Each check of the page can fail: here is a page for each, with the one thing that is wrong.
func TestBadPages(t *testing.T) {
	b := newBrowser(t)
	require.Empty(t, b.look(t, whole(""), []string{"/a"}, phone))
	for body, want := range map[string]string{
		`<p style="width: 400px">a</p>`:                                                                                                 "the page is 408 px wide",
		`<p style="position: fixed; left: -50px">a</p>`:                                                                                 "outside the screen",
		`<p style="overflow: hidden; width: 50px; white-space: nowrap">a b c d e f g h i j k</p>`:                                       "text is cut off",
		`<div style="overflow: auto"><p style="width: 999px"></p></div>`:                                                                "scrolls, but has no name or no focus",
		`<div role="region" tabindex="0" style="overflow: auto"><p style="width: 999px"></p></div>`:                                     "scrolls, but has no name or no focus",
		`<p id="n">a</p><div role="region" aria-labelledby="n" tabindex="0" style="overflow: auto"><p style="width: 999px">a</p></div>`: "text is wider than what it scrolls in",
		`<p style="color: #888">a</p>`:                                                                                                  "contrast 3.5",
		`<div style="background: #333"><p>a</p></div>`:                                                                                  "contrast 1.3",
		`<p style="color: rgb(0 0 0 / 50%)">a</p>`:                                                                                      "contrast 4.0",
		`<div style="background: rgb(0 0 0 / 60%)"><p>a</p></div>`:                                                                      "contrast 2.8",
		`<div style="opacity: .5"><p>a</p></div>`:                                                                                       "contrast unknown",
		`<p style="background-image: linear-gradient(#222, #222)">a</p>`:                                                                "contrast unknown",
		`<a href="/a"><svg height="24" width="24"></svg></a>`:                                                                           "link without a name",
		`<a href="https://evil.example">a</a>`:                                                                                          "link to elsewhere",
		`<a href="javascript:alert(1)">a</a>`:                                                                                           "link to elsewhere",
		`<a href="#nowhere">a</a>`:                                                                                                      "link to elsewhere",
		`<a href="/a" style="line-height: 16px">a</a>`:                                                                                  "target of 24 x 16 px",
		`<a href="/a" style="min-width: 0; width: 10px">a</a>`:                                                                          "target of 10 x 24 px",
		`<b class="mark clean" role="img">a</b>`:                                                                                        "sign without a word",
		`<b class="mark clean" aria-hidden="true"></b>`:                                                                                 "no sign",
		`<b class="mark clean" aria-hidden="true">a</b><b class="mark found" aria-hidden="true">a</b>`:                                  "one sign of two states",
		`<b class="mark clean" aria-hidden="true">a</b><b class="mark clean" aria-hidden="true">b</b>`:                                  "two signs of one state",
		`<h1>a</h1>`:                         "2 headings of the first rank",
		`<h3>a</h3>`:                         "heading skips a rank",
		`<table><tr><td>a</td></tr></table>`: "table without a caption",
		`<table><caption>a</caption><tr><th>a</th></tr></table>`: "heading without a scope",
		`<p style="transition: color 1s">a</p>`:                  "moves",
		`<p style="animation: a 1s">a</p>`:                       "moves",
		`<img src="/picture" alt="">`:                            "loads /picture",
		`<script src="/script"></script>`:                        "loads /script",
		`<style>@import "/style";</style>`:                       "loads /style",
	} {
		t.Run(want, func(t *testing.T) {
			problems := b.look(t, whole(body), []string{"/a"}, phone)
			require.Len(t, problems, 1+strings.Count(want, "408"), "%s: %s", body, problems)
			require.Contains(t, strings.Join(problems, "\n"), want, body)
		})
	}
}

func TestBadPagesByKeyboard(t *testing.T) {
	b := newBrowser(t)
	problems, stops := b.tab(t, whole(""), desk)
	require.Empty(t, problems)
	require.Equal(t, 2, stops)
	for body, want := range map[string]string{
		`<a href="/a" tabindex="1">a</a>`:                                        "stop 0 of the keyboard is number 2",
		`<a href="/a" style="outline: none">a</a>`:                               "focus is not drawn",
		`<a href="/a" style="outline: 1px solid #000">a</a>`:                     "focus is not drawn",
		`<a href="/a" style="outline-color: #ddd">a</a>`:                         "focus is not drawn",
		`<a href="/a" style="position: fixed; left: -99px">a</a>`:                "focus is hidden",
		`<a href="/a">a</a><p style="position: fixed; inset: 0; margin: 0"></p>`: "focus is hidden",
	} {
		problems, _ := b.tab(t, whole(body), desk)
		require.Contains(t, strings.Join(problems, "\n"), want, body)
	}
}

func TestBadPagesOnPaper(t *testing.T) {
	b := newBrowser(t)
	plain := `<style media="print">a::after { content: " " attr(href) }</style>`
	for body, want := range map[string]string{
		plain: "",
		plain + `<table><caption>a</caption><tr><th scope="col" class="day">a</th></tr></table>`: "1 days, not 0",
		plain + `<p style="width: 2000px">a</p>`:                                                 "off the paper",
		plain + `<div style="overflow: auto"><p style="width: 2000px">a</p></div>`:               "off the paper",
		plain + `<p style="background: #eee">a</p>`:                                              "needs colour",
		`<style>a::after { content: none }</style>`:                                              "address lost",
		plain + `<p style="color: #999">a</p>`:                                                   "contrast",
	} {
		b.open(t, whole(body), a4)
		problems := b.ask(t, "paper", 0)
		if want == "" {
			require.Empty(t, problems)
		} else {
			require.Contains(t, strings.Join(problems, "\n"), want, body)
		}
	}
}
