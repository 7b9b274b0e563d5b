package digest

import (
	"fmt"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Standing is how a box stands at a moment.
type Standing struct {
	*Box
	State    State
	Words    string    // why
	Last     *Build    // the newest that has begun; nil: none has, or Concourse forgot it
	At       time.Time // when the box was asked last; zero: never
	Due      time.Time // the start of the morning in which it had to run; zero: none has passed
	DueUntil time.Time // its end
	New      bool      // it was set after its morning, so nothing is owed yet

	runs []run
}

// Standings are those of all boxes.
func (f *Facts) Standings(p Policy, now time.Time, known func(rule, subject string) time.Time) (all []Standing) {
	for i := range f.Boxes {
		all = append(all, f.Boxes[i].standing(f.Kept, p, now, known))
	}
	return all
}

func (b *Box) standing(kept bool, p Policy, now time.Time, known func(rule, subject string) time.Time) Standing {
	s := Standing{Box: b}
	s.Due, s.DueUntil, _ = b.Morning.Last(now.Add(-p.Grace))
	runs, rerun := decisive(b.runs(kept, s.Due, now))
	s.runs = runs
	var last run
	if len(runs) > 0 {
		last = runs[len(runs)-1]
		s.Last, s.At = last.build, last.at
	}
	s.New = len(b.Builds) == 0 && len(runs) == 0 && b.isNew(s.Due, s.DueUntil, known)
	switch {
	case b.Pipeline == nil && b.Unread:
		s.State, s.Words = Unknown, "Concourse could not be read"
	case b.Pipeline == nil:
		s.State, s.Words = Missed, "there is no such pipeline"
	case b.Pipeline.Archived:
		s.State, s.Words = Missed, "the pipeline is archived"
	case b.Unread:
		s.State, s.Words = Unknown, "Concourse could not be read"
	case b.Job == nil:
		s.State, s.Words = Missed, "there is no job "+b.JobName
	case len(runs) > 0 && !last.at.Before(s.Due):
		s.State, s.Words = last.state, s.said(last)
	case s.New:
		s.State, s.Words = Idle, "it is new: its first morning is still to come"
	case s.Due.IsZero():
		s.State, s.Words = Idle, "no morning has passed in which it had to run"
	default:
		s.State, s.Words = Missed, s.absence(now)
	}
	if rerun != nil && !rerun.Started.Before(s.Due) {
		s.Words += fmt.Sprintf("; #%s, %s, repeats an older build and does not count", rerun.Name, rerun.Status)
	}
	return s
}

// Early tells of how many boxes this morning is not yet to be judged, be it that it has not begun, and of which nothing is known of
// it either.
func Early(standings []Standing, p Policy, now time.Time) (boxes int) {
	for _, s := range standings {
		for _, day := range []time.Time{now, now.AddDate(0, 0, -1)} { // a morning may go past midnight
			start, stop, due := s.Morning.On(day)
			if due && stop.Add(p.Grace).After(now) && s.At.Before(start) {
				boxes++
				break
			}
		}
	}
	return boxes
}

// isNew tells whether a box that never ran was set only after the morning in which it would have had to. Any change of
// the config makes a pipeline look as if it were new, so it is so only until it is known for longer, or as one that did not run.
func (b *Box) isNew(due, until time.Time, known func(rule, subject string) time.Time) bool {
	if b.Pipeline == nil || !b.Pipeline.Updated.After(until) {
		return false
	}
	since := known(ruleNew, b.String())
	return known(ruleNotRun, b.String()).IsZero() && (since.IsZero() || !since.Before(due))
}

// said is what the last run says.
func (s *Standing) said(last run) string {
	of := ""
	if last.build != nil {
		of = ", build #" + last.build.Name
	}
	switch l := s.Latest; {
	case last.state == Found && l != nil && last.build != nil && l.First != "":
		return fmt.Sprintf("%s, the worst %s%s", report.Number(l.Findings, "finding"), l.Worst, of)
	case last.state == Running:
		return "runs since " + stamp(last.at, s.Morning) + of
	case last.note != "":
		return last.note + of
	}
	return strings.TrimPrefix(of, ", ")
}

// absence is why a box did not run, as far as it can be seen.
func (s *Standing) absence(now time.Time) string {
	text := "not since its morning began, " + stamp(s.Due, s.Morning)
	switch waiting := s.waiting(); {
	case s.Pipeline.Paused:
		return text + ": the pipeline is paused"
	case s.Job.Paused:
		return text + ": the job is paused"
	case waiting != nil:
		return text + ": build #" + waiting.Name + " waits" + because(waiting)
	case s.At.IsZero():
		return text + ", nor ever before that is known"
	}
	return text + "; the last time was " + ago(now.Sub(s.At)) + " ago"
}

func because(b *Build) string {
	if len(b.Waits) == 0 {
		return " to begin"
	}
	return " for " + report.First(b.Waits, 3, ", ")
}
