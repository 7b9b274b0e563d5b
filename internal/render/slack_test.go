package render_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

var started = time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC)

// large is a report with this many findings and gaps, each as long as texts from outside may be.
func large(findings, gaps int, text string) *report.Report {
	r := &report.Report{Check: text, Title: text, Scope: text, Runbook: text, Tool: text, Started: started}
	r.Examine(text, 1)
	r.See(text, 0)
	r.LeaveOut(text, text)
	for i := range findings {
		f := report.Finding{Rule: text, Subject: fmt.Sprint(text, i), Severity: report.High, Summary: text, Detail: text, Action: text, Link: text}
		r.Find(f)
		r.Gone = append(r.Gone, f)
	}
	for i := range gaps {
		r.Miss(fmt.Sprint(text, i), text, text)
	}
	return r
}

func TestSlackKeepsItsLimitsAndSaysWhatIsMissing(t *testing.T) {
	long := strings.Repeat("a & b < c > d `e` * ", 200)
	var all []render.Mention
	for i := range 20 {
		m, err := render.ParseMention(fmt.Sprintf("S%014d", i))
		require.NoError(t, err)
		all = append(all, m)
	}
	for _, c := range []struct{ findings, gaps int }{{500, 200}, {500, 0}, {0, 200}, {1, 1}} {
		for _, detail := range []render.Detail{render.Full, render.Summary, render.Counts} {
			post := render.Post{Report: large(c.findings, c.gaps, long), Missing: long, Text: long + "\n" + long, Detail: detail,
				Alert: render.Failed, Calls: all, Uncalled: long, Build: render.Build{Name: long, Link: "https://ci.example.gov/?" + long}}
			said := holds(t, render.Slack(post))
			require.Contains(t, said, " characters)")
			if detail == render.Full {
				require.Equal(t, c.findings, strings.Count(said, "*HIGH*")+more(t, said, "findings"))
				require.Equal(t, c.gaps, strings.Count(said, "*NOT READ*")+more(t, said, "places"))
			}
		}
	}

	many := render.Slack(render.Post{Report: large(25, 12, "brief")})
	require.True(t, many.Shortened)
	short := holds(t, many)
	require.Contains(t, short, "+15 more findings")
	require.Contains(t, short, "+7 more places")

	quoted := render.Slack(render.Post{Text: "it said +15 more findings", Build: render.Build{Name: "checklist/mfa #1"}})
	require.False(t, quoted.Shortened, "what it quotes may say so, too")
	for _, long := range []string{strings.Repeat("a", 3000), strings.Repeat("a\n", 3000)} {
		require.True(t, render.Slack(render.Post{Text: long}).Shortened)
	}

	fixed := large(25, 0, "brief")
	fixed.Findings = nil
	require.Contains(t, holds(t, render.Slack(render.Post{Report: fixed, Alert: render.Fixed})), "+15 more gone")
}

// more is how many a message says are missing.
func more(t *testing.T, said, what string) (number int) {
	if found := regexp.MustCompile(`(?m)^\+(\d+) more ` + what).FindStringSubmatch(said); found != nil {
		var err error
		number, err = strconv.Atoi(found[1])
		require.NoError(t, err)
	}
	return number
}

func TestSummaryAndCountsNameNoSubject(t *testing.T) {
	r := large(3, 2, "host.example")
	r.Check, r.Title, r.Scope, r.Runbook = "stemcells", "title", "production", ""
	r.Examined, r.Seen = []report.Count{{What: "VMs", Number: 3}}, nil
	for i := range r.Findings {
		r.Findings[i].Rule = "stemcell-behind"
	}
	require.Contains(t, holds(t, render.Slack(render.Post{Report: r})), "host.example")
	for _, detail := range []render.Detail{render.Summary, render.Counts} {
		require.NotContains(t, holds(t, render.Slack(render.Post{Report: r, Detail: detail})), "host.example")
	}
}

func TestStatus(t *testing.T) {
	clean := &report.Report{Examined: []report.Count{{What: "VMs", Number: 1}}}
	found := &report.Report{Examined: clean.Examined, Findings: []report.Finding{{Severity: report.High}}}
	unknown := &report.Report{}
	both := &report.Report{Findings: found.Findings}
	for _, c := range []struct {
		post render.Post
		want string
	}{
		{render.Post{}, "NOTE"},
		{render.Post{Missing: "gone"}, "COULD NOT LOOK"},
		{render.Post{Alert: render.Found}, "FAILED"},
		{render.Post{Alert: render.Failed}, "FAILED"},
		{render.Post{Alert: render.Errored}, "ERRORED"},
		{render.Post{Alert: render.Aborted}, "ABORTED"},
		{render.Post{Alert: render.Fixed, Missing: "gone"}, "SUCCEEDED, BUT LEFT NO REPORT"},
		{render.Post{Report: clean}, "CLEAN"},
		{render.Post{Report: clean, Alert: render.Fixed}, "FIXED"},
		{render.Post{Report: clean, Alert: render.Failed}, "FAILED"},
		{render.Post{Report: clean, Alert: render.Found}, "FAILED"},
		{render.Post{Report: clean, Alert: render.Errored}, "ERRORED"},
		{render.Post{Report: found, Alert: render.Failed}, "FOUND"},
		{render.Post{Report: found, Alert: render.Errored}, "FOUND"},
		{render.Post{Report: found, Alert: render.Fixed}, "FOUND"},
		{render.Post{Report: unknown, Alert: render.Failed}, "COULD NOT LOOK"},
		{render.Post{Report: unknown, Alert: render.Aborted}, "ABORTED, COULD NOT LOOK"},
		{render.Post{Report: both, Alert: render.Found}, "FOUND, AND COULD NOT LOOK AT EVERYTHING"},
	} {
		require.Equal(t, c.want, c.post.Status(), "%+v", c.post)
		require.Equal(t, c.want == "NOTE", c.post.Note(), "%+v", c.post)
		require.Equal(t, c.want == "FIXED", c.post.Fixed(), "%+v", c.post)
		require.Equal(t, c.want == "CLEAN" || c.want == "FIXED", c.post.Green(), "%+v", c.post)
	}
}

var link = regexp.MustCompile(`<https?://[^\s<>|]+\|[^<>]*>`)

// holds a message against Slack's limits and against what it must never do, and gives its words.
func holds(t *testing.T, m render.Message) string {
	require.LessOrEqual(t, len(m.Blocks), 45)
	var said []string
	sum := 0
	for _, b := range m.Blocks {
		words := b.Elements
		if b.Text != nil {
			words = append(words, *b.Text)
		}
		require.NotEmpty(t, words)
		for _, w := range words {
			length := utf8.RuneCountInString(w.Text)
			require.Positive(t, length)
			require.LessOrEqual(t, length, map[string]int{"header": 150, "section": 3000, "context": 2000}[b.Type])
			require.Equal(t, b.Type != "header", w.Verbatim)
			harmless(t, w.Text)
			said, sum = append(said, w.Text), sum+length
		}
	}
	require.LessOrEqual(t, sum, 12_000)
	body, err := json.Marshal(m)
	require.NoError(t, err)
	require.Empty(t, slack.Refusal(body))
	require.NotEmpty(t, m.Text)
	harmless(t, m.Text)
	return strings.Join(said, "\n")
}

func harmless(t *testing.T, text string) {
	text = ours.Replace(text)
	require.True(t, utf8.ValidString(text))
	require.NotContains(t, link.ReplaceAllString(text, ""), "<")
	require.NotContains(t, link.ReplaceAllString(text, ""), ">")
	require.NotContains(t, text, "```")
	require.NotContains(t, text, "\u202e")
}
