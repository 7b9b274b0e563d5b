package ticket_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/ticket"
)

// now is a Wednesday, 12:00 in New York.
var now = time.Date(2026, 11, 18, 17, 0, 0, 0, time.UTC)

// ago is a moment, in hours and minutes before now.
func ago(d time.Duration) time.Time { return now.Add(-d) }

const group = "https://groups.google.com/a/gsa.gov/forum/#!forum/cloud-gov-support"

func TestJudge(t *testing.T) {
	const h, day = time.Hour, 24 * time.Hour
	for _, c := range []struct {
		name   string
		ticket ticket.Ticket
		want   []string // severity, rule, summary
	}{
		{name: "new and just below the limit: 3 h today, 1 h yesterday", ticket: ticket.Ticket{Status: "new", Created: ago(20 * h)}},
		{name: "new and above it", ticket: ticket.Ticket{Status: "new", Created: ago(20*h + 6*time.Minute)},
			want: []string{"warning ticket-unassigned ticket 7 is new and nobody's for 4.1 business hours"}},
		{name: "new and somebody's waits for an answer", ticket: ticket.Ticket{Status: "new", Assignee: "jane.doe", Created: ago(20*h + 6*time.Minute)}},
		{name: "new and somebody's for long", ticket: ticket.Ticket{Status: "new", Assignee: "jane.doe", Created: ago(48 * h)},
			want: []string{"warning ticket-unanswered ticket 7 waits for an answer for 16.0 business hours"}},
		{name: "open and never answered: from its beginning", ticket: ticket.Ticket{Status: "open", Assignee: "jane.doe", Created: ago(48 * h), StatusSince: ago(h)},
			want: []string{"warning ticket-unanswered ticket 7 waits for an answer for 16.0 business hours"}},
		{name: "open again since an hour", ticket: ticket.Ticket{Status: "open", Replies: 1, Created: ago(48 * h), StatusSince: ago(h)}},
		{name: "open again for long", ticket: ticket.Ticket{Status: "open", Replies: 1, Created: ago(30 * day), StatusSince: ago(25 * h)},
			want: []string{"warning ticket-unanswered ticket 7 waits for an answer for 9.0 business hours"}},
		{name: "just below: 8 h", ticket: ticket.Ticket{Status: "open", Replies: 1, Created: ago(30 * day), StatusSince: ago(24 * h)}},
		{name: "not told since when: from its beginning", ticket: ticket.Ticket{Status: "open", Replies: 1, Created: ago(48 * h)},
			want: []string{"warning ticket-unanswered ticket 7 waits for an answer for 16.0 business hours"}},
		{name: "open and nobody's", ticket: ticket.Ticket{Status: "open", Created: ago(48 * h)},
			want: []string{"warning ticket-unanswered ticket 7 waits for an answer for 16.0 business hours"}},
		{name: "from the future", ticket: ticket.Ticket{Status: "new", Created: ago(-h)}},

		{name: "pending", ticket: ticket.Ticket{Status: "pending", Created: ago(90 * day), Domain: "gsa.gov", Targets: sla(-h)}},
		{name: "solved", ticket: ticket.Ticket{Status: "solved", Created: ago(90 * day)}},

		{name: "an SLA in two days", ticket: ticket.Ticket{Status: "open", Created: now, Targets: sla(48 * h)}},
		{name: "an SLA in 24 hours", ticket: ticket.Ticket{Status: "open", Created: now, Targets: sla(24 * h)},
			want: []string{"warning sla-breaks-soon ticket 7 breaks its SLA for next reply time in 24.0 h"}},
		{name: "an SLA in minutes", ticket: ticket.Ticket{Status: "new", Created: now, Targets: sla(30 * time.Minute)},
			want: []string{"warning sla-breaks-soon ticket 7 breaks its SLA for next reply time in 30 min"}},
		{name: "an SLA now", ticket: ticket.Ticket{Status: "open", Created: now, Targets: sla(0)},
			want: []string{"high sla-broken ticket 7 broke its SLA for next reply time 0 min ago"}},
		{name: "the first of several SLAs", ticket: ticket.Ticket{Status: "open", Created: now, Targets: append(sla(23*h), ticket.Target{Metric: "first_reply_time", Breach: ago(2 * h)})},
			want: []string{"high sla-broken ticket 7 broke its SLA for first reply time 2.0 h ago"}},

		{name: "somebody without mail", ticket: ticket.Ticket{Status: "new", Created: now, Domain: "gsa.gov"},
			want: []string{"info requester-without-mail ticket 7 is of somebody at gsa.gov, whom Zendesk's e-mail does not reach"}},
		{name: "somebody whose domain only ends so", ticket: ticket.Ticket{Status: "new", Created: now, Domain: "notgsa.gov"}},
		{name: "without an address", ticket: ticket.Ticket{Status: "new", Created: now}},
		{name: "all at once, the worst first", ticket: ticket.Ticket{Status: "open", Created: ago(48 * h), Domain: "gsa.gov", Targets: sla(-h)},
			want: []string{
				"high sla-broken ticket 7 broke its SLA for next reply time 1.0 h ago",
				"warning ticket-unanswered ticket 7 waits for an answer for 16.0 business hours",
				"info requester-without-mail ticket 7 is of somebody at gsa.gov, whom Zendesk's e-mail does not reach",
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.ticket.ID = 7
			var got []string
			for _, f := range ticket.Judge(desk(c.ticket), *ticket.DefaultPolicy(), now) {
				require.Equal(t, "support/7", f.Subject)
				require.Equal(t, "https://example.zendesk.com/agent/tickets/7", f.Link)
				require.NotEmpty(t, f.Action)
				got = append(got, f.Severity.String()+" "+f.Rule+" "+f.Summary)
			}
			require.Equal(t, c.want, got)
		})
	}
}

