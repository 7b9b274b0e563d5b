package rotation

import (
	"fmt"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Box is a line of the checklist in a scope, and its newest report.
type Box struct {
	Scope, Check string
	Report       *report.Report // nil: there is none
	Later        int            // its reports of the future, which are left out
	Problem      string         // why it is not known whether there is one
}

// What is told of a box.
const (
	mostFindings = 5
	stale        = 48 * time.Hour // after which a report is told to be old
)

func (b Box) name() string {
	name := b.Check + ", " + b.Scope
	if b.Later > 0 {
		name += " (without " + report.Number(b.Later, "report") + " of the future: a clock was wrong)"
	}
	return name
}

// heading is a box's status, when it was, and what it counted of what waits for people.
func (b Box) heading(now time.Time) string {
	r := b.Report
	text := fmt.Sprintf("%s: %s, %s", b.name(), b.status(), stamp(r.Started.UTC()))
	if now.Sub(r.Started) > stale {
		text += " (nobody has looked since)"
	}
	if b.Check == "tickets" {
		for _, c := range r.Seen {
			if strings.HasPrefix(c.What, "new ") || strings.HasPrefix(c.What, "open ") {
				text += fmt.Sprintf(", %s: %d", c.What, c.Number)
			}
		}
	}
	return text
}

func (b Box) status() string {
	switch {
	case b.Report.Status() == report.Clean:
		return "clean"
	case b.Report.Status() == report.Found:
		return report.Number(b.red(), "finding")
	case b.red() > 0:
		return report.Number(b.red(), "finding") + ", and could not look at everything"
	}
	return "could not look"
}

func (b Box) worst() report.Severity {
	if b.Report == nil {
		return report.Info
	}
	return b.Report.Worst()
}

func (b Box) red() (n int) {
	for _, f := range b.Report.Findings {
		if f.Severity > report.Info {
			n++
		}
	}
	return n
}

// open are the worst findings, then what could not be read.
func (b Box) open() []string {
	var lines []string
	for _, f := range b.Report.Findings {
		if f.Severity == report.Info {
			continue
		}
		line := fmt.Sprintf("%s  %s  %s: %s", strings.ToUpper(f.Severity.String()), f.Subject, f.Rule, f.Summary)
		if !f.Since.IsZero() {
			line += ", since " + f.Since.UTC().Format(time.DateOnly)
		}
		lines = append(lines, line)
	}
	for _, g := range b.Report.Gaps {
		lines = append(lines, "NOT READ  "+g.Subject+": "+g.Reason)
	}
	if len(lines) > mostFindings {
		lines = append(lines[:mostFindings:mostFindings], fmt.Sprintf("+%d more, on the box's page", len(lines)-mostFindings))
	}
	return lines
}
