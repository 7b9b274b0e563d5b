package rotation

import (
	"cmp"
	"slices"
	"strings"
	"time"

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
	sections := []Section{{Title: "First day", Lines: h.firstDay()}}
	if h.Missing != "" {
		sections = append(sections, Section{"Open findings and tickets", []string{h.Missing}})
	}
	var quiet []string
	for _, b := range h.worstFirst() {
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

// worstFirst orders the boxes, since a message may not have room for all.
func (h HandOff) worstFirst() []Box {
	return slices.SortedStableFunc(slices.Values(h.Boxes), func(a, b Box) int { return cmp.Compare(b.worst(), a.worst()) })
}

func (h HandOff) firstDay() (lines []string) {
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

// Text is the message in plain words.
func (h HandOff) Text(now time.Time) string {
	lines := []string{h.Title(oneLine)}
	for _, s := range h.Sections(now) {
		lines = append(lines, "", s.Title)
		for _, line := range s.Lines {
			lines = append(lines, "- "+line)
		}
	}
	return strings.Join(lines, "\n")
}

// Markdown is the same as a file. It is indented, which makes literal what came from outside.
func (h HandOff) Markdown(now time.Time) string {
	return "# Support hand-off\n\n    " + strings.ReplaceAll(h.Text(now), "\n", "\n    ") + "\n"
}
