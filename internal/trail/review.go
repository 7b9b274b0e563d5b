package trail

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Review judges events one by one, from several goroutines, and keeps only what is wrong: a year of
// log files takes no more memory than its findings.
type Review struct {
	policy *Policy
	known  *ranges.Set

	mu    sync.Mutex
	found map[string]report.Finding // by subject
	seen  map[string]int            // by event name
}

// NewReview begins a review. known are the addresses that count as AWS's.
func NewReview(p *Policy, known *ranges.Set) *Review {
	return &Review{policy: p, known: known, found: map[string]report.Finding{}, seen: map[string]int{}}
}

// Add judges an event. CloudTrail may deliver one twice: of several findings about one event the worst
// stays.
func (r *Review) Add(e Event) {
	f := r.policy.judge(e, r.known)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[e.Name]++
	if f == nil {
		return
	}
	both := []report.Finding{*f}
	if before, again := r.found[f.Subject]; again {
		both = append(both, before)
	}
	report.Sort(both)
	r.found[f.Subject] = both[0]
}

// Findings tells what is wrong, the worst first.
func (r *Review) Findings(now time.Time) []report.Finding {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := append(slices.Collect(maps.Values(r.found)), old(r.known, now)...)
	report.Sort(found)
	return found
}

// Seen counts the records of logins and of guarded changes, right or wrong.
func (r *Review) Seen() (logins, changes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range r.policy.Events.Login {
		logins += r.seen[name]
	}
	for _, name := range r.policy.Events.Terraform {
		changes += r.seen[name]
	}
	return logins, changes
}
