package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// namesAtOnce hide the latency of a region's lookups; the quota paces them.
const namesAtOnce = 3

// scan gives every event of the policy's names, from several goroutines. It reads all or fails.
func (s source) scan(ctx context.Context, span lookup.Span, take func(e trail.Event, record []byte)) error {
	a, err := s.open(ctx)
	if err != nil {
		return err
	}
	regions := s.Regions
	if len(regions) == 0 {
		if regions, err = lookup.Regions(ctx, a.Config); err != nil {
			return trouble{account.Gap(a.ID, "list regions", err), err}
		}
	}
	var heard atomic.Bool
	group, ctx := errgroup.WithContext(ctx)
	for _, region := range regions {
		h := history{lookup.New(a.Config, region, s.interval()), a.ID + "/" + region}
		group.Go(func() error {
			found, err := h.read(ctx, s.policy().Events.All(), span, take)
			if found {
				heard.Store(true)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if !heard.Load() {
		return fmt.Errorf("%s: not one region has an event of any name, though looking leaves some: the answers cannot be believed", a.ID)
	}
	return nil
}

// open opens the account that the source names, and no other.
func (s source) open(ctx context.Context) (account.Account, error) {
	opened, gaps := s.account().Open(ctx)
	if len(gaps) > 0 {
		return account.Account{}, trouble{gaps[0], context.Cause(ctx)}
	}
	if a := opened[0]; a.ID != s.AccountID {
		return a, fmt.Errorf("the credentials (%s) are of account %s, account_id is %s: correct one of them", a.Caller, a.ID, s.AccountID)
	}
	return opened[0], nil
}

// history is the event history of one account in one region.
type history struct {
	*lookup.History
	place string // "<account>/<region>"
}

// read gives all events of the names. found: there was one of any name, so that an answer without is believed.
func (h history) read(ctx context.Context, names []string, span lookup.Span, take func(trail.Event, []byte)) (found bool, err error) {
	control := span
	if day := span.End.Add(-24 * time.Hour); day.Before(span.Start) {
		control.Start = day
	}
	events, err := h.Control(ctx, control)
	if err != nil {
		return false, trouble{account.Gap(h.place, "look up events of any name", err), err}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(namesAtOnce)
	for _, name := range names {
		group.Go(func() error {
			err := h.Named(ctx, name, span, func(record []byte) error {
				e, err := trail.Parse(record)
				if err == nil {
					take(e, record)
				}
				return err
			})
			if err != nil {
				return trouble{account.Gap(h.place, "look up "+name, err), err}
			}
			return nil
		})
	}
	return events > 0, group.Wait()
}

// trouble says what could not be read in AWS's own words, without the SDK's wrapping.
type trouble struct {
	report.Gap
	cause error
}

func (t trouble) Error() string { return t.Subject + ": " + t.Reason }

// Unwrap tells the frame of an abort, and of nothing else.
func (t trouble) Unwrap() error {
	if errors.Is(t.cause, context.Canceled) {
		return context.Canceled
	}
	return nil
}
