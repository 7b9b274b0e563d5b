//go:build sandbox

package page_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/digest"
)

var pictures = flag.String("pictures", "", "a folder for pictures of the page")

var grids = map[string]func() digest.Grid{
	"red morning": redMorning,
	"every state": mixed,
	"no box":      func() digest.Grid { return digest.Grid{Scope: "cloud.gov", At: monday} },
	"200 boxes":   func() digest.Grid { return wide(188) },
	"three days":  func() digest.Grid { return last(3, redMorning()) },
}

// addresses are all that a grid links to.
func addresses(g digest.Grid) (given []string) {
	for _, r := range g.Rows {
		given = append(given, r.Link)
		for _, c := range r.Cells {
			given = append(given, c.Link)
		}
	}
	for _, f := range g.Findings {
		given = append(given, f.Link)
	}
	return given
}

func TestPageLooksRight(t *testing.T) {
	b := newBrowser(t)
	for name, grid := range grids {
		for _, s := range []screen{phone, phone.dark(), desk, desk.dark()} {
			t.Run(name+", "+s.String(), func(t *testing.T) {
				require.Empty(t, b.look(t, html(t, grid()), addresses(grid()), s))
				picture(t, b, strings.ReplaceAll(name+" "+s.scheme+" "+map[bool]string{true: "360", false: "1400"}[s.width == 360], " ", "-"))
			})
		}
	}
}

func TestPageByKeyboard(t *testing.T) {
	b := newBrowser(t)
	for _, s := range []screen{phone, desk.dark()} {
		problems, stops := b.tab(t, html(t, redMorning()), s)
		require.Empty(t, problems, s)
		require.Greater(t, stops, 12*20, s)
	}
}

// On paper all days are on the page's width, whatever the screen's scheme is.
func TestPageOnPaper(t *testing.T) {
	b := newBrowser(t)
	for name, grid := range grids {
		for _, s := range []screen{a4, a4.dark()} {
			t.Run(name+", "+s.String(), func(t *testing.T) {
				g := grid()
				b.open(t, html(t, g), s)
				days := len(g.Days)
				if len(g.Rows) == 0 {
					days = 0
				}
				require.Empty(t, b.ask(t, "paper", days))
				picture(t, b, strings.ReplaceAll(name+" print", " ", "-"))
			})
		}
	}
	b.open(t, html(t, redMorning()), a4)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	require.NoError(t, err)
	require.Regexp(t, `MediaBox \[0 0 84[12][\d.]* 59[45]`, string(pdf), "A4 is 842 x 595 points")
}

// What a screen reader is told of each day names its state.
func TestPageBySound(t *testing.T) {
	b := newBrowser(t)
	b.open(t, html(t, mixed()), phone)
	day := regexp.MustCompile(`^"2026-\d\d-\d\d: (clean|found|could not look|did not run|running|not due)`)
	seen, roles := map[string]int{}, map[string]int{}
	for _, n := range call(t, b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes {
		if n.Ignored || n.Role == nil || n.Name == nil {
			continue
		}
		role := strings.Trim(string(n.Role.Value), `"`)
		roles[role]++
		if word := day.FindStringSubmatch(string(n.Name.Value)); word != nil && (role == "link" || role == "image") {
			seen[word[1]]++
		}
	}
	total := 0
	for _, number := range seen {
		total += number
	}
	require.Equal(t, 8*30, total, roles)
	require.Len(t, seen, 6)
	require.GreaterOrEqual(t, roles["rowheader"], 8, roles)
	require.GreaterOrEqual(t, roles["columnheader"], 30, roles)
}

func picture(t *testing.T, b *browser, name string) {
	if *pictures == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(*pictures, name+".png"), png, 0o644))
}
