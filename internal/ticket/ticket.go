// Package ticket judges the open tickets of a support desk, and reads them as Zendesk tells them:
// "Review open support requests".
package ticket

import (
	"fmt"
	"strings"
	"time"
)

// Desk is where tickets are, and the tickets that wait there.
type Desk struct {
	Scope    string // names the desk in subjects
	URL      string // where people open a ticket, without a slash at its end
	Tickets  []Ticket
	Subjects bool // tell the tickets' subjects, which are personal data
}

// Ticket is a support request.
type Ticket struct {
	ID          int64
	Status      string // Zendesk's category: "new", "open", "pending", "hold", "solved", "closed"
	Subject     string // text from outside
	Created     time.Time
	StatusSince time.Time // when the status last changed; zero: not told
	Replies     int       // public ones, by agents
	Assignee    string    // "": nobody
	Group       string    // "": none
	Domain      string    // of the requester's address, in lower case; "": there is no address
	Requester   bool      // it was told who the requester is
	Targets     []Target
	SLA         bool // it was told whether there are targets
}

// Target is a moment by which an SLA promises something. Those that are met or paused are none.
type Target struct {
	Metric string // "first_reply_time", "next_reply_time", ...
	Breach time.Time
}

// The statuses that the checklist reviews, "yellow" and "red".
const (
	New  = "new"
	Open = "open"
)

// Waits tells whether the ticket is for us to answer; a pending one waits for its requester.
func (t Ticket) Waits() bool { return t.Status == New || t.Status == Open }

// since is the moment from which the requester waits. Before the first public reply that is when it was written; later
// it is when the requester's answer opened it again. A reply that leaves the ticket open ends nothing: the
// checklist asks to choose pending.
func (t Ticket) since() time.Time {
	if t.Replies == 0 || t.StatusSince.Before(t.Created) {
		return t.Created
	}
	return t.StatusSince
}

// subject identifies the ticket in findings.
func (d Desk) subject(t Ticket) string { return fmt.Sprintf("%s/%d", d.Scope, t.ID) }

// link is the ticket's page for agents.
func (d Desk) link(t Ticket) string { return fmt.Sprintf("%s/agent/tickets/%d", d.URL, t.ID) }

// domain is what follows the @ of an address.
func domain(address string) string {
	_, after, _ := strings.Cut(strings.TrimSpace(address), "@")
	return strings.ToLower(after)
}
