package main

import (
	"context"
	"sync"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// check is one review of a span of time.
type check struct {
	*config
	policy *trail.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	l := &look{check: c, review: trail.NewReview(c.policy, c.known), span: c.span(c.policy.Window, run.Now())}
	if c.Logs != "" {
		l.readLogs(ctx)
	} else {
		l.askAWS(ctx)
	}
	logins, changes := l.review.Seen()
	run.Examined = append(run.Examined, l.examined...)
	run.See("login records", logins)
	run.See("records of guarded changes", changes)
	run.Gaps = append(run.Gaps, l.gaps...)
	run.LeftOut = append(run.LeftOut, append(c.policy.LeftOut(), l.leftOut...)...)
	run.Find(l.review.Findings(run.Now())...)
	run.Find(trail.Silent(l.silent)...)
	return nil
}

// look is what one review comes to; those who read add to it from many goroutines.
type look struct {
	*check
	review *trail.Review
	span   lookup.Span

	mu       sync.Mutex
	examined []report.Count
	gaps     []report.Gap
	leftOut  []report.LeftOut
	silent   []string // "<account>/<region>" without any event
}

// take judges a record, unless it is of another time. One without a time is judged.
func (l *look) take(record []byte) error {
	e, err := trail.Parse(record)
	if err != nil {
		return err
	}
	if e.Time.IsZero() || !e.Time.Before(l.span.Start) && !e.Time.After(l.span.End) {
		l.review.Add(e)
	}
	return nil
}

func (l *look) miss(gaps ...report.Gap) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gaps = append(l.gaps, gaps...)
}
