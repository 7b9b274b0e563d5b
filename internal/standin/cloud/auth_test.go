package cloud_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// ask calls each service once.
var ask = map[string]func(*testing.T, aws.Config) error{
	"iam": func(t *testing.T, c aws.Config) error {
		_, err := iam.NewFromConfig(c).ListUsers(t.Context(), nil)
		return err
	},
	"sts": func(t *testing.T, c aws.Config) error {
		_, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), nil)
		return err
	},
	"ec2": func(t *testing.T, c aws.Config) error {
		_, err := ec2.NewFromConfig(c).DescribeRegions(t.Context(), nil)
		return err
	},
	"cloudtrail": func(t *testing.T, c aws.Config) error {
		_, err := cloudtrail.NewFromConfig(c).LookupEvents(t.Context(), nil)
		return err
	},
}

var operations = map[string]string{
	"iam": "iam:ListUsers", "sts": "sts:GetCallerIdentity", "ec2": "ec2:DescribeRegions", "cloudtrail": "cloudtrail:LookupEvents",
}

type refusal struct {
	code   string
	status int
}

var (
	notKnown = map[string]refusal{
		"iam": {"InvalidClientTokenId", 403}, "sts": {"InvalidClientTokenId", 403},
		"ec2": {"AuthFailure", 401}, "cloudtrail": {"UnrecognizedClientException", 400},
	}
	tooOld = map[string]refusal{
		"iam": {"ExpiredToken", 403}, "sts": {"ExpiredToken", 403},
		"ec2": {"RequestExpired", 400}, "cloudtrail": {"ExpiredTokenException", 400},
	}
	notAllowed = map[string]refusal{
		"iam": {"AccessDenied", 403}, "sts": {"AccessDenied", 403},
		"ec2": {"UnauthorizedOperation", 403}, "cloudtrail": {"AccessDeniedException", 400},
	}
	notWorking = map[string]refusal{
		"iam": {"ServiceFailure", 500}, "sts": {"ServiceFailure", 500},
		"ec2": {"InternalError", 500}, "cloudtrail": {"InternalFailure", 500},
	}
	tooFast = map[string]refusal{
		"iam": {"Throttling", 400}, "sts": {"Throttling", 400},
		"ec2": {"RequestLimitExceeded", 503}, "cloudtrail": {"ThrottlingException", 400},
	}
)

func TestWhoMayCall(t *testing.T) {
	const key, token = "ASIASESSIONEXAMPLE", "token"
	session := func(expires time.Time) func(*cloud.Account) {
		return func(a *cloud.Account) {
			a.Sessions = []cloud.Session{{KeyID: key, Token: token, Role: "reader", Name: "concourse", Expires: expires}}
		}
	}
	fails := func(with cloud.Failure) func(*cloud.Account) {
		return func(a *cloud.Account) { a.Faults = []cloud.Fault{{With: with}} }
	}
	now := time.Now()
	for name, c := range map[string]struct {
		env    []string
		change func(*cloud.Account)
		want   map[string]refusal // nil: every service answers
	}{
		"an access key":      {},
		"an unknown key":     {env: []string{"AWS_ACCESS_KEY_ID=AKIANOBODYEXAMPLE"}, want: notKnown},
		"a key with a token": {env: []string{"AWS_SESSION_TOKEN=" + token}, want: notKnown},
		"an inactive key":    {change: func(a *cloud.Account) { a.Users[0].Keys[0].Inactive = true }, want: notKnown},
		"a disabled region":  {env: []string{"AWS_REGION=eu-south-1"}, want: notKnown},
		"the global region":  {env: []string{"AWS_REGION=us-east-1"}, change: func(a *cloud.Account) { a.Regions = []string{"us-west-2"} }},
		"another partition":  {env: []string{"AWS_REGION=us-gov-west-1"}, want: notKnown},
		"a session":          {env: []string{"AWS_ACCESS_KEY_ID=" + key, "AWS_SESSION_TOKEN=" + token}, change: session(now.Add(time.Hour))},
		"no session token":   {env: []string{"AWS_ACCESS_KEY_ID=" + key}, change: session(now.Add(time.Hour)), want: notKnown},
		"an expired session": {env: []string{"AWS_ACCESS_KEY_ID=" + key, "AWS_SESSION_TOKEN=" + token}, change: session(now), want: tooOld},
		"expired meanwhile":  {change: fails(cloud.Expired), want: tooOld},
		"denied":             {change: fails(cloud.Denied), want: notAllowed},
		"broken":             {change: fails(cloud.Internal), want: notWorking},
		"throttled":          {change: fails(cloud.Throttled), want: tooFast},
	} {
		t.Run(name, func(t *testing.T) {
			s := cloud.New(account(), cloud.Clock(clock(now).now))
			defer s.Close()
			config := configure(t, append(s.Env("123456789012", cloud.Reader), c.env...))
			s.Update(func(w *cloud.World) {
				if c.change != nil {
					c.change(&w.Accounts[0])
				}
			})
			for service, call := range ask {
				err := call(t, config)
				if c.want == nil {
					require.NoError(t, err, service)
					continue
				}
				refused(t, err, c.want[service].code, c.want[service].status)
				require.Equal(t, 1, s.Count(cloud.Call{Operation: operations[service], Error: c.want[service].code}), service)
			}
		})
	}
}

