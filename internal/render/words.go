// Package render puts a report into words: for a terminal, for Slack, as Markdown. It is the one
// place that decides how things look, and it trusts nothing that came from outside.
package render

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Headline is the status in words: Concourse shows "found" and "could not look" in one colour.
func Headline(r *report.Report) string {
	switch {
	case r.Status() == report.Clean:
		return "CLEAN"
	case r.Status() == report.Found:
		return "FOUND"
	case r.Worst() >= report.Warning:
		return "FOUND, AND COULD NOT LOOK AT EVERYTHING"
	}
	return "COULD NOT LOOK"
}

// verdict is the line of the checklist and whether it is so.
func verdict(r *report.Report) string {
	day := "today"
	if !r.AsOf.IsZero() {
		day = "on " + r.AsOf.Format(time.DateOnly) // a replay says nothing of today
	}
	return plain(r.Title) + ": " + map[report.Status]string{
		report.Clean: "so ", report.Found: "not so ", report.Unknown: "not known to be so ",
	}[r.Status()] + day + "."
}

// tally is "2 high, 1 warning; 1 place not read".
func tally(r *report.Report) string {
	number := map[report.Severity]int{}
	for _, f := range r.Findings {
		number[f.Severity]++
	}
	var words []string
	for s := report.High; s >= report.Info; s-- {
		if number[s] > 0 {
			words = append(words, fmt.Sprintf("%d %s", number[s], s))
		}
	}
	text := strings.Join(words, ", ")
	if gaps := len(unread(r)); gaps > 0 {
		text = strings.TrimPrefix(text+"; "+report.Number(gaps, "place")+" not read", "; ")
	}
	return text
}

// counts is "9 deployments, 52 VMs".
func counts(list []report.Count) string {
	var words []string
	for _, c := range list {
		what := plain(c.What)
		if c.Number == 1 {
			what = singular(what)
		}
		words = append(words, fmt.Sprintf("%d %s", c.Number, what))
	}
	return strings.Join(words, ", ")
}

var preposition = regexp.MustCompile(` (of|in|within|asked|since|solved) `)

// singular makes "record of changes" of "records of changes".
func singular(what string) string {
	head, rest := what, ""
	if at := preposition.FindStringIndex(what); at != nil {
		head, rest = what[:at[0]], what[at[0]:]
	}
	if stem, found := strings.CutSuffix(head, "ies"); found {
		return stem + "y" + rest
	}
	if stem, found := strings.CutSuffix(head, "xes"); found {
		return stem + "x" + rest
	}
	return strings.TrimSuffix(head, "s") + rest
}

// examined tells what was looked at, and names what should have been there and was not.
func examined(r *report.Report) string {
	text := "Looked at nothing"
	if len(r.Examined) > 0 {
		text = "Looked at " + counts(r.Examined)
	}
	if len(r.Seen) > 0 {
		text += "; saw " + counts(r.Seen)
	}
	return text + "."
}

// gap is one or more gaps of one subject that want the same done.
type gap struct {
	report.Gap
	reasons []string
}

// unread gathers the gaps, and the gap that having examined nothing is.
func unread(r *report.Report) (gaps []gap) {
	for _, g := range r.Gaps {
		if last := len(gaps) - 1; last >= 0 && gaps[last].Subject == g.Subject && gaps[last].Action == g.Action {
			gaps[last].reasons = append(gaps[last].reasons, g.Reason)
		} else {
			gaps = append(gaps, gap{g, []string{g.Reason}})
		}
	}
	if none := r.Unexamined(); len(r.Examined) > 0 && len(none) > 0 || len(r.Gaps) == 0 && len(none) > 0 {
		reason := "did not look at " + strings.Join(none, ", ") + ": an empty answer is no answer"
		gaps = append(gaps, gap{report.Gap{Subject: r.Scope, Reason: reason}, []string{reason}})
	}
	return gaps
}

// since is "new today" or "since 2026-08-20 (4 days)".
func since(f report.Finding, now time.Time) string {
	if f.Since.IsZero() {
		return "new today"
	}
	return fmt.Sprintf("since %s (%s)", f.Since.Format(time.DateOnly), days(now.Sub(f.Since)))
}

// days rounds a duration down to days, hours below one day.
func days(d time.Duration) string {
	switch n := int(d.Hours() / 24); {
	case n == 1:
		return "1 day"
	case n > 1:
		return fmt.Sprintf("%d days", n)
	case d < time.Hour:
		return "less than 1 h"
	}
	return fmt.Sprintf("%d h", int(d.Hours()))
}

// plain makes text from outside harmless on a terminal: plain, and on one line.
func plain(text string) string {
	return strings.ReplaceAll(report.Plain(text), "\n", " ")
}

// lines makes several lines from outside harmless, each by itself.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	all := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range all {
		all[i] = plain(line)
	}
	return all
}
