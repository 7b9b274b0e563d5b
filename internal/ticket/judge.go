package ticket

import (
	"fmt"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Judge tells which of a desk's tickets wait too long, for a person or for an answer, which SLAs break, and whose
// answer must take another way than Zendesk's e-mail.
func Judge(d Desk, p Policy, now time.Time) []report.Finding {
	var found []report.Finding
	for _, t := range d.Tickets {
		if t.Waits() {
			found = append(found, d.judge(t, p, now)...)
		}
	}
	report.Sort(found)
	return found
}

func (d Desk) judge(t Ticket, p Policy, now time.Time) (found []report.Finding) {
	about := func(rule string, severity report.Severity, summary, action string) {
		found = append(found, report.Finding{
			Rule: rule, Subject: d.subject(t), Severity: severity,
			Summary: fmt.Sprintf("ticket %d %s", t.ID, summary), Detail: d.detail(t, p), Action: action, Link: d.link(t),
		})
	}
	waited := p.Hours.Between(t.since(), now)
	switch nobody := t.Status == New && t.Assignee == ""; {
	case nobody && waited > p.Unassigned:
		about("ticket-unassigned", report.Warning,
			fmt.Sprintf("is new and nobody's for %s", hours(waited)),
			fmt.Sprintf("Have %s assign and answer it%s; %s.", p.FirstTier, p.byway(t), p.advice()))
	case !nobody && waited > p.Unanswered:
		about("ticket-unanswered", report.Warning,
			fmt.Sprintf("waits for an answer for %s", hours(waited)),
			fmt.Sprintf("Have %s answer it%s and choose pending; %s.", p.FirstTier, p.byway(t), p.advice()))
	}
	for _, target := range t.next() {
		left := target.Breach.Sub(now)
		switch answer := fmt.Sprintf("Have %s answer it now%s; %s.", p.FirstTier, p.byway(t), p.advice()); {
		case left <= 0:
			about("sla-broken", report.High, fmt.Sprintf("broke its SLA for %s %s ago", plain(target.Metric), span(-left)), answer)
		case left <= p.BreachSoon:
			about("sla-breaks-soon", report.Warning, fmt.Sprintf("breaks its SLA for %s in %s", plain(target.Metric), span(left)), answer)
		}
	}
	if p.unreached(t) {
		about("requester-without-mail", report.Info,
			fmt.Sprintf("is of somebody at %s, whom Zendesk's e-mail does not reach", t.Domain),
			fmt.Sprintf("Answer by %s instead, then set the ticket to pending.", p.WithoutMail.Answer))
	}
	return found
}

// next is the target that breaks first, if there is one: a finding a ticket is enough.
func (t Ticket) next() []Target {
	if len(t.Targets) == 0 {
		return nil
	}
	return []Target{slices.MinFunc(t.Targets, func(a, b Target) int { return a.Breach.Compare(b.Breach) })}
}
