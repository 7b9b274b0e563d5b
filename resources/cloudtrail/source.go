package main

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// source is one account, and what is right there. A change of any key makes Concourse begin a new history.
type source struct {
	AccountID   string          `yaml:"account_id" help:"Account that is looked at; credentials of another are an error."`
	Environment string          `yaml:"environment" help:"Name of the environment, as reports have it; account_id unless given."`
	Regions     []string        `yaml:"regions" help:"Regions to look at; all that are enabled unless given."`
	Role        string          `yaml:"role" help:"ARN of a role to assume with the credentials."`
	Events      trail.Events    `yaml:"events" help:"Names of events that are looked at: login and terraform; the checklist's unless given."`
	People      trail.People    `yaml:"people" help:"What named people are called: pattern, roster and generic."`
	Terraform   trail.Terraform `yaml:"terraform" help:"Terraform's identities: roles, chained, source_cidrs, vpc_endpoints and require_role_delivery."`
	Lookback    time.Duration   `yaml:"lookback" help:"How far back the first check looks, up to 2160h; 168h unless given."`
	Overlap     time.Duration   `yaml:"overlap" help:"How late an event may come to be listed; 24h unless given."`
	Heartbeat   time.Duration   `yaml:"heartbeat" help:"After this time there is a version even if nothing is new; 24h unless given."`

	Region          string        `yaml:"region" help:"Region that is signed for: us-gov-west-1."`
	AccessKeyID     fetch.Secret  `yaml:"access_key_id" help:"AWS access key; the worker's own role unless given."`
	SecretAccessKey fetch.Secret  `yaml:"secret_access_key" help:"Secret of the access key."`
	UseFIPSEndpoint bool          `yaml:"use_fips_endpoint" help:"Use AWS's FIPS endpoints."`
	Endpoint        string        `yaml:"endpoint" help:"Address of all AWS services instead of their own, for a stand-in."`
	LookupInterval  time.Duration `yaml:"lookup_interval" help:"Between two lookups in a region, of which AWS allows two a second; 520ms unless given."`
}

// Problems tells all that is wrong.
func (s source) Problems() (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !account.IsID(s.AccountID) {
		wrong("account_id wants the twelve digits of the account to look at, in quotes, not %q", s.AccountID)
	}
	if !account.IsRegion(s.Region) {
		wrong("region wants the region that is signed for, such as us-gov-west-1, not %q", s.Region)
	}
	for _, name := range s.Regions {
		if !account.IsRegion(name) {
			wrong("regions wants regions such as us-gov-west-1, not %q", name)
		}
	}
	if s.Role != "" && account.OfRole(s.Role) == "" {
		wrong("role wants an ARN such as arn:aws-us-gov:iam::123456789012:role/checklist, not %q", s.Role)
	}
	if s.AccessKeyID.IsZero() != s.SecretAccessKey.IsZero() {
		problems = append(problems, errors.New("access_key_id and secret_access_key go together: give both, or neither for the worker's own role"))
	}
	if _, ok := fetch.Address(s.Endpoint); s.Endpoint != "" && !ok {
		wrong("endpoint wants an address such as https://aws.example.gov, not %q", s.Endpoint)
	}
	if s.UseFIPSEndpoint && s.Endpoint != "" {
		problems = append(problems, errors.New("use_fips_endpoint and endpoint exclude each other: leave one away"))
	}
	return append(append(problems, s.times()...), s.policy().Problems()...)
}

// times tells what is wrong with the times.
func (s source) times() (problems []error) {
	within := func(key string, d, from, to time.Duration) {
		if d < from || d > to {
			problems = append(problems, fmt.Errorf("%s wants a time from %s to %s, not %s", key, from, to, d))
		}
	}
	r := s.rhythm()
	within("lookback", r.lookback, time.Hour, trail.History)
	within("overlap", r.overlap, time.Hour, 30*24*time.Hour)
	within("heartbeat", r.heartbeat, time.Hour, 30*24*time.Hour)
	within("lookup_interval", s.interval(), time.Millisecond, time.Minute)
	if r.overlap > r.lookback {
		problems = append(problems, fmt.Errorf("overlap %s is more than lookback %s", r.overlap, r.lookback))
	}
	return problems
}

func (s source) rhythm() rhythm {
	const day = 24 * time.Hour
	return rhythm{cmp.Or(s.Lookback, 7*day), cmp.Or(s.Overlap, day), cmp.Or(s.Heartbeat, day)}
}

func (s source) interval() time.Duration { return cmp.Or(s.LookupInterval, lookup.Interval) }

// scope names what was looked at in a report.
func (s source) scope() string { return cmp.Or(s.Environment, s.AccountID) }

// tries of each call: Concourse checks again soon.
const tries = 4

func (s source) account() account.Parameters {
	p := account.Parameters{AWSRegion: s.Region, AWSAccessKeyID: s.AccessKeyID, AWSSecretAccessKey: s.SecretAccessKey,
		AWSUseFIPSEndpoint: s.UseFIPSEndpoint, AWSEndpointURL: s.Endpoint, Tries: tries}
	if s.Role != "" {
		p.RoleARNs = []string{s.Role}
	}
	return p
}

// policy is the checklist's own rule where the source says nothing else. Exceptions are the task's: a new one must
// not begin a new history.
func (s source) policy() *trail.Policy {
	p := trail.DefaultPolicy()
	p.Terraform = s.Terraform
	p.People.Roster = s.People.Roster
	if s.People.Pattern != (trail.Pattern{}) {
		p.People.Pattern = s.People.Pattern
	}
	if s.People.Generic != nil {
		p.People.Generic = s.People.Generic
	}
	if s.Events.Login != nil {
		p.Events.Login = s.Events.Login
	}
	if s.Events.Terraform != nil {
		p.Events.Terraform = s.Events.Terraform
	}
	return p
}
