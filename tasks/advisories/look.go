package main

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at one environment.
type check struct {
	*config
	policy *advisory.Policy
}

// reading is that look while it goes on.
type reading struct {
	*check
	run    *task.Run
	client *fetch.Client
	lock   sync.Mutex // of run and facts, while sources are read in parallel
	facts  advisory.Facts
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	r := &reading{check: c, run: run, client: fetch.New(fetch.Options{Timeout: c.RequestTimeout}), facts: advisory.Facts{Scope: run.Scope}}
	var group errgroup.Group
	for _, read := range []func(context.Context){r.catalogue, r.cisa, r.cloudFoundry} {
		group.Go(func() error { read(ctx); return nil })
	}
	known := r.director(ctx)
	r.ubuntu(ctx) // whose releases the director knows
	_ = group.Wait()
	r.order()
	if !known {
		r.facts.Advisories = nil // nobody knows what they would be joined with
	}
	what, youngest := advisory.Youngest(r.facts)
	run.Dated(run.Scope, what, youngest)
	verdicts := advisory.Verdicts(r.facts, *c.policy)
	r.count(verdicts)
	run.Find(advisory.Judge(r.facts, *c.policy, run.Now())...)
	return run.WriteJSON("advisories.json", map[string]any{"scope": run.Scope, "verdicts": verdicts})
}

// count says how many verdicts there are of each kind.
func (r *reading) count(verdicts []advisory.Verdict) {
	counts := map[advisory.Answer]int{}
	for _, v := range verdicts {
		counts[v.Answer]++
	}
	r.run.See("affected products", counts[advisory.Affected])
	r.run.See("unaffected products", counts[advisory.NotAffected])
	r.run.See("undeployed products", counts[advisory.NotDeployed])
	r.run.See("unclear products", counts[advisory.CannotTell])
}

func (r *reading) miss(subject string, err error, action string) {
	r.keep(func() { r.run.Miss(r.run.Scope+"/"+subject, err.Error(), action) })
}

func (r *reading) leaveOut(subject, reason string) {
	r.keep(func() { r.run.LeaveOut(subject, reason) })
}

// keep takes in what was read, one source after another.
func (r *reading) keep(what func()) {
	r.lock.Lock()
	defer r.lock.Unlock()
	what()
}

// order makes two reports over the same world the same, whichever source answered first.
func (r *reading) order() {
	byWhat := func(a, b report.Count) int { return cmp.Compare(a.What, b.What) }
	slices.SortStableFunc(r.run.Examined, byWhat)
	slices.SortStableFunc(r.run.Seen, byWhat)
	slices.SortStableFunc(r.run.Gaps, func(a, b report.Gap) int { return cmp.Compare(a.Subject, b.Subject) })
	slices.SortStableFunc(r.run.LeftOut, func(a, b report.LeftOut) int { return cmp.Compare(a.Subject, b.Subject) })
}
