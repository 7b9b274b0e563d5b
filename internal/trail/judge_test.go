package trail

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

var now = time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC)

const (
	uuid     = "3f1a9c00-0000-4000-8000-00000000abcd"
	subject  = "123456789012/" + uuid
	gov      = "96.127.9.9" // in us-gov-west-1's published ranges
	outside  = "198.51.100.7"
	profile  = "arn:aws-us-gov:iam::123456789012:role/concourse-worker"
	deployer = "arn:aws-us-gov:iam::123456789012:role/terraform"
)

type object = map[string]any

// known is AWS's own example of a range, and one of IPv6.
func known(t *testing.T) *ranges.Set {
	set, err := ranges.Parse([]byte(`{"createDate": "2026-08-22-15-17-05",
		"prefixes": [{"ip_prefix": "96.127.0.0/17"}], "ipv6_prefixes": [{"ipv6_prefix": "2600:1f12::/36"}]}`))
	require.NoError(t, err)
	return set
}

// login is a named person's, and change is Terraform's: what the checklist wants to see.
func login() object {
	return object{"eventVersion": "1.11", "eventID": uuid, "eventTime": "2026-08-23T14:02:11Z",
		"eventName": "ConsoleLogin", "eventSource": "signin.amazonaws.com", "awsRegion": "us-gov-west-1",
		"recipientAccountId": "123456789012", "sourceIPAddress": outside, "userAgent": "Mozilla/5.0", "eventType": "AwsConsoleSignIn",
		"userIdentity":     object{"type": "IAMUser", "arn": "arn:aws-us-gov:iam::123456789012:user/jane.doe", "userName": "jane.doe"},
		"responseElements": object{"ConsoleLogin": "Success"}, "requestParameters": nil}
}

func change() object {
	return object{"eventVersion": "1.11", "eventID": uuid, "eventTime": "2026-08-23T14:02:11Z",
		"eventName": "AuthorizeSecurityGroupIngress", "eventSource": "ec2.amazonaws.com", "awsRegion": "us-gov-west-1",
		"recipientAccountId": "123456789012", "sourceIPAddress": gov, "userAgent": "HashiCorp Terraform/1.9",
		"userIdentity": session(profile, "i-17deadbeef1234567"), "requestParameters": object{"groupId": "sg-1"}}
}

func session(role, name string) object {
	short := role[strings.LastIndex(role, "/")+1:]
	return object{"type": "AssumedRole", "principalId": "AROAEXAMPLE:" + name, "accessKeyId": "ASIAEXAMPLE",
		"arn":            "arn:aws-us-gov:sts::123456789012:assumed-role/" + short + "/" + name,
		"sessionContext": object{"sessionIssuer": object{"arn": role}, "ec2RoleDelivery": "2.0"}}
}

// with sets fields of a record by their path; nil removes one.
func with(record object, fields object) object {
	record = maps.Clone(record)
	for path, value := range fields {
		first, rest, deep := strings.Cut(path, ".")
		switch {
		case deep:
			record[first] = with(record[first].(object), object{rest: value})
		case value == nil:
			delete(record, first)
		default:
			record[first] = value
		}
	}
	return record
}

func parse(t *testing.T, record object) Event {
	text, err := json.Marshal(record)
	require.NoError(t, err)
	e, err := Parse(text)
	require.NoError(t, err)
	return e
}

func policy(t *testing.T, text string) *Policy {
	p := DefaultPolicy()
	require.NoError(t, strict.YAML([]byte(text), p))
	require.Empty(t, p.Problems())
	return p
}

