package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

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
	l := &look{check: c, review: trail.NewReview(c.policy, c.known), span: c.span(c.policy.Window, run.Now(), !run.AsOf.IsZero())}
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
	run.Dated(run.Scope, "a log file has a record of "+l.youngest.UTC().Format(time.RFC3339), l.youngest)
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
	silent   []string    // "<account>/<region>" without any event
	within   atomic.Bool // a record of the time looked at was seen in the log files
	youngest time.Time   // record of a log file that is left out for being younger, though no UNTIL asks for that
}

// take judges a record, unless it is of another time. One without a time is judged.
func (l *look) take(record []byte) error {
	e, err := trail.Parse(record)
	if err != nil {
		return err
	}
	if l.of(e.Time) {
		l.review.Add(e)
	}
	return nil
}

// of tells whether a time is looked at, and keeps what that says of the log files.
func (l *look) of(t time.Time) bool {
	younger := !l.span.End.IsZero() && t.After(l.span.End)
	within := t.IsZero() || !t.Before(l.span.Start) && !younger
	if within && !t.IsZero() {
		l.within.Store(true)
	}
	if younger && l.Until.IsZero() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if t.After(l.youngest) {
			l.youngest = t
		}
	}
	return within
}

func (l *look) miss(gaps ...report.Gap) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gaps = append(l.gaps, gaps...)
}
