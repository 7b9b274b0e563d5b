package digest

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Markdown answers "what about this morning's checklist?": the boxes, then what must be done.
func Markdown(g Grid, standings []Standing) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# What about this morning's checklist?\n\n%s, as of %s: %s.\n\n", plain(g.Scope), g.At.Format("Mon 2006-01-02 15:04 MST"), tally(g, standings))
	b.WriteString("| box | state | last run | by | findings | why |\n|---|---|---|---|---|---|\n")
	for _, s := range standings {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", link(s.String(), s.Link), says(s.State), s.lastRun(g.At), s.by(), s.findings(), plain(s.Words))
	}
	todo(&b, g)
	return b.String()
}

// says is a state in words.
func says(s State) string {
	return map[State]string{
		Clean: "clean", Found: "**found**", Unknown: "**could not look**", Missed: "**did not run**", Running: "runs", Idle: "not due",
	}[s]
}

// tally counts the boxes by their state.
func tally(g Grid, standings []Standing) string {
	number := map[State]int{}
	for _, s := range standings {
		number[s.State]++
	}
	texts := []string{fmt.Sprintf("%d of %d boxes clean", number[Clean], len(standings))}
	for _, s := range []struct {
		State
		words string
	}{{Missed, "did not run"}, {Unknown, "could not look"}, {Found, "found what is wrong"}, {Running, "running"}, {Idle, "not due"}} {
		if n := number[s.State]; n > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", n, s.words))
		}
	}
	if n := len(g.Gaps); n > 0 {
		texts = append(texts, report.Number(n, "place")+" not read")
	}
	return strings.Join(texts, ", ")
}

func (s *Standing) lastRun(now time.Time) string {
	switch {
	case s.Last != nil:
		return link("#"+s.Last.Name, s.Last.Link) + ", " + ago(now.Sub(s.At)) + " ago"
	case !s.At.IsZero():
		return ago(now.Sub(s.At)) + " ago"
	}
	return "-"
}

func (s *Standing) by() string {
	if s.Last == nil {
		return "-"
	}
	return plain(who(s.Last.By))
}

func (s *Standing) findings() string {
	if s.Latest == nil {
		return "-"
	}
	return fmt.Sprint(s.Latest.Findings)
}

// todo is what must be done, the worst first.
func todo(b *strings.Builder, g Grid) {
	b.WriteString("\n## What must be done\n\n")
	if len(g.Gaps) == 0 && len(g.Findings) == 0 {
		b.WriteString("Nothing.\n")
	}
	for _, gap := range g.Gaps {
		fmt.Fprintf(b, "- **not read** %s: %s %s\n", plain(gap.Subject), plain(gap.Reason), plain(gap.Action))
	}
	for _, f := range g.Findings {
		fmt.Fprintf(b, "- **%s** %s (%s)", f.Severity, plain(f.Summary), link(f.Rule, f.Link))
		if f.Action != "" {
			b.WriteString(". " + plain(f.Action))
		}
		b.WriteString("\n")
	}
}

// link is a text that leads somewhere.
func link(text, to string) string {
	if report.Web(to) == "" {
		return plain(text)
	}
	return "[" + plain(text) + "](<" + to + ">)"
}

// plain is a text from outside on one line, in which nothing is markup or a table's own.
func plain(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case strings.ContainsRune("\\`*_[]<>&|~#!", r):
			b.WriteString(`\` + string(r))
		case unicode.IsSpace(r):
			b.WriteRune(' ')
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