func TestJudgeTellsAll(t *testing.T) {
	clicks := with(change(), object{"userIdentity": session("arn:aws-us-gov:iam::123456789012:role/admin", "jane.doe@example.gov"),
		"sourceIPAddress": outside, "errorCode": "Client.DryRunOperation", "errorMessage": "Request would have succeeded\nwhy: but"})
	generic := with(login(), object{"eventID": "0c", "userIdentity.userName": "Administrator",
		"userIdentity.arn": "arn:aws-us-gov:iam::123456789012:user/Administrator"})
	events := []Event{parse(t, login()), parse(t, change()), parse(t, clicks), parse(t, generic), parse(t, generic)}
	require.Equal(t, []report.Finding{{
		Rule: "login-by-generic-account", Subject: "123456789012/0c", Severity: report.High,
		Summary: "Administrator signs in to the console, a generic account",
		Detail: `why: Administrator is an account that anybody could be behind
who: arn:aws-us-gov:iam::123456789012:user/Administrator
what: ConsoleLogin at signin.amazonaws.com in us-gov-west-1
from: 198.51.100.7
when: 2026-08-23T14:02:11Z
outcome: succeeded
user agent, as the caller chose it: Mozilla/5.0`,
		Action: "Find out with the operators whose login it was. If nobody can say that it was authorized, follow the " +
			"Security Incident Response Guide. If it was, explain it in the policy file: exceptions, rule login-by-generic-account, subject 123456789012/0c.",
		Link: "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-west-1#/events/0c",
		Attributes: map[string]string{"identity": "arn:aws-us-gov:iam::123456789012:user/Administrator",
			"event": "ConsoleLogin", "source": "198.51.100.7"},
		Since: time.Date(2026, 8, 23, 14, 2, 11, 0, time.UTC),
	}, {
		Rule: "change-outside-terraform", Subject: subject, Severity: report.Warning,
		Summary: "jane.doe@example.gov (role admin) tries AuthorizeSecurityGroupIngress on sg-1 and fails, outside Terraform",
		Detail: `why: the session name jane.doe@example.gov is no instance ID
why: the source address 198.51.100.7 is outside AWS's published ranges of 2026-08-22
who: arn:aws-us-gov:sts::123456789012:assumed-role/admin/jane.doe@example.gov with access key ASIAEXAMPLE
role: arn:aws-us-gov:iam::123456789012:role/admin
what: AuthorizeSecurityGroupIngress at ec2.amazonaws.com in us-gov-west-1
on: {"groupId":"sg-1"}
from: 198.51.100.7
when: 2026-08-23T14:02:11Z
outcome: failed, Client.DryRunOperation: "Request would have succeeded\nwhy: but"
user agent, as the caller chose it: HashiCorp Terraform/1.9`,
		Action: "Discuss it with jane.doe@example.gov (role admin). If nobody can say that it was authorized, follow the " +
			"Security Incident Response Guide. If it was, explain it in the policy file: exceptions, rule change-outside-terraform, subject " + subject + ".",
		Link: "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-west-1#/events/" + uuid,
		Attributes: map[string]string{"identity": "arn:aws-us-gov:sts::123456789012:assumed-role/admin/jane.doe@example.gov",
			"event": "AuthorizeSecurityGroupIngress", "source": "198.51.100.7"},
		Since: time.Date(2026, 8, 23, 14, 2, 11, 0, time.UTC),
	}}, judge(events, DefaultPolicy(), known(t), now))
}

