package ticket

import (
	"fmt"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// detail is the evidence.
func (d Desk) detail(t Ticket, p Policy) string {
	parts := []string{
		t.Status, "written " + p.moment(t.Created), report.Number(t.Replies, "public reply"),
		"assignee " + or(t.Assignee, "nobody"), "group " + or(t.Group, "none"),
	}
	if !t.StatusSince.IsZero() && !t.StatusSince.Equal(t.Created) {
		parts[0] += " since " + p.moment(t.StatusSince)
	}
	if next := t.next(); len(next) > 0 {
		parts = append(parts, fmt.Sprintf("SLA: %s by %s", plain(next[0].Metric), p.moment(next[0].Breach)))
	}
	subject := ""
	if d.Subjects {
		subject = "subject: " + or(t.Subject, "none")
	}
	return report.Lines(strings.Join(parts, "; "), subject)
}

// advice is what the second tier does.
func (p Policy) advice() string {
	return fmt.Sprintf("%s gives advice in %s", p.SecondTier, p.AdviceIn)
}

// byway is how an answer gets to its requester, where that is not by Zendesk.
func (p Policy) byway(t Ticket) string {
	if !p.unreached(t) {
		return ""
	}
	return " by " + p.WithoutMail.Answer + " (Zendesk's e-mail does not reach " + t.Domain + ")"
}

// moment is a time as the team's clocks show it.
func (p Policy) moment(t time.Time) string {
	return t.In(p.Hours.Zone.Location()).Format("2006-01-02 15:04 MST")
}

// hours is working time.
func hours(d time.Duration) string { return fmt.Sprintf("%.1f business hours", d.Hours()) }

// span is time by the clock.
func span(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}

// plain is a metric without its underscores.
func plain(metric string) string { return strings.ReplaceAll(metric, "_", " ") }

func or(text, otherwise string) string {
	if strings.TrimSpace(text) == "" {
		return otherwise
	}
	return text
}
