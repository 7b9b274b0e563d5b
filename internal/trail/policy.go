package trail

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about CloudTrail events. A key that a policy file gives replaces
// the default as a whole.
type Policy struct {
	People     People        `yaml:"people"`
	Terraform  Terraform     `yaml:"terraform"`
	Events     Events        `yaml:"events"`
	Window     time.Duration `yaml:"window"` // how far back events are looked at
	Exceptions []Exception   `yaml:"exceptions"`
}

// People tells a named person from any other login.
type People struct {
	Pattern Pattern       `yaml:"pattern"` // of a name, or of what an e-mail address has before the @
	Roster  []string      `yaml:"roster"`  // when given, nobody else; case does not count
	Generic []report.Glob `yaml:"generic"` // accounts that are nobody's, in lower case
}

// Terraform tells Terraform from everybody else. Without roles, chained, networks, endpoints and role
// delivery it is the checklist's own rule.
type Terraform struct {
	Roles        []report.Glob `yaml:"roles"` // ARNs of the instances' roles; when given, no other
	Chained      []Chained     `yaml:"chained"`
	SourceCIDRs  []Network     `yaml:"source_cidrs"`          // when given, instead of AWS's published ranges
	VPCEndpoints []report.Glob `yaml:"vpc_endpoints"`         // IDs of own endpoints
	RoleDelivery string        `yaml:"require_role_delivery"` // "1.0" or "2.0": the key came from the instance metadata service, of that version at least
}

// Chained is a role that Terraform assumes from its instance's role, so that its session is not named
// after the instance.
type Chained struct {
	Role           report.Glob `yaml:"role"` // ARN
	SessionPattern Pattern     `yaml:"session_pattern"`
	SourceCIDRs    []Network   `yaml:"source_cidrs"` // when given, instead of terraform.source_cidrs
}

// Events are the names that are looked at.
type Events struct {
	Login     []string `yaml:"login"`
	Terraform []string `yaml:"terraform"`
}

// All is every name, each once.
func (e Events) All() []string { return append(slices.Clone(e.Login), e.Terraform...) }

// DefaultPolicy is the checklist's own rule.
func DefaultPolicy() *Policy {
	return &Policy{
		People: People{
			Pattern: mustPattern(`[a-z][a-z0-9'-]*(\.[a-z0-9][a-z0-9'-]*)+`),
			Generic: []report.Glob{"administrator", "admin", "root", "user", "guest", "test", "ec2-user", "ubuntu", "service", "system"},
		},
		Events: Events{
			Login: []string{"ConsoleLogin"},
			Terraform: []string{"DeleteTrail", "UpdateTrail", "ModifyVpcAttribute", "PutUserPolicy", "PutRolePolicy",
				"RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress", "AuthorizeSecurityGroupEgress",
				"AuthorizeSecurityGroupIngress", "CreatePolicy", "CreateSecurityGroup"},
		},
		Window: 7 * 24 * time.Hour,
	}
}

// History is how far back CloudTrail's event history goes.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
const History = 90 * 24 * time.Hour

var eventName = regexp.MustCompile(`^[A-Za-z0-9]{1,128}$`)

// Problems tells all that is wrong with the values.
func (p *Policy) Problems() (problems []error) {
	say := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if longest := History - 24*time.Hour; p.Window <= 0 || p.Window > longest {
		say("window %s: wants more than 0h and at most %s, a day less than the event history keeps", p.Window, longest)
	}
	for i, name := range p.People.Roster {
		if !p.People.Pattern.Match(local(name)) {
			say("people.roster[%d]: %q does not match people.pattern, so that nobody could sign in by it", i, name)
		}
	}
	for i, c := range p.Terraform.Chained {
		if c.Role == "" || c.SessionPattern == (Pattern{}) {
			say("terraform.chained[%d]: wants role and session_pattern", i)
		}
	}
	if d := p.Terraform.RoleDelivery; d != "" && deliveries[d] == nil {
		say("terraform.require_role_delivery: wants 1.0 or 2.0, not %q", d)
	}
	names := p.Events.All()
	if len(names) == 0 {
		say("events: wants names under login or terraform, or nothing is looked at")
	}
	for i, name := range names {
		if !eventName.MatchString(name) {
			say("events: %q is no event name", name)
		}
		if slices.Contains(names[:i], name) {
			say("events: %s is there twice", name)
		}
	}
	for i, e := range p.Exceptions {
		if _, err := ParseNetwork(e.Source); err != nil && regexp.MustCompile(`/\d+$`).MatchString(e.Source) {
			say("exceptions[%d].source: %w", i, err)
		}
	}
	return problems
}

// LeftOut names the events of the checklist that the policy does not look at.
func (p *Policy) LeftOut() (out []report.LeftOut) {
	names := p.Events.All()
	for _, name := range DefaultPolicy().Events.All() {
		if !slices.Contains(names, name) {
			out = append(out, report.LeftOut{Subject: name, Reason: "the policy's events do not name it, the checklist does"})
		}
	}
	return out
}