func TestUnsignedRequests(t *testing.T) {
	s, _ := start(t, account())
	status, answer := post(t, s.URL(), "Action=ListUsers&Version=2010-05-08", nil)
	require.Equal(t, 403, status)
	require.Contains(t, answer, "<Code>MissingAuthenticationToken</Code>")

	status, answer = post(t, s.URL(), "{}", map[string]string{
		"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "CloudTrail_20131101.LookupEvents", "Authorization": "Bearer me",
	})
	require.Equal(t, 400, status)
	require.JSONEq(t, `{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}`, answer)
}

// sign writes an Authorization as an SDK does, but for the signature.
func sign(region, service string) string {
	return fmt.Sprintf("AWS4-HMAC-SHA256 Credential=AKIAREADEREXAMPLE/20261123/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s",
		region, service, strings.Repeat("0f", 32))
}

func TestRequestsThatTheStandInDoesNotKnow(t *testing.T) {
	s, _ := start(t, account())
	for _, c := range []struct{ service, target, body, code string }{
		{"s3", "", "", "InvalidAction"},
		{"iam", "", "Version=2010-05-08", "MissingAction"},
		{"iam", "", "Action=DeleteUser&Version=2010-05-08", "InvalidAction"},
		{"iam", "", "Action=ListUsers&Version=2011-06-15", "InvalidAction"},
		{"iam", "", "Action=ListUsers&Version=2010-05-08&Filter=x", "UnknownParameter"},
		{"iam", "", "Action=ListUsers&Version=2010-05-08&MaxItems=1&MaxItems=2", "ValidationError"},
		{"iam", "", "%", "MalformedQueryString"},
		{"ec2", "", "Action=DescribeRegions&Version=2016-11-15&Filter.1.Name=opt-in-status", "UnknownParameter"},
		{"cloudtrail", "CloudTrail_20131101.DescribeTrails", "{}", "UnknownOperationException"},
		{"cloudtrail", "Somewhere_20131101.LookupEvents", "{}", "UnknownOperationException"},
		{"cloudtrail", "CloudTrail_20131101.LookupEvents", `{"Filter":"x"}`, "SerializationException"},
		{"cloudtrail", "CloudTrail_20131101.LookupEvents", `[`, "SerializationException"},
	} {
		status, answer := post(t, s.URL(), c.body, map[string]string{"Authorization": sign("us-east-1", c.service), "X-Amz-Target": c.target})
		require.Equal(t, 400, status, answer)
		require.Contains(t, answer, c.code, "%s %s", c.service, c.body)
	}
	status, _ := post(t, s.URL(), strings.Repeat("x", 2<<20), map[string]string{"Authorization": sign("us-east-1", "iam")})
	require.Equal(t, 413, status)
}
