package main

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/mfa"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// accountsAtOnce are read in parallel; IAM's quotas hold for each account by itself.
const accountsAtOnce = 4

// check is one look at all accounts.
type check struct {
	*config
	policy *mfa.Policy
}

// reader reads one account into facts, and says what it could not read.
type reader struct {
	*check
	account.Account
	iam *iam.Client

	facts   mfa.Account
	whole   bool // the users were listed and asked about
	gaps    []report.Gap
	leftOut []report.LeftOut
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	run.Dated(run.Scope, "users are read as they are now", time.Now())
	accounts, gaps := c.Open(ctx)
	run.Gaps = append(run.Gaps, gaps...)
	readers := make([]*reader, len(accounts))
	var group errgroup.Group
	group.SetLimit(accountsAtOnce)
	for i, a := range accounts {
		readers[i] = &reader{check: c, Account: a, iam: iam.NewFromConfig(a.Config), facts: mfa.Account{ID: a.ID, Partition: a.Partition}}
		group.Go(func() error {
			readers[i].read(ctx)
			return nil
		})
	}
	_ = group.Wait() // a reader keeps its errors as gaps
	c.judge(run, readers)
	return nil
}

// judge adds up what was read, and judges it.
func (c *check) judge(run *task.Run, readers []*reader) {
	var facts []mfa.Account
	var whole, users, console, keys, asked int
	for _, r := range readers {
		run.Gaps = append(run.Gaps, r.gaps...)
		run.LeftOut = append(run.LeftOut, r.leftOut...)
		facts = append(facts, r.facts)
		whole += oneIf(r.whole)
		users += len(r.facts.Users)
		for _, u := range r.facts.Users {
			console += oneIf(u.Console)
			keys += len(u.Keys)
			asked += oneIf(u.Asked)
		}
	}
	run.Examine("accounts", whole)
	run.Examine("IAM users", users)
	run.See("console users", console)
	run.See("active access keys", keys)
	run.See("users asked about one by one", asked)
	run.LeaveOut("federated and Identity Center users", "they are no IAM users: their identity provider asks for the second factor")
	run.Find(mfa.Judge(facts, *c.policy, run.Now())...)
}

func (r *reader) read(ctx context.Context) {
	users, listed := r.roster(ctx)
	if !listed {
		return
	}
	known := credentials{}
	if !r.Live {
		var err error
		if known, err = r.credentials(ctx); err != nil {
			r.unreported(err)
			return
		}
		r.leaveOut(r.ID, known.leavesOut(time.Now()))
	}
	r.facts.Users, r.whole = r.ask(ctx, users, known), true
}

func (r *reader) miss(doing string, err error) {
	r.gaps = append(r.gaps, account.Gap(r.ID, doing, err))
}

func (r *reader) leaveOut(subject, reason string) {
	r.leftOut = append(r.leftOut, report.LeftOut{Subject: subject, Reason: reason})
}

// pause waits, and tells whether there is still time.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
