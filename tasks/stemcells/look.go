package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at one director.
type check struct {
	*config
	policy *stemcell.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	director, err := bosh.Open(ctx, c.director())
	if err != nil {
		run.Miss(run.Scope, err.Error(), bosh.Remedy(err))
		return nil
	}
	f := &fleet{check: c, run: run, director: director}
	listing, cancel := spare(ctx)
	defer cancel()
	if err := f.read(listing); err != nil {
		run.Miss(run.Scope, err.Error(), bosh.Remedy(err))
		return nil
	}
	if ctx.Err() != nil {
		return nil // the frame says why; nothing more can be asked
	}
	lines := c.published(ctx, run, f.judged)
	what, youngest := stemcell.Youngest(f.judged, lines)
	run.Dated(run.Scope, what, youngest)
	run.Find(stemcell.Judge(f.judged, lines, *c.policy, run.Now())...)
	return run.WriteJSON("deployed.json", f.deployed())
}

// spare keeps a fifth of the time for what comes after the director's listings, so that what was read by then is
// judged.
func spare(ctx context.Context) (context.Context, context.CancelFunc) {
	end, limited := ctx.Deadline()
	if !limited {
		return ctx, func() {}
	}
	left := time.Until(end) * 4 / 5
	return context.WithTimeoutCause(ctx, left, fmt.Errorf("no time was left after %s (TIMEOUT)", left.Round(time.Second)))
}

// each does n things, as many at a time as CONCURRENCY says.
func (c *check) each(n int, do func(i int)) {
	var group errgroup.Group
	group.SetLimit(c.Concurrency)
	for i := range n {
		group.Go(func() error {
			do(i)
			return nil
		})
	}
	_ = group.Wait()
}
