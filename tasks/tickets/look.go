package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/task"
	"github.com/cloud-gov/platform-checklist/internal/ticket"
)

// check is one look at the desk.
type check struct {
	*config
	policy *ticket.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	run.Dated(run.Scope, "tickets are read as they are now", time.Now())
	a := c.open()
	c.control(ctx, run, a)
	ids := c.search(ctx, run, a)
	tickets := c.show(ctx, run, a, ids)
	c.doubt(run, tickets)
	c.count(run, tickets)
	c.leaveOut(run)
	run.Find(ticket.Judge(ticket.Desk{Scope: run.Scope, URL: c.URL, Tickets: tickets, Subjects: c.ShowSubjects}, *c.policy, run.Now())...)
	return nil
}

// control asks the same search for something that must be there.
func (c *check) control(ctx context.Context, run *task.Run, a *account) {
	since := run.Now().AddDate(0, 0, -c.policy.ControlDays)
	solved, err := a.count(ctx, c.terms("status:solved status:closed updated>="+since.UTC().Format(time.DateOnly)))
	if err != nil {
		run.Miss(run.Scope+"/control", "count the solved tickets: "+err.Error(), remedy(err))
		return
	}
	run.Examine(fmt.Sprintf("tickets solved in %d days, the control", c.policy.ControlDays), solved)
}

// search lists the tickets to look at.
func (c *check) search(ctx context.Context, run *task.Run, a *account) []int64 {
	ids, total, err := a.search(ctx, c.terms("status:new status:open"))
	if err != nil {
		run.Miss(run.Scope+"/search", "search for new and open tickets: "+err.Error(), remedy(err))
	} else if total > mostFound {
		run.Miss(run.Scope+"/search", fmt.Sprintf("search for new and open tickets: there are %d, and Zendesk gives the oldest %d", total, mostFound),
			"Narrow the search with ZENDESK_QUERY, and give each part a box of its own.")
	}
	return ids
}

func (c *check) terms(own string) string {
	return strings.TrimSpace("type:ticket " + own + " " + c.Query)
}

// show reads the tickets, so many at once. What cannot be read is a gap beside the rest.
func (c *check) show(ctx context.Context, run *task.Run, a *account, ids []int64) (all []ticket.Ticket) {
	for batch := range slices.Chunk(ids, atOnce) {
		tickets, err := a.show(ctx, batch)
		if err != nil {
			run.Miss(run.Scope+"/tickets", fmt.Sprintf("read %d tickets from %d on: %s", len(batch), batch[0], err), remedy(err))
			continue
		}
		for _, id := range batch {
			i := slices.IndexFunc(tickets, func(t ticket.Ticket) bool { return t.ID == id })
			if i < 0 {
				run.Miss(fmt.Sprintf("%s/%d", run.Scope, id), "search finds the ticket and Zendesk does not show it",
					"Run it again in some minutes: a ticket that was deleted is found for a while; else give the token's user access to all tickets.")
				continue
			}
			all = append(all, tickets[i])
		}
	}
	return all
}

// doubt tells what the tickets should have said and did not.
func (c *check) doubt(run *task.Run, tickets []ticket.Ticket) {
	if len(tickets) == 0 {
		return
	}
	if c.policy.SLAs && !slices.ContainsFunc(tickets, func(t ticket.Ticket) bool { return t.SLA }) {
		run.Miss(run.Scope+"/slas", fmt.Sprintf("read the SLAs of %d tickets: Zendesk tells of none", len(tickets)),
			"Set slas: false in the policy, if the account has no SLAs.")
	}
	unknown := 0
	for _, t := range tickets {
		if !t.Requester {
			unknown++
		}
	}
	if unknown > 0 && len(c.policy.WithoutMail.Domains) > 0 {
		run.Miss(run.Scope+"/requesters", fmt.Sprintf("read the requesters of %d tickets: Zendesk does not tell who %d of them are", len(tickets), unknown),
			"Give the token the scope users:read or read, and its user a role that sees end users.")
	}
}

// count says how many tickets were seen.
func (c *check) count(run *task.Run, tickets []ticket.Ticket) {
	status := map[string]int{}
	for _, t := range tickets {
		status[t.Status]++
	}
	run.See("new tickets", status[ticket.New])
	run.See("open tickets", status[ticket.Open])
	run.See("answered since they were indexed", len(tickets)-status[ticket.New]-status[ticket.Open])
}

func (c *check) leaveOut(run *task.Run) {
	run.LeaveOut("tickets of the last minutes", "Zendesk takes up to a few minutes to index a new ticket for its search")
	if c.Query != "" {
		run.LeaveOut("other tickets", "only those of "+c.Query+" are looked at (ZENDESK_QUERY)")
	}
	if !c.policy.SLAs {
		run.LeaveOut("SLAs", "the policy says that the account has none")
	}
	if !c.ShowSubjects {
		run.LeaveOut("subjects", "they are personal data; SHOW_SUBJECTS=true tells them")
	}
}
