package trail

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

func TestDefaultPolicyIsTheChecklist(t *testing.T) {
	p := DefaultPolicy()
	require.Empty(t, p.Problems())
	require.Empty(t, p.LeftOut())
	require.Len(t, p.Events.All(), 12)
	require.Equal(t, Terraform{}, p.Terraform)
}

// TestDocs holds the page that people read against the program.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/tasks/cloudtrail.md")
	require.NoError(t, err)
	_, example, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	p := policy(t, example)
	require.Empty(t, p.LeftOut())
	require.Len(t, p.Excepts(), 2)
	require.Equal(t, DefaultPolicy().People.Pattern.String(), p.People.Pattern.String())
	for rule := range wrongs {
		require.Contains(t, string(page), "| `"+rule+"` |")
	}
	for _, f := range append(Silent([]string{"x"}), old(known(t), now.AddDate(9, 0, 0))...) {
		require.Contains(t, string(page), "| `"+f.Rule+"` (info) |")
	}
}

func TestLeftOut(t *testing.T) {
	p := policy(t, "events: {login: [], terraform: [DeleteTrail, StopLogging]}")
	out := p.LeftOut()
	require.Len(t, out, 11)
	require.Equal(t, report.LeftOut{Subject: "ConsoleLogin", Reason: "the policy's events do not name it, the checklist does"}, out[0])
}

func TestPolicyProblems(t *testing.T) {
	for name, c := range map[string]struct{ policy, want string }{
		"window":      {"window: 2137h", "window 2137h0m0s: wants more than 0h and at most 2136h0m0s, a day less than the event history keeps"},
		"no window":   {"window: 0s", "window 0s: wants more than 0h"},
		"pattern":     {"people: {pattern: '('}", "people.pattern wants a regular expression: "},
		"no pattern":  {"people: {pattern: ''}", "people.pattern wants a regular expression, not nothing"},
		"unbalanced":  {"people: {pattern: 'a)|(b'}", "people.pattern wants a regular expression: "},
		"roster":      {"people: {roster: [jdoe]}", `people.roster[0]: "jdoe" does not match people.pattern, so that nobody could sign in by it`},
		"network":     {"terraform: {source_cidrs: [10.0.0.0/33]}", `terraform.source_cidrs[0] wants a CIDR such as 203.0.113.0/24, not "10.0.0.0/33"`},
		"chained":     {"terraform: {chained: [{role: x}]}", "terraform.chained[0]: wants role and session_pattern"},
		"delivery":    {"terraform: {require_role_delivery: true}", `terraform.require_role_delivery: wants 1.0 or 2.0, not "true"`},
		"no events":   {"events: {login: [], terraform: []}", "events: wants names under login or terraform, or nothing is looked at"},
		"event name":  {"events: {login: ['Console*']}", `events: "Console*" is no event name`},
		"event twice": {"events: {login: [DeleteTrail]}", "events: DeleteTrail is there twice"},
		"source":      {"exceptions: [{source: 10.0.0.0/33}]", `exceptions[0].source: wants a CIDR such as 203.0.113.0/24, not "10.0.0.0/33"`},
		"unknown key": {"exceptions: [{identitty: x}]", "exceptions[0].identitty is no key here (did you mean identity?)"},
	} {
		t.Run(name, func(t *testing.T) {
			p := DefaultPolicy()
			err := strict.YAML([]byte(c.policy), p)
			if err == nil {
				require.NotEmpty(t, p.Problems())
				err = p.Problems()[0]
			}
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestExceptions(t *testing.T) {
	const rest = ", reason: known, until: 2026-12-31, owner: jane.doe}]"
	person := with(change(), object{"userIdentity": session(profile, "jane.doe"), "sourceIPAddress": outside})
	for name, c := range map[string]struct {
		exception string
		record    object
		accepted  bool
	}{
		"event by its ID":                          {"subject: " + uuid, person, true},
		"event by account and ID":                  {"subject: " + subject, person, true},
		"another event":                            {"subject: 4f1a9c00-0000-4000-8000-00000000abcd", person, false},
		"identity":                                 {"identity: '*:assumed-role/concourse-worker/jane.doe'", person, true},
		"another identity":                         {"identity: '*/john.roe'", person, false},
		"identity and event":                       {"identity: '*/jane.doe', events: [DeleteTrail, Authorize*]", person, true},
		"identity of other events":                 {"identity: '*/jane.doe', events: [DeleteTrail]", person, false},
		"source network":                           {"source: 198.51.100.0/24", person, true},
		"another network":                          {"source: 198.51.101.0/24", person, false},
		"network though it is IPv6":                {"source: 198.51.100.0/24", with(person, object{"sourceIPAddress": "::ffff:198.51.100.9"}), true},
		"source address":                           {"source: 198.51.100.7", person, true},
		"source service":                           {"source: '*.amazonaws.com'", with(person, object{"sourceIPAddress": "cloudformation.amazonaws.com"}), true},
		"network behind an endpoint that chose it": {"source: 198.51.100.0/24", with(person, object{"vpcEndpointId": "vpce-1"}), false},
		"address behind an endpoint that chose it": {"source: 198.51.100.7", with(person, object{"vpcEndpointId": "vpce-1"}), false},
		"endpoint":                                 {"source: '* through vpce-1'", with(person, object{"vpcEndpointId": "vpce-1"}), true},
		"identity by a name":                       {"identity: AWSService x.amazonaws.com", with(person, object{"userIdentity": object{"type": "AWSService", "invokedBy": "x.amazonaws.com"}}), true},
	} {
		t.Run(name, func(t *testing.T) {
			p := policy(t, "exceptions: [{rule: change-outside-terraform, "+c.exception+rest)
			for _, e := range p.Excepts() {
				require.Empty(t, e.Problems())
			}
			r := &report.Report{Started: now}
			r.Find(judge([]Event{parse(t, c.record)}, p, known(t), now)...)
			r.Accept(p.Excepts())
			require.Equal(t, c.accepted, len(r.Accepted) == 1)
		})
	}
}

func TestExceptionWithoutSubject(t *testing.T) {
	p := policy(t, "exceptions: [{rule: x, reason: known, until: 2026-12-31, owner: jane.doe}]")
	require.EqualError(t, p.Excepts()[0].Problems()[0], "subject is missing: name what it is about; * stands for anything")
}