// verdict is a finding without what TestJudgeTellsAll holds: its rule, severity, summary and reasons.
func verdict(found []report.Finding) string {
	var text strings.Builder
	for _, f := range found {
		text.WriteString(f.Rule + " " + f.Severity.String() + " " + f.Subject + "\n" + f.Summary + "\n")
		for line := range strings.Lines(f.Detail + "\n") {
			if why, ok := strings.CutPrefix(line, "why: "); ok {
				text.WriteString("- " + why)
			}
		}
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func TestJudgeLogins(t *testing.T) {
	iam := func(name string) object {
		return object{"userIdentity": object{"type": "IAMUser", "userName": name}}
	}
	sso := func(name string) object {
		return object{"userIdentity": session("arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0f", name)}
	}
	failure := object{"responseElements": object{"ConsoleLogin": "Failure"}, "errorMessage": "Failed authentication"}
	for _, c := range []struct {
		name   string
		record object
		policy string
		want   string
	}{
		{"named user", login(), "", ""},
		{"named user who mistypes the password", with(login(), failure), "", ""},
		{"three names, digits and a hyphen", with(login(), iam("anne-marie.o'neil.2")), "", ""},
		{"case does not count", with(login(), iam("Jane.DOE")), "", ""},
		{"session named after an e-mail address", with(login(), sso("jane.doe@example.gov")), "", ""},
		{"federated name", with(login(), object{"userIdentity": object{"type": "FederatedUser", "principalId": "123456789012:jane.doe"}}), "", ""},
		{"SAML name", with(login(), object{"userIdentity": object{"type": "SAMLUser", "userName": "jane.doe@example.gov"}}), "", ""},
		{"Identity Center name", with(login(), object{"userIdentity": object{"type": "IdentityCenterUser"},
			"additionalEventData": object{"UserName": "jane.doe"}}), "", ""},
		{"session name from the ARN alone", with(login(), with(sso("jane.doe"), object{"userIdentity.principalId": nil})), "", ""},

		{"root", with(login(), object{"userIdentity": object{"type": "Root", "userName": "jane.doe"}}), "",
			"login-by-root high " + subject + "\nroot signs in to the console\n- root is nobody's account"},
		{"root who fails", with(with(login(), failure), object{"userIdentity": object{"type": "Root"}}), "",
			"login-by-root warning " + subject + "\nroot tries to sign in to the console and fails\n- root is nobody's account"},
		{"generic session that fails", with(with(login(), failure), sso("Admin@example.gov")), "",
			"login-by-generic-account warning " + subject + "\nAdmin@example.gov (role AWSReservedSSO_Ops_0f) tries to sign in to the console and fails, a generic account\n" +
				"- Admin@example.gov is an account that anybody could be behind"},
		{"generic by policy, though it has a dot", with(login(), iam("cg.admin")), "people: {generic: ['*admin*']}",
			"login-by-generic-account high " + subject + "\ncg.admin signs in to the console, a generic account\n- cg.admin is an account that anybody could be behind"},
		{"unknown user name", with(with(login(), failure), iam(hidden)), "",
			"login-by-unknown-user warning " + subject + "\n" + hidden + " tries to sign in to the console and fails under a name that no user has\n" +
				"- no user has the name that was typed; CloudTrail hides it"},
		{"instance", with(login(), object{"userIdentity": session(profile, "i-0dbc91f429e48eeed")}), "",
			"login-by-instance high " + subject + "\ni-0dbc91f429e48eeed (role concourse-worker) signs in to the console with an instance's credentials\n" +
				"- the credentials of instance i-0dbc91f429e48eeed were used to sign in"},
		{"no name", with(login(), object{"userIdentity": object{"type": "IAMUser"}}), "",
			"login-without-name high " + subject + "\nan identity of type IAMUser signs in to the console without a person's name\n" +
				"- the record has no name of a person for an identity of type IAMUser"},
		{"Identity Center without a name", with(login(), object{"userIdentity": object{"type": "IdentityCenterUser"}, "additionalEventData": "null"}), "",
			"login-without-name high " + subject + "\nan identity of type IdentityCenterUser signs in to the console without a person's name\n" +
				"- the record has no name of a person for an identity of type IdentityCenterUser"},
		{"service", with(login(), object{"userIdentity": object{"type": "AWSService", "invokedBy": "signin.amazonaws.com"}}), "",
			"login-without-name high " + subject + "\nsignin.amazonaws.com signs in to the console without a person's name\n" +
				"- the record has no name of a person for an identity of type AWSService"},
		{"one name", with(login(), iam("tester")), "", "login-not-a-person high " + subject + "\ntester signs in to the console, no person's name\n" +
			`- tester does not match people.pattern [a-z][a-z0-9'-]*(\.[a-z0-9][a-z0-9'-]*)+`},
		{"a name with more behind it", with(login(), iam("jane.doe\nwhy: all is well")), "people: {pattern: 'jane.doe'}",
			"login-not-a-person high " + subject + "\n" + `"jane.doe\nwhy: all is well" signs in to the console, no person's name` + "\n" +
				`- "jane.doe\nwhy: all is well" does not match people.pattern jane.doe`},
		{"an alternative cannot escape the anchors", with(login(), iam("mallory-x")), "people: {pattern: 'mallory|jane'}",
			"login-not-a-person high " + subject + "\nmallory-x signs in to the console, no person's name\n- mallory-x does not match people.pattern mallory|jane"},
		{"not on the roster", with(login(), iam("john.roe")), "people: {roster: [Jane.Doe]}",
			"login-not-on-roster high " + subject + "\njohn.roe signs in to the console, not on the roster\n- john.roe is not in people.roster"},
		{"on the roster", with(login(), sso("jane.doe@example.gov")), "people: {roster: [Jane.Doe]}", ""},
		{"outcome that is not recorded", with(login(), with(iam("tester"), object{"responseElements": "null"})), "people: {pattern: 'x'}",
			"login-not-a-person high " + subject + "\ntester signs in to the console, no person's name\n- tester does not match people.pattern x"},
		{"another login event", with(login(), with(iam("tester"), object{"eventName": "SwitchRole"})), "people: {pattern: 'x'}\nevents: {login: [SwitchRole]}",
			"login-not-a-person high " + subject + "\ntester does SwitchRole, no person's name\n- tester does not match people.pattern x"},
		{"name that is not looked at", with(login(), with(iam("tester"), object{"eventName": "GetUser"})), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, verdict(judge([]Event{parse(t, c.record)}, policy(t, c.policy), known(t), now)))
		})
	}
}

