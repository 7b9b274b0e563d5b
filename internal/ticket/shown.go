package ticket

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Include are the records to be asked for beside the tickets.
const Include = "users,groups,slas,metric_sets"

// shown is what Zendesk tells of many tickets at once.
// https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
type shown struct {
	Next    *string   `json:"next_page"`
	Tickets *[]record `json:"tickets"`
	Users   []struct {
		ID    int64  `json:"id"`
		Name  string `json:"name"`
		Email string `json:"email"`
	} `json:"users"`
	Groups []struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
	} `json:"groups"`
	Metrics []metrics `json:"metric_sets"`
}

type record struct {
	ID        int64     `json:"id"`
	Status    string    `json:"status"`
	Subject   string    `json:"subject"`
	Created   time.Time `json:"created_at"`
	Requester int64     `json:"requester_id"`
	Assignee  int64     `json:"assignee_id"` // null: nobody
	Group     int64     `json:"group_id"`    // null: none
	SLAs      *struct {
		Metrics []struct {
			Metric string    `json:"metric"`
			Stage  string    `json:"stage"`
			Breach time.Time `json:"breach_at"` // null: the clock stands
		} `json:"policy_metrics"`
	} `json:"slas"`
	Metrics *metrics `json:"metric_set"` // here, or beside the tickets
}

type metrics struct {
	Ticket      int64     `json:"ticket_id"`
	Replies     int       `json:"replies"`
	StatusSince time.Time `json:"status_updated_at"`
}

// firstTicket is earlier than any: Zendesk began in 2007.
var firstTicket = time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC)

// ParseTickets reads the tickets of an answer that was asked to include Include. Half an answer is none.
func ParseTickets(body []byte) ([]Ticket, error) {
	var s shown
	if err := json.Unmarshal(body, &s); err != nil {
		return nil, fmt.Errorf("the answer is no list of tickets: %w", report.Misread(err))
	}
	if s.Tickets == nil {
		return nil, errors.New("the answer has no tickets")
	}
	if s.Next != nil {
		return nil, errors.New("the answer is not whole: it has a next page")
	}
	tickets := make([]Ticket, len(*s.Tickets))
	for i, r := range *s.Tickets {
		if r.ID <= 0 || r.Status == "" || r.Created.Before(firstTicket) {
			return nil, fmt.Errorf("the answer has a ticket %d without number, status or time", r.ID)
		}
		tickets[i] = s.ticket(r)
	}
	return tickets, nil
}

func (s shown) ticket(r record) Ticket {
	t := Ticket{ID: r.ID, Status: r.Status, Subject: r.Subject, Created: r.Created.UTC(), SLA: r.SLAs != nil}
	for _, u := range s.Users {
		if u.ID == r.Requester {
			t.Requester, t.Domain = true, domain(u.Email)
		}
	}
	if r.Assignee != 0 {
		t.Assignee = s.user(r.Assignee)
	}
	if r.Group != 0 {
		t.Group = s.group(r.Group)
	}
	if m := s.metrics(r); m != nil {
		t.Replies, t.StatusSince = m.Replies, utc(m.StatusSince)
	}
	if r.SLAs != nil {
		for _, m := range r.SLAs.Metrics {
			if !slices.Contains(over, m.Stage) && !m.Breach.IsZero() {
				t.Targets = append(t.Targets, Target{Metric: m.Metric, Breach: m.Breach.UTC()})
			}
		}
	}
	return t
}

// over are the stages of an SLA's metric in which it cannot break. Any other counts, known or not.
var over = []string{"paused", "achieved", "completed", "fulfilled"}

// user is somebody's name, or number where the answer has no name.
func (s shown) user(id int64) string {
	for _, u := range s.Users {
		if u.ID == id && strings.TrimSpace(u.Name) != "" {
			return u.Name
		}
	}
	return fmt.Sprintf("user %d", id)
}

func (s shown) group(id int64) string {
	for _, g := range s.Groups {
		if g.ID == id && strings.TrimSpace(g.Name) != "" {
			return g.Name
		}
	}
	return fmt.Sprintf("group %d", id)
}

func (s shown) metrics(r record) *metrics {
	if r.Metrics != nil {
		return r.Metrics
	}
	for _, m := range s.Metrics {
		if m.Ticket == r.ID {
			return &m
		}
	}
	return nil
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}
