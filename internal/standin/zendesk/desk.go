package zendesk

import "time"

// Desk is all that an account holds.
type Desk struct {
	Tickets []Ticket
	NoSLAs  bool // the account's plan has none
}

// Ticket is one request.
type Ticket struct {
	ID          int64
	Status      string
	Indexed     string // the status as search still knows it; as it is when empty
	Kind        string // what search calls it; "ticket" when empty
	Subject     string
	Created     time.Time
	Updated     time.Time // as Created when zero
	StatusSince time.Time // as Created when zero
	Replies     int
	Requester   string // address
	Assignee    string // address; nobody when empty
	Group       string // name; none when empty
	SLAs        []SLA
	Hidden      bool // search finds it, and it is shown no more
}

// SLA is one promise on a ticket.
type SLA struct {
	Metric, Stage string
	Breach        time.Time // zero: null
}

// Clean is a quiet morning: tickets are answered, or fresh.
func Clean(now time.Time) Desk {
	return Desk{Tickets: append(solved(now),
		Ticket{ID: 4711, Status: "new", Subject: "How do I bind a service?", Created: now.Add(-5 * time.Minute), Requester: "alex@agency.example.gov"},
		Ticket{ID: 4698, Status: "open", Subject: "Custom domain", Created: now.AddDate(0, 0, -3), StatusSince: now.Add(-10 * time.Minute), Replies: 1,
			Requester: "kim@agency.example.gov", Assignee: "jane.doe@example.gov", Group: "Support",
			SLAs: []SLA{{"next_reply_time", "active", now.AddDate(0, 0, 3)}, {Metric: "requester_wait_time", Stage: "paused"}}},
		Ticket{ID: 4690, Status: "pending", Subject: "Quota", Created: now.AddDate(0, 0, -20), Requester: "kim@agency.example.gov"},
	)}
}

// Morning has a ticket for each rule, all older than a week, so that it is red on any day.
func Morning(now time.Time) Desk {
	d := Clean(now)
	d.Tickets = append(d.Tickets,
		Ticket{ID: 4640, Status: "new", Subject: "Planted subject of jane's <!channel> & co", Created: now.AddDate(0, 0, -9), Requester: "lee@agency.example.gov", Group: "Support"},
		Ticket{ID: 4633, Status: "open", Subject: "Planted subject: app crashes", Created: now.AddDate(0, 0, -30), StatusSince: now.AddDate(0, 0, -10), Replies: 2,
			Requester: "maria@gsa.gov", Assignee: "jane.doe@example.gov", Group: "Support"},
		Ticket{ID: 4629, Status: "open", Created: now.AddDate(0, 0, -40), StatusSince: now.Add(-5 * time.Minute), Replies: 4,
			Requester: "lee@agency.example.gov", Assignee: "john.smith@example.gov", Group: "Support",
			SLAs: []SLA{{"first_reply_time", "achieved", now.AddDate(0, 0, -39)}, {"next_reply_time", "active", now.Add(-2 * time.Hour)}}},
		Ticket{ID: 4630, Status: "open", Created: now.AddDate(0, 0, -40), StatusSince: now.Add(-5 * time.Minute), Replies: 4,
			Requester: "lee@agency.example.gov", Assignee: "john.smith@example.gov", Group: "Support",
			SLAs: []SLA{{"next_reply_time", "active", now.Add(3*time.Hour + time.Minute)}}},
	)
	return d
}

// Many is a desk with n tickets that are open, each of somebody else and answered minutes ago.
func Many(now time.Time, n int) Desk {
	d := Desk{Tickets: solved(now)}
	for i := range n {
		d.Tickets = append(d.Tickets, Ticket{ID: int64(10_000 + i), Status: "open", Created: now.Add(-time.Duration(n-i) * time.Hour),
			StatusSince: now.Add(-time.Minute), Replies: 1, Requester: "lee@agency.example.gov", Assignee: "jane.doe@example.gov"})
	}
	return d
}

// solved are tickets of last week, which a control finds.
func solved(now time.Time) []Ticket {
	return []Ticket{
		{ID: 4501, Status: "solved", Subject: "Log drain", Created: now.AddDate(0, 0, -12), Updated: now.AddDate(0, 0, -2), Requester: "kim@agency.example.gov", Assignee: "jane.doe@example.gov"},
		{ID: 4490, Status: "closed", Subject: "Buildpack", Created: now.AddDate(0, 0, -90), Updated: now.AddDate(0, 0, -6), Requester: "lee@agency.example.gov", Assignee: "jane.doe@example.gov"},
		{ID: 12, Status: "closed", Subject: "Hello", Created: now.AddDate(-3, 0, 0), Requester: "kim@agency.example.gov", Assignee: "jane.doe@example.gov"},
	}
}
