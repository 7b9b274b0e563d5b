package stemcell

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about stemcells. A key that a policy file gives replaces the
// default as a whole.
type Policy struct {
	report.Exceptions `yaml:",inline"`

	GraceDays   int `yaml:"grace_days"`   // from the publication of the first missed stemcell to red
	HighDays    int `yaml:"high_days"`    // from the same publication to high
	SilenceDays int `yaml:"silence_days"` // a line without a new stemcell for so long has ended unsaid

	Pins      []Pin     `yaml:"pins"`
	Deny      []Denied  `yaml:"deny"`
	EndOfLife []LineEnd `yaml:"end_of_life"`
	Expected  []string  `yaml:"expected_deployments"` // must be there
	Notes     []Note    `yaml:"notes"`
}

// Pin holds deployments back on purpose, until a day.
type Pin struct {
	Line       report.Glob `yaml:"line"`
	Deployment report.Glob `yaml:"deployment"` // all when empty
	Version    string      `yaml:"version"`    // "1", "621" or "1.1330": all below it fit
	Reason     string      `yaml:"reason"`
	Until      report.Day  `yaml:"until"`
}

// Denied is a stemcell that nobody should run.
type Denied struct {
	Line    report.Glob `yaml:"line"`
	Version string      `yaml:"version"`
	Source  string      `yaml:"source"` // where it says so
}

// LineEnd is the last day on which a line gets security updates.
type LineEnd struct {
	Line report.Glob `yaml:"line"`
	Date report.Day  `yaml:"date"`
}

// Note is what a reader must know before deploying, printed wherever a finding asks for a deploy.
type Note struct {
	Deployment report.Glob `yaml:"deployment"`
	Note       string      `yaml:"note"`
	Link       string      `yaml:"link"`
}

// DefaultPolicy is what holds without a policy file.
//
// Grace: cloud.gov deploys stemcells "typically within 2-4 days". High: critical findings are to be
// remediated within 15 days (GSA/data.gov#4580). Silence: the longest gap of jammy and noble in a year was 37
// days. Denied: cloudfoundry/bosh-deployment#490. End of life: Ubuntu's standard support, for
// jammy cloudfoundry/community#789.
func DefaultPolicy() *Policy {
	day := func(text string) report.Day {
		d, err := report.ParseDay(text)
		if err != nil {
			panic(err)
		}
		return d
	}
	const doNotUse = "https://github.com/cloudfoundry/bosh-deployment/issues/490"
	return &Policy{
		GraceDays: 4, HighDays: 15, SilenceDays: 90,
		Deny: []Denied{
			{Line: "*-ubuntu-jammy-go_agent", Version: "1.918", Source: doNotUse},
			{Line: "*-ubuntu-jammy-go_agent", Version: "1.926", Source: doNotUse},
		},
		EndOfLife: []LineEnd{
			{Line: "*-ubuntu-trusty*", Date: day("2019-04-30")},
			{Line: "*-ubuntu-xenial*", Date: day("2021-04-30")},
			{Line: "*-ubuntu-bionic*", Date: day("2023-05-31")},
			{Line: "*-ubuntu-jammy*", Date: day("2027-06-30")},
		},
	}
}

// Problems tells all that is wrong with the values.
func (p *Policy) Problems() (problems []error) {
	say := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if p.GraceDays < 0 || p.HighDays < p.GraceDays {
		say("grace_days %d and high_days %d: want 0 or more, and high_days no less than grace_days", p.GraceDays, p.HighDays)
	}
	if p.SilenceDays < 1 {
		say("silence_days %d: wants 1 or more", p.SilenceDays)
	}
	for i, pin := range p.Pins {
		if _, err := ParseVersion(pin.Version); err != nil || pin.Line == "" || pin.Reason == "" || pin.Until.IsZero() {
			say("pins[%d]: wants line, version (a number or more with dots), reason and until", i)
		}
	}
	for i, d := range p.Deny {
		if _, err := ParseVersion(d.Version); err != nil || d.Line == "" || d.Source == "" {
			say("deny[%d]: wants line, version and source", i)
		}
	}
	for i, e := range p.EndOfLife {
		if e.Line == "" || e.Date.IsZero() {
			say("end_of_life[%d]: wants line and date", i)
		}
	}
	for i, name := range p.Expected {
		if name == "" {
			say("expected_deployments[%d]: wants a name", i)
		}
	}
	for i, n := range p.Notes {
		if n.Deployment == "" || n.Note == "" {
			say("notes[%d]: wants deployment and note", i)
		}
	}
	return problems
}

// pin is the first pin that holds for a deployment, or nil.
func (p Policy) pin(line, deployment string, now time.Time) *Pin {
	for i, pin := range p.Pins {
		if pin.Line.Match(line) && (pin.Deployment == "" || pin.Deployment.Match(deployment)) && !pin.Until.Over(now) {
			return &p.Pins[i]
		}
	}
	return nil
}

func (p Policy) denied(line string, v Version) *Denied {
	for i, d := range p.Deny {
		if d.Line.Match(line) && v.is(d.Version) {
			return &p.Deny[i]
		}
	}
	return nil
}

// notes are those for a deployment, a line each.
func (p Policy) notes(deployment string) string {
	var text string
	for _, n := range p.Notes {
		if n.Deployment.Match(deployment) {
			text += "\nNote: " + n.Note
			if n.Link != "" {
				text += " " + n.Link
			}
		}
	}
	return text
}