func desk(tickets ...ticket.Ticket) ticket.Desk {
	return ticket.Desk{Scope: "support", URL: "https://example.zendesk.com", Tickets: tickets}
}

func sla(in time.Duration) []ticket.Target {
	return []ticket.Target{{Metric: "next_reply_time", Breach: now.Add(in)}}
}

// A whole finding, word for word: who must answer, who gives advice, and which way the answer takes.
func TestFinding(t *testing.T) {
	d := desk(ticket.Ticket{ID: 7, Status: "open", Subject: "my app", Created: ago(72 * time.Hour), StatusSince: ago(48 * time.Hour), Replies: 1,
		Assignee: "jane.doe", Group: "Support", Domain: "gsa.gov", Targets: sla(72 * time.Hour)})
	want := report.Finding{
		Rule: "ticket-unanswered", Subject: "support/7", Severity: report.Warning,
		Summary: "ticket 7 waits for an answer for 16.0 business hours",
		Detail: "open since 2026-11-16 12:00 EST; written 2026-11-15 12:00 EST; 1 public reply; assignee jane.doe; group Support; " +
			"SLA: next reply time by 2026-11-21 12:00 EST",
		Action: "Have customer squad answer it by " + group + " (Zendesk's e-mail does not reach gsa.gov) and choose pending; " +
			"platform support gives advice in #cg-supportstream.",
		Link: "https://example.zendesk.com/agent/tickets/7",
	}
	found := ticket.Judge(d, *ticket.DefaultPolicy(), now)
	require.Len(t, found, 2)
	require.Equal(t, want, found[0])
	require.Equal(t, "Answer by "+group+" instead, then set the ticket to pending.", found[1].Action)

	d.Subjects, d.Tickets[0].Subject = true, "my\n -> app"
	want.Detail += "\nsubject: my -> app"
	require.Equal(t, want, ticket.Judge(d, *ticket.DefaultPolicy(), now)[0])
}

func TestDomainsAreGlobs(t *testing.T) {
	p := ticket.DefaultPolicy()
	p.WithoutMail.Domains = []report.Glob{"*.GSA.gov", "gsa.gov"}
	for domain, want := range map[string]int{"gsa.gov": 1, "fas.gsa.gov": 1, "notgsa.gov": 0, "gsa.gov.example.com": 0, "": 0} {
		require.Len(t, ticket.Judge(desk(ticket.Ticket{ID: 7, Status: "new", Created: now, Domain: domain}), *p, now), want, domain)
	}
}

func TestPolicy(t *testing.T) {
	require.Empty(t, ticket.DefaultPolicy().Problems())
	var told []string
	for _, problem := range (ticket.Policy{WithoutMail: ticket.NoMail{Domains: []report.Glob{"gsa.gov"}}}).Problems() {
		told = append(told, problem.Error())
	}
	require.Equal(t, []string{
		"hours.to is 00:00 and hours.from 00:00: end after the start",
		"hours.days is empty: name the days on which tickets are answered",
		"unassigned is 0s: give a time such as 4h",
		"unanswered is 0s: give a time such as 4h",
		"breach_soon is 0s: give a time such as 4h",
		"first_tier is empty: name who answers tickets",
		"second_tier is empty: name who gives the first tier advice",
		"advice_in is empty: name where advice is given, such as a channel",
		"without_mail.answer_by is empty: give the group's address by which these requesters are reached",
		"control_days is 0: give 1 or more",
	}, told)
}