func TestJudgeRecords(t *testing.T) {
	for _, c := range []struct {
		name   string
		record object
		want   string
	}{
		{"newer minor version", with(login(), object{"eventVersion": "1.27", "novelty": 1}), ""},
		{"newer major version", with(login(), object{"eventVersion": "2.0"}),
			"record-version-unknown high " + subject + "\njane.doe signs in to the console, in a record that this program cannot read\n- eventVersion is 2.0, this program reads 1"},
		{"no version", with(change(), object{"eventVersion": nil}),
			"record-version-unknown high " + subject + "\ni-17deadbeef1234567 (role concourse-worker) does AuthorizeSecurityGroupIngress on sg-1, in a record that this program cannot read\n" +
				`- eventVersion is "", this program reads 1`},
		{"unknown type", with(login(), object{"userIdentity.type": "Quantum User"}),
			"identity-unknown high " + subject + "\njane.doe signs in to the console, an identity that this program does not know\n" +
				`- userIdentity.type is "Quantum User", which this program does not know`},
		{"no identity", with(change(), object{"userIdentity": nil}),
			"identity-unknown high " + subject + "\nan identity without a type does AuthorizeSecurityGroupIngress on sg-1, an identity that this program does not know\n" +
				`- userIdentity.type is "", which this program does not know`},
		{"no time", with(login(), object{"eventTime": nil}),
			"record-incomplete high " + subject + "\njane.doe signs in to the console, in a record that lacks something\n- eventTime is missing"},
		{"much missing", with(login(), object{"eventTime": "2026-08-23 14:02:11", "awsRegion": "../x", "eventSource": nil, "sourceIPAddress": nil}),
			"record-incomplete high " + subject + "\njane.doe signs in to the console, in a record that lacks something\n" +
				"- eventTime is \"2026-08-23 14:02:11\"\n- eventSource is missing\n- awsRegion is ../x\n- sourceIPAddress is missing"},
		{"account and ID that are none", with(login(), object{"recipientAccountId": "1\n2", "eventID": "a/../b"}),
			"record-incomplete high unknown-account/record-5cf63f0e0a99b396\njane.doe signs in to the console, in a record that lacks something\n" +
				"- eventID is a/../b\n- recipientAccountId is \"1\\n2\""},
		{"what breaks a rule says so beside what is missing", with(login(), object{"userIdentity": object{"type": "Root"}, "eventTime": nil}),
			"login-by-root high " + subject + "\nroot signs in to the console\n- root is nobody's account\n- eventTime is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, verdict(judge([]Event{parse(t, c.record)}, DefaultPolicy(), known(t), now)))
		})
	}
}

func TestReviewKeepsTheWorstOfAnEvent(t *testing.T) {
	other := with(login(), object{"userIdentity.userName": "root"})
	same := parse(t, with(other, object{"errorMessage": "Failed authentication"}))
	found := judge([]Event{same, parse(t, other), same, parse(t, with(other, object{"recipientAccountId": "210987654321"}))}, DefaultPolicy(), known(t), now)
	require.Len(t, found, 2, "the same account and ID once, another account apart")
	require.Equal(t, report.High, found[0].Severity, "the worst of what an ID has")
}

func TestOldRangesAreSaid(t *testing.T) {
	found := judge(nil, DefaultPolicy(), known(t), now.AddDate(0, 7, 0))
	require.Len(t, found, 1)
	require.Equal(t, "ip-ranges-old", found[0].Rule)
	require.Equal(t, report.Info, found[0].Severity)
	require.Equal(t, "AWS's published ranges that addresses are held against are 213 days old", found[0].Summary)
}

// judge reviews these events alone.
func judge(events []Event, p *Policy, known *ranges.Set, now time.Time) []report.Finding {
	r := NewReview(p, known)
	for _, e := range events {
		r.Add(e)
	}
	return r.Findings(now)
}
