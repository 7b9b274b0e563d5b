package page_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/page"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

func html(t require.TestingT, g digest.Grid) string {
	var b strings.Builder
	require.NoError(t, page.HTML(&b, g))
	return b.String()
}

func TestGolden(t *testing.T) {
	const golden = "testdata/morning.html"
	style := regexp.MustCompile(`(?s)<style>.*</style>|sha256-[^']*`)
	got := style.ReplaceAllString(html(t, last(3, redMorning())), "")
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// TestVerdict: the page is green only when somebody looked at every box that was due.
func TestVerdict(t *testing.T) {
	rows := func(states ...digest.State) (g digest.Grid) {
		for _, s := range states {
			g.Rows = append(g.Rows, digest.Row{Line: "mfa", Environment: "production", Now: s})
		}
		return g
	}
	with := func(g digest.Grid, s report.Severity) digest.Grid {
		g.Findings = []report.Finding{{Rule: "box-set-by-hand", Subject: "x", Severity: s}}
		return g
	}
	unread := rows(digest.Clean, digest.Clean)
	unread.Gaps = []report.Gap{{Subject: "evidence", Reason: "timed out"}}
	for name, c := range map[string]struct {
		g              digest.Grid
		want, headline string
	}{
		"no box":                   {rows(), "unknown", "No box is known: nobody looked"},
		"all clean":                {rows(digest.Clean, digest.Clean), "clean", "All 2 boxes clean"},
		"one":                      {rows(digest.Clean), "clean", "The only box is clean"},
		"clean, and one not due":   {rows(digest.Clean, digest.Idle), "clean", "1 of 2 boxes clean"},
		"none was due":             {rows(digest.Idle, digest.Idle), "idle", "0 of 2 boxes clean"},
		"one runs":                 {rows(digest.Clean, digest.Idle, digest.Running), "running", "1 of 3 boxes clean"},
		"found":                    {rows(digest.Running, digest.Found), "found", "0 of 2 boxes clean"},
		"did not run":              {rows(digest.Found, digest.Missed), "missed", "0 of 2 boxes clean"},
		"could not look":           {rows(digest.Missed, digest.Unknown), "unknown", "0 of 2 boxes clean"},
		"a state of no name":       {rows(digest.Clean, ""), "unknown", "1 of 2 boxes clean"},
		"a gap":                    {unread, "unknown", "Could not look: 2 of 2 boxes clean"},
		"a warning":                {with(rows(digest.Clean), report.Warning), "found", "Found: 1 of 1 box clean"},
		"a warning, while it runs": {with(rows(digest.Running), report.Warning), "found", "0 of 1 box clean"},
		"an info":                  {with(rows(digest.Clean), report.Info), "clean", "The only box is clean"},
	} {
		t.Run(name, func(t *testing.T) {
			got := html(t, c.g)
			require.Contains(t, got, `<section class="morning `+c.want+`"`)
			require.Contains(t, got, `</span> `+c.headline+`</h2>`)
		})
	}
}

// Without a box the page says so, whatever else it tells.
func TestNoBox(t *testing.T) {
	for _, g := range []digest.Grid{{}, {Findings: redMorning().Findings}, {Gaps: redMorning().Gaps, Days: month()}} {
		got := html(t, g)
		require.Contains(t, got, "A page without a box proves nothing.")
		require.NotContains(t, got, "✓")
	}
}

// Nothing says that all was read where something was left out.
func TestPartial(t *testing.T) {
	const all = "None: all that this page tells could be read."
	g := last(3, redMorning())
	g.Gaps = nil
	require.Contains(t, html(t, g), all)
	g.Partial = true
	require.NotContains(t, html(t, g), all)
	require.Contains(t, html(t, g), "None but what was left out or accepted: the report names it.")
}

// A row that lacks a day, or has one too many, keeps the others under their dates.
func TestDaysAreFoundByName(t *testing.T) {
	g := digest.Grid{Days: []string{"2026-11-22", "2026-11-23"}, Rows: []digest.Row{{Line: "mfa", Cells: []digest.Cell{
		{Day: "2026-11-21", State: digest.Clean}, {Day: "2026-11-22", State: digest.Found, Runs: 2, Note: "1 high"},
	}}}}
	labels := regexp.MustCompile(`aria-label="(2026[^"]*)"`).FindAllStringSubmatch(html(t, g), -1)
	require.Len(t, labels, 2)
	require.Equal(t, "2026-11-23: nothing is known of this day", labels[0][1])
	require.Equal(t, "2026-11-22: found, 1 high, 2 runs", labels[1][1])
}

func TestLinks(t *testing.T) {
	for link, follows := range map[string]bool{
		"https://ci.example.gov/builds/1?a=1&b=2": true, "http://127.0.0.1:8080/builds/1": true, "HTTPS://ci.example.gov": false,
		"javascript:alert(1)": false, " https://ci.example.gov": false, "java\nscript:alert(1)": false, "data:text/html,x": false, "//ci.example.gov": false, "/builds/1": false, "https:builds": false,
		"https://ci.example.gov@evil.example": false, "file:///etc/passwd": false, "vbscript:x": false, "": false, "https://": false,
	} {
		g := digest.Grid{Days: []string{"2026-11-23"}, Rows: []digest.Row{{Line: "mfa", Now: digest.Found, Link: link, Cells: []digest.Cell{{Day: "2026-11-23", Link: link}}}}}
		g.Findings = []report.Finding{{Link: link}}
		want := 2 // to skip
		if follows {
			want += 4 // of the box, its row, its day, the finding
		}
		require.Len(t, regexp.MustCompile(`<a `).FindAllString(html(t, g), -1), want, "%q", link)
	}
}

// tags are all that the page is made of.
var tags = regexp.MustCompile(`<[^<>]*>`)

// FuzzHTML: whatever a grid quotes adds no element, and hides or turns no text.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"", "a", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "a\u202eb\u2066", "\x00\x1b[31m\r\n\t", "</style>", "--><!--", "&lt;b&gt;&#x202e;", "{{.}}", "\xff"} {
		f.Add(seed)
	}
	shape := func(t *testing.T, text string) string {
		g := last(1, redMorning())
		g.Scope, g.Zone = "a"+text, "a"+text
		r, a := &g.Rows[0], "a"+text
		r.Line, r.Environment, r.Words, r.Cells[0].Note = a, a, a, a
		g.Rows = g.Rows[:1]
		g.Findings = []report.Finding{{Rule: a, Subject: a, Summary: a, Detail: a, Action: a, Link: a}}
		g.Gaps = []report.Gap{{Subject: a, Reason: a, Action: a}}
		whole := html(t, g)
		require.NotRegexp(t, `[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{61c}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]`, whole)
		var names []string
		for _, tag := range tags.FindAllString(whole, -1) {
			names = append(names, strings.FieldsFunc(tag, func(c rune) bool { return c == ' ' || c == '>' })[0])
		}
		return strings.Join(names, ">")
	}
	f.Fuzz(func(t *testing.T, text string) { require.Equal(t, shape(t, ""), shape(t, text)) })
}
