package main

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// rhythm is how far back checks look, and how often there is a version at least.
type rhythm struct{ lookback, overlap, heartbeat time.Duration }

// grace is how long after Concourse forgot all versions a batch holds those before it, too. A job that has not
// yet built any version takes the latest alone: it must hold all, however many checks there were until then.
const grace = 24 * time.Hour

// span is what the check after a version looks at, and the first one of all.
func (r rhythm) span(known *version, now time.Time) (lookup.Span, error) {
	s := lookup.Span{Start: at(now.Add(-r.lookback)).Time, End: at(now).Time}
	if known == nil {
		return s, nil
	}
	s.Start = known.Next.Time
	const begin = "fly clear-versions makes it begin anew"
	if gone := s.End.Add(-trail.History); s.Start.Before(gone) {
		return s, fmt.Errorf("what happened from %s to %s has expired unseen: read that time's log files with tasks/cloudtrail, then %s",
			s.Start.Format(layout), gone.Format(layout), begin)
	}
	if s.Start.After(s.End) {
		return s, fmt.Errorf("the version before is of %s, and here it is %s: correct the worker's clock, or %s",
			known.Through.Format(layout), s.End.Format(layout), begin)
	}
	return s, nil
}

// advance is the version after known, nil while there is nothing to tell. found is every anomaly in the
// span. It depends on its arguments alone: a check that is killed is as one that never was.
//
// The invariant that makes each anomaly reach just one version: whatever a version before held and the next
// check will see again is in Events or Known.
func (r rhythm) advance(known *version, found ledger, looked lookup.Span) *version {
	v := version{Since: at(looked.Start), Through: at(looked.End), Next: at(looked.End.Add(-r.overlap)), Events: found, Count: len(found)}
	if known == nil {
		v.Baseline = v.Through
		return v.fit()
	}
	told := known.Events.with(known.Known)
	v.Events = found.without(told)
	if len(v.Events) == 0 && looked.End.Sub(known.Through.Time) < r.heartbeat {
		return nil
	}
	v.Count = len(v.Events)
	v.Through, v.Next = later(v.Through, known.Through), later(v.Next, known.Next) // a clock may go back
	if !known.Baseline.IsZero() && looked.End.Sub(known.Baseline.Time) < grace {
		v.Since, v.Baseline = known.Since, known.Baseline
		v.Events, v.Count = v.Events.with(known.Events), v.Count+known.Count
	}
	v.Known = told.without(v.Events)
	return v.fit()
}

// fit forgets the oldest of what is too much, and lets the next check begin after it: the overlap
// gets shorter, and nothing is told twice.
func (v version) fit() *version {
	for _, l := range []*ledger{&v.Events, &v.Known} {
		if over := len(*l) - most; over > 0 {
			last := time.Unix(int64((*l)[over-1].at), 0)
			v.Next = later(v.Next, at(last.Add(time.Second)))
			*l = (*l)[over:]
		}
	}
	v.Known = v.Known.from(v.Next.Time)
	return &v
}
