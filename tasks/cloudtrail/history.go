package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// namesAtOnce hide the latency of a region's lookups; the quota paces them.
const namesAtOnce = 3

// askAWS reads the event history of all accounts and regions at once, since the quota holds for
// each by itself.
func (l *look) askAWS(ctx context.Context) {
	accounts, gaps := l.Open(ctx)
	l.miss(gaps...)
	if oldest := time.Now().Add(-trail.History); l.span.Start.Before(oldest) {
		l.miss(report.Gap{Subject: "event history", Action: "Read the log files of that time with LOGS, or set SINCE or AS_OF later.",
			Reason: fmt.Sprintf("what happened from %s to %s is no longer in it", l.span.Start.Format(time.RFC3339), oldest.Format(time.RFC3339))})
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	read, regions := 0, 0
	for _, a := range accounts {
		wait.Go(func() {
			whole, found := l.account(ctx, a)
			mu.Lock()
			defer mu.Unlock()
			regions += whole
			if found {
				read++
			}
		})
	}
	wait.Wait()
	l.examined = []report.Count{{What: "accounts", Number: read}, {What: "regions", Number: regions}}
	if len(l.Regions) > 0 {
		l.leftOut = append(l.leftOut, report.LeftOut{Subject: "other regions", Reason: "REGIONS names only " + strings.Join(l.Regions, ", ")})
	}
	slices.Sort(l.silent)
	slices.SortStableFunc(l.gaps, func(a, b report.Gap) int { return strings.Compare(a.Subject, b.Subject) })
}

// account reads the regions of an account and tells how many it read whole. found: there was an event
// of any name in one of them, so that an answer without events may be believed.
func (l *look) account(ctx context.Context, a account.Account) (whole int, found bool) {
	regions, err := l.regions(ctx, a)
	if err != nil {
		l.miss(account.Gap(a.ID, "list regions", err))
		return 0, false
	}
	var wait sync.WaitGroup
	histories := make([]history, len(regions))
	for i, region := range regions {
		histories[i] = history{look: l, History: lookup.New(a.Config, region, l.LookupInterval), place: a.ID + "/" + region}
		wait.Go(func() { histories[i].read(ctx) })
	}
	wait.Wait()
	var silent []string
	for _, h := range histories {
		found = found || h.control > 0
		if h.whole {
			whole++
		}
		if h.asked && h.control == 0 {
			silent = append(silent, h.place)
		}
	}
	if len(silent) == len(regions) {
		l.miss(report.Gap{Subject: a.ID, Action: "Look at the event history in the console; if it is empty there, too, the account may be new: run it again in an hour.",
			Reason: "not one region has an event of any name, though this very check leaves some: the answers cannot be believed"})
		return whole, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silent = append(l.silent, silent...)
	return whole, found
}

func (l *look) regions(ctx context.Context, a account.Account) ([]string, error) {
	if len(l.Regions) > 0 {
		return l.Regions, nil
	}
	return lookup.Regions(ctx, a.Config)
}

// history is the event history of one account in one region.
type history struct {
	*look
	*lookup.History
	place   string // "<account>/<region>"
	asked   bool   // the control was answered
	control int    // events of any name that it had
	whole   bool   // every name was read to its end
}

// read asks the control and then for every name. Where the control fails, so would they.
func (h *history) read(ctx context.Context) {
	var err error
	if h.control, err = h.Control(ctx, h.span); err != nil {
		h.miss(account.Gap(h.place, "look up events of any name", err))
		return
	}
	h.asked = true
	names := h.policy.Events.All()
	errs := make([]error, len(names))
	var group errgroup.Group
	group.SetLimit(namesAtOnce)
	for i, name := range names {
		group.Go(func() error {
			errs[i] = h.Named(ctx, name, h.span, h.take)
			return nil
		})
	}
	_ = group.Wait()
	h.whole = errors.Join(errs...) == nil
	h.unread(names, errs)
}

// unread tells which names were not read to their end, once for each reason.
func (h *history) unread(names []string, errs []error) {
	alike := map[string][]string{}
	var gaps []report.Gap
	for i, err := range errs {
		if err == nil {
			continue
		}
		gap := account.Gap(h.place, "look up events", err)
		if alike[gap.Reason] == nil {
			gaps = append(gaps, gap)
		}
		alike[gap.Reason] = append(alike[gap.Reason], names[i])
	}
	for _, gap := range gaps {
		gap.Reason = strings.Join(alike[gap.Reason], ", ") + ": " + gap.Reason
		h.miss(gap)
	}
}
