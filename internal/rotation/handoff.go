package rotation

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// HandOff is what two people are told when support changes hands.
type HandOff struct {
	Shift
	Giver    string // empty: nobody hands over
	Meeting  string
	Boxes    []Box
	Missing  string   // why there are no boxes
	Done     []string // of the checklist's list for the first day, by a machine
	Left     []string // to the people
	Slackbot string   // the text to paste
}

// Box is a line of the checklist in a scope, and its newest report.
type Box struct {
	Scope, Check string
	Report       *report.Report // nil: there is none
	Problem      string         // why it is not known whether there is one
}

// Section is a part of the message, in lines of plain text without anything that could break one.
type Section struct {
	Title string
	Lines []string
}

// What a message has room for: https://docs.slack.dev/reference/block-kit/blocks/section-block
const (
	longestSection = 2900 // characters; Slack takes 3,000
	longestLine    = 300
	mostFindings   = 5              // of one box
	stale          = 48 * time.Hour // after which a report is told to be old
)

// Key names a hand-off, so that it is made once.
func (h HandOff) Key() string { return h.From.UTC().Format(time.RFC3339) + " " + h.Who }

// Title says who takes over, by the names that to and from give them.
func (h HandOff) Title(name func(string) string) string {
	title := name(h.Who) + " takes over support"
	if h.Giver != "" {
		title += " from " + name(h.Giver)
	}
	return title + ", until " + day(h.Until.Add(-time.Nanosecond)) + "."
}

// Sections are all that the message says.
func (h HandOff) Sections(now time.Time) []Section {
	sections := []Section{{Title: "Today", Lines: h.today()}}
	if h.Missing != "" {
		sections = append(sections, Section{"Open findings and tickets", []string{h.Missing}})
	}
	var quiet []string
	for _, b := range h.Boxes {
		switch {
		case b.Problem != "":
			quiet = append(quiet, b.name()+": "+b.Problem)
		case b.Report == nil:
			quiet = append(quiet, b.name()+": no report yet")
		case b.Report.Status() == report.Clean:
			quiet = append(quiet, b.heading(now))
		default:
			sections = append(sections, Section{b.heading(now), b.open()})
		}
	}
	if len(quiet) > 0 {
		sections = append(sections, Section{"Other boxes", quiet})
	}
	sections = append(sections, Section{"For Slackbot's response", strings.Split(strings.TrimSpace(h.Slackbot), "\n")})
	for i := range sections {
		sections[i] = sections[i].cut()
	}
	return sections
}

func (h HandOff) today() (lines []string) {
	if h.Meeting != "" {
		lines = append(lines, "Meet: "+h.Meeting)
	}
	for _, done := range h.Done {
		lines = append(lines, "Done: "+done)
	}
	for _, left := range h.Left {
		lines = append(lines, "Yours: "+left)
	}
	return lines
}

func (b Box) name() string { return b.Check + ", " + b.Scope }

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

// cut keeps a section within its limits, and says how much is missing.
func (s Section) cut() Section {
	room := longestSection - 50
	s.Title = oneLine(s.Title)
	for i, line := range s.Lines {
		s.Lines[i] = oneLine(line)
		if room -= utf8.RuneCountInString(s.Lines[i]) + 1; room < 0 {
			s.Lines = append(slices.Clone(s.Lines[:i]), fmt.Sprintf("+%d more", len(s.Lines)-i))
			break
		}
	}
	return s
}

// oneLine makes text from outside a line, of limited length.
func oneLine(text string) string {
	text = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(text, "?"))
	if runes := []rune(text); len(runes) > longestLine {
		return string(runes[:longestLine]) + fmt.Sprintf("… (+%d characters)", len(runes)-longestLine)
	}
	return text
}

// Text is the message in Markdown. What came from outside is indented, which makes it literal.
func (h HandOff) Text(now time.Time) string {
	var b strings.Builder
	b.WriteString("# Support hand-off\n\n" + literal(h.Title(oneLine)))
	for _, s := range h.Sections(now) {
		b.WriteString("\n")
		for i, line := range append([]string{s.Title}, s.Lines...) {
			if i > 0 {
				line = "- " + line
			}
			b.WriteString(literal(line))
		}
	}
	return b.String()
}

func literal(line string) string { return "    " + line + "\n" }
