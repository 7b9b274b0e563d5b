package render

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Text writes a report for a terminal or a build log. Colour is never the only sign.
func Text(w io.Writer, r *report.Report, colour bool) {
	t := text{w, r, colour}
	t.heading()
	t.findings()
	t.gaps()
	t.rest()
}

type text struct {
	io.Writer
	*report.Report
	colour bool
}

func (t text) heading() {
	paint := map[report.Status]string{report.Clean: green, report.Found: red, report.Unknown: yellow}[t.Status()]
	t.line("%s  %s", t.paint(bold+paint, Headline(t.Report)), t.paint(bold, name(t.Report)))
	t.line("%s", verdict(t.Report))
	if !t.AsOf.IsZero() {
		t.line("Judged as of %s, a replay.", t.AsOf.Format(time.RFC3339))
	}
}

// name is "stemcells, production".
func name(r *report.Report) string {
	if r.Scope == "" {
		return plain(r.Check)
	}
	return plain(r.Check + ", " + r.Scope)
}

func (t text) findings() {
	for _, f := range t.Findings {
		t.line("")
		t.line("%s %s  %s", t.paint(paints[f.Severity], fmt.Sprintf("%-8s", strings.ToUpper(f.Severity.String()))),
			t.paint(bold, plain(f.Subject)), plain(f.Rule))
		t.indented(plain(f.Summary))
		for _, line := range lines(f.Detail) {
			t.indented(t.paint(faint, line))
		}
		for _, line := range lines(f.Action) {
			t.indented("-> " + line)
		}
		t.indented(strings.TrimSuffix(since(f, t.Now())+"; "+plain(f.Link), "; "))
	}
}

func (t text) gaps() {
	for _, g := range unread(t.Report) {
		t.line("")
		t.line("%s %s", t.paint(yellow, "NOT READ"), t.paint(bold, plain(g.Subject)))
		for _, reason := range g.reasons {
			for _, line := range lines(reason) {
				t.indented(line)
			}
		}
		for _, line := range lines(g.Action) {
			t.indented("-> " + line)
		}
	}
}

func (t text) rest() {
	t.line("")
	t.line("%s", examined(t.Report))
	for _, f := range t.Gone {
		t.line("Gone: %s %s: %s", plain(f.Subject), plain(f.Rule), plain(f.Summary))
	}
	for _, f := range t.Hidden {
		t.line("Hidden by what could not be read: %s %s, %s", plain(f.Subject), plain(f.Rule), since(f, t.Now()))
	}
	for _, a := range t.Accepted {
		t.line("Accepted until %s by %s: %s (%s)", a.Until, plain(a.Owner), accepted(a), plain(a.Reason))
	}
	for _, l := range t.LeftOut {
		t.line("Left out: %s: %s", plain(l.Subject), plain(l.Reason))
	}
	if t.Runbook != "" {
		t.line("Checklist: %s", plain(t.Runbook))
	}
}

func accepted(a report.Accepted) string {
	if a.Gap != nil {
		return plain(a.Gap.Subject + " not read")
	}
	return plain(a.Finding.Subject + " " + a.Finding.Rule)
}

func (t text) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

func (t text) indented(line string) { t.line("         %s", line) }

// The colours of a terminal.
const (
	bold   = "1;"
	faint  = "2;"
	red    = "31;"
	green  = "32;"
	yellow = "33;"
	cyan   = "36;"
)

var paints = map[report.Severity]string{report.Info: cyan, report.Warning: yellow, report.High: bold + red}

func (t text) paint(paint, words string) string {
	if !t.colour {
		return words
	}
	return "\x1b[" + strings.TrimSuffix(paint, ";") + "m" + words + "\x1b[0m"
}
