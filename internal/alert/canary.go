package alert

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Canaries is how a test alert goes: which, by which route, and where it must be seen. Without
// destinations none is sent.
type Canaries struct {
	Alertname    string        `yaml:"alertname"`
	Labels       Labels        `yaml:"labels"` // more of them, as the route needs
	Within       time.Duration `yaml:"within"` // it must be seen
	Destinations []Destination `yaml:"destinations"`
}

// Destination is a receiver of the canary's route, and where its notifications can be seen. With
// neither channel nor address, as of e-mail, delivery cannot be proven.
type Destination struct {
	Receiver string `yaml:"receiver"`
	Channel  string `yaml:"slack_channel"` // its ID, read with SLACK_TOKEN
	Address  string `yaml:"webhook"`       // of a webhook receiver, which a GET asks for what it got
}

func (c Canaries) problems() (problems []error) {
	if c.Alertname == "" {
		problems = append(problems, errors.New("canary.alertname is empty: name the alert that the canary's route matches"))
	}
	known := map[string]bool{}
	for i, d := range c.Destinations {
		key := fmt.Sprintf("canary.destinations[%d]", i)
		switch {
		case d.Receiver == "" || known[d.Receiver]:
			problems = append(problems, fmt.Errorf("%s.receiver is %q: name each receiver of the route once, as Alertmanager's configuration does", key, d.Receiver))
		case d.Channel != "" && d.Address != "":
			problems = append(problems, fmt.Errorf("%s has slack_channel and webhook: give the one where the receiver's notifications can be seen", key))
		case d.Address != "" && report.Web(d.Address) == "":
			problems = append(problems, fmt.Errorf("%s.webhook wants an http or https address without a user", key))
		}
		known[d.Receiver] = true
	}
	return problems
}

// Canary is what became of one canary.
type Canary struct {
	Nonce     string
	Listed    bool // Alertmanager has it
	Receivers []string
	// By what it is suppressed.
	Silences, Inhibitors, Intervals []string
	Waited                          time.Duration
	Unresolved                      string // why it could not be resolved afterwards
	Sights                          []Sight
}

// Sight is one look for the canary at a destination.
type Sight struct {
	Destination
	Verdict Verdict
	After   time.Duration // until it was seen
	Problem string        // why nobody could look
}

// Verdict is what is known about a canary's delivery.
type Verdict string

// The verdicts.
const (
	Delivered   Verdict = "delivered"
	NotSeen     Verdict = "routed but not seen"
	Suppressed  Verdict = "suppressed"
	NotRouted   Verdict = "not routed"
	NotProvable Verdict = "not provable"
)

// suppressedBy tells what keeps the canary back, "" for nothing.
func (c Canary) suppressedBy() string {
	var by []string
	for _, kind := range []struct {
		noun string
		all  []string
	}{{"silence", c.Silences}, {"inhibiting alert", c.Inhibitors}, {"time interval", c.Intervals}} {
		for _, one := range kind.all {
			by = append(by, kind.noun+" "+one)
		}
	}
	return strings.Join(by, ", ")
}

// Expect tells whether it is worth looking for the canary at a receiver's destination, else the verdict.
func (c Canary) Expect(receiver string) (verdict Verdict, worth bool) {
	switch {
	case c.suppressedBy() != "":
		return Suppressed, false
	case !c.Listed || !slices.Contains(c.Receivers, receiver):
		return NotRouted, false
	}
	return NotSeen, true
}

// canaryTroubles tells one finding for what holds the whole canary back, else one for each destination.
func canaryTroubles(f Facts, p Policy, _ time.Time) (found []report.Finding) {
	c := f.Canary
	if c == nil {
		return nil
	}
	trouble := func(rule, part, summary, detail, action string) {
		found = append(found, report.Finding{Rule: rule, Subject: strings.TrimSuffix(f.Scope+"/canary/"+part, "/"), Severity: report.High,
			Summary: summary, Detail: report.Line(detail), Action: action, Link: report.Web(f.Page)})
	}
	name := "the canary " + p.Canary.Alertname
	if c.Unresolved != "" {
		found = append(found, report.Finding{Rule: "canary-unresolved", Subject: f.Scope + "/canary", Severity: report.Info,
			Summary: name + " could not be resolved, and ends by itself within 10 min", Detail: report.Line(c.Unresolved)})
	}
	if !c.Listed {
		trouble("canary-lost", "", name+" was accepted and is not in Alertmanager", "run_id "+c.Nonce,
			"Read Alertmanager's log: it takes alerts and does not keep them.")
		return found
	}
	if by := c.suppressedBy(); by != "" {
		trouble("canary-suppressed", "", name+" is suppressed by "+by, "run_id "+c.Nonce,
			"Narrow what suppresses it: what holds the canary back may hold back any alert.")
		return found
	}
	for _, s := range c.Sights {
		switch s.Verdict {
		case NotRouted:
			trouble("canary-not-routed", s.Receiver, name+" is not routed to "+s.Receiver,
				"routed to "+cmp.Or(strings.Join(c.Receivers, ", "), "nobody"),
				"Add the canary's route to Alertmanager's configuration: pipelines/example/alertmanager-canary.yml.")
		case NotSeen:
			trouble("canary-not-seen", s.Receiver, fmt.Sprintf("%s was routed to %s and not seen in %s within %s", name, s.Receiver, s.where(), long(c.Waited)),
				"run_id "+c.Nonce, "Look for it there; if it is missing, alerts are too: read Alertmanager's log about this receiver.")
		}
	}
	return found
}

func (s Sight) where() string {
	if s.Channel != "" {
		return "Slack's channel " + s.Channel
	}
	return "the webhook's receiver"
}

// Unproven tells why delivery to a destination is not known.
func (s Sight) Unproven() string {
	if s.Problem != "" {
		return "the canary's delivery to " + s.Receiver + " is not provable: " + s.Problem
	}
	return "the canary's delivery to " + s.Receiver + " is not provable: the policy names neither slack_channel nor webhook where it could be seen"
}
