package ticket

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about support requests.
type Policy struct {
	Hours      Hours         `yaml:"hours"`       // in which answers are owed
	Unassigned time.Duration `yaml:"unassigned"`  // working time that a new ticket may have nobody
	Unanswered time.Duration `yaml:"unanswered"`  // working time that a requester may wait
	SLAs       bool          `yaml:"slas"`        // the desk has SLAs, so Zendesk must tell of them
	BreachSoon time.Duration `yaml:"breach_soon"` // by the clock; an SLA that breaks sooner is told

	FirstTier   string `yaml:"first_tier"`   // who must answer
	SecondTier  string `yaml:"second_tier"`  // who gives them advice
	AdviceIn    string `yaml:"advice_in"`    // where
	WithoutMail NoMail `yaml:"without_mail"` // requesters whom Zendesk's e-mail does not reach

	ControlDays int `yaml:"control_days"` // in so many days some ticket must have been solved

	report.Exceptions `yaml:",inline"`
}

// NoMail are requesters whom Zendesk's e-mail does not reach.
type NoMail struct {
	Domains []report.Glob `yaml:"domains"`   // of their addresses
	Answer  string        `yaml:"answer_by"` // the group's address, by which they are reached
}

// DefaultPolicy holds without a policy file. The tiers, the place for advice, and the requesters without
// mail are those of the checklist's "Review open support requests"; the times are this project's.
func DefaultPolicy() *Policy {
	p := &Policy{
		Hours:      Hours{From: clock.At(9, 0), To: clock.At(17, 0), Days: []clock.Weekday{1, 2, 3, 4, 5}},
		Unassigned: 4 * time.Hour, Unanswered: 8 * time.Hour, SLAs: true, BreachSoon: 24 * time.Hour,
		FirstTier: "customer squad", SecondTier: "platform support", AdviceIn: "#cg-supportstream",
		WithoutMail: NoMail{
			Domains: []report.Glob{"gsa.gov"},
			Answer:  "https://groups.google.com/a/gsa.gov/forum/#!forum/cloud-gov-support",
		},
		ControlDays: 30,
	}
	_ = p.Hours.Zone.UnmarshalText([]byte("America/New_York")) // is in the program
	return p
}

// Problems tells every key that cannot be so.
func (p Policy) Problems() []error {
	problems := p.Hours.Problems()
	for _, d := range []struct {
		key   string
		value time.Duration
	}{{"unassigned", p.Unassigned}, {"unanswered", p.Unanswered}, {"breach_soon", p.BreachSoon}} {
		if d.value <= 0 {
			problems = append(problems, fmt.Errorf("%s is %s: give a time such as 4h", d.key, d.value))
		}
	}
	for _, w := range []struct{ key, value, remedy string }{
		{"first_tier", p.FirstTier, "name who answers tickets"},
		{"second_tier", p.SecondTier, "name who gives the first tier advice"},
		{"advice_in", p.AdviceIn, "name where advice is given, such as a channel"},
	} {
		if strings.TrimSpace(w.value) == "" {
			problems = append(problems, fmt.Errorf("%s is empty: %s", w.key, w.remedy))
		}
	}
	if len(p.WithoutMail.Domains) > 0 && p.WithoutMail.Answer == "" {
		problems = append(problems, errors.New("without_mail.answer_by is empty: give the group's address by which these requesters are reached"))
	}
	if p.ControlDays < 1 {
		problems = append(problems, fmt.Errorf("control_days is %d: give 1 or more", p.ControlDays))
	}
	return problems
}

// unreached tells whether a requester gets no e-mail from Zendesk.
func (p Policy) unreached(t Ticket) bool {
	return slices.ContainsFunc(p.WithoutMail.Domains, func(g report.Glob) bool {
		return report.Glob(strings.ToLower(string(g))).Match(t.Domain)
	})
}
