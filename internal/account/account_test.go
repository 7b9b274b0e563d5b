package account_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

const other = "444455556666"

// start runs a GovCloud world with faults, and gives what a task would be told of it.
func start(t *testing.T, faults ...cloud.Fault) (*cloud.Server, account.Parameters) {
	world := cloud.Clean(time.Now())
	world.Account(cloud.Production).Faults = faults
	world.Accounts = append(world.Accounts, cloud.Account{ID: other, Partition: "aws-us-gov",
		Roles: []cloud.Role{{Name: "checklist", Trusts: []string{cloud.Production}}, {Name: "wary"}}})
	s := cloud.New(world)
	t.Cleanup(s.Close)
	var p account.Parameters
	for _, pair := range s.Env(cloud.Production, "checklist") {
		switch name, value, _ := strings.Cut(pair, "="); name {
		case "AWS_REGION":
			p.AWSRegion = value
		case "AWS_ENDPOINT_URL":
			p.AWSEndpointURL = value
		case "AWS_ACCESS_KEY_ID":
			require.NoError(t, p.AWSAccessKeyID.UnmarshalText([]byte(value)))
		case "AWS_SECRET_ACCESS_KEY":
			require.NoError(t, p.AWSSecretAccessKey.UnmarshalText([]byte(value)))
		default:
			t.Setenv(name, value)
		}
	}
	require.Empty(t, p.Problems())
	return s, p
}

func TestOpenOwnAccount(t *testing.T) {
	_, p := start(t)
	accounts, gaps := p.Open(t.Context())
	require.Empty(t, gaps)
	require.Len(t, accounts, 1)
	require.Equal(t, cloud.Production, accounts[0].ID)
	require.Equal(t, "aws-us-gov", accounts[0].Partition)
	require.Equal(t, "arn:aws-us-gov:iam::111122223333:user/service/checklist", accounts[0].Caller)
}

func TestOpenByRole(t *testing.T) {
	_, p := start(t)
	p.RoleARNs = []string{"arn:aws-us-gov:iam::" + other + ":role/checklist", " arn:aws-us-gov:iam::" + cloud.Production + ":role/checklist", ""}
	p.AccountIDs = []string{other, cloud.Production, "777788889999"}
	accounts, gaps := p.Open(t.Context())
	require.Equal(t, []report.Gap{{Subject: "777788889999", Reason: "ACCOUNT_IDS names the account, but no credentials open it",
		Action: "Add a role of that account to ROLE_ARNS, or correct ACCOUNT_IDS."}}, gaps)
	require.Len(t, accounts, 2)
	require.Equal(t, "arn:aws-us-gov:sts::111122223333:assumed-role/checklist/platform-checklist", accounts[0].Caller)
	require.Equal(t, "arn:aws-us-gov:sts::444455556666:assumed-role/checklist/platform-checklist", accounts[1].Caller)
	users, err := iam.NewFromConfig(accounts[1].Config).ListUsers(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, users.Users, "the second account's own users")
}

func TestRefusedRoleIsOneGap(t *testing.T) {
	_, p := start(t)
	p.RoleARNs = []string{"arn:aws-us-gov:iam::" + other + ":role/wary"}
	p.AccountIDs = []string{other}
	accounts, gaps := p.Open(t.Context())
	require.Empty(t, accounts)
	require.Len(t, gaps, 1)
	require.Equal(t, other, gaps[0].Subject)
	require.Contains(t, gaps[0].Reason, "open the account: AccessDenied: ")
}

func TestAnswers(t *testing.T) {
	const list = "iam:ListUsers"
	for _, c := range []struct {
		name  string
		fault cloud.Fault
		calls int
		err   string
	}{
		{"breaks off once", cloud.Fault{Operation: list, Times: 1, Do: fault.Truncate(100)}, 2, ""},
		{"breaks off before it begins", cloud.Fault{Operation: list, Times: 1, Do: fault.Reset}, 2, ""},
		{"throttled more often than the SDK's own three tries", cloud.Fault{Operation: list, Times: 3, With: cloud.Throttled}, 4, ""},
		{"empty", cloud.Fault{Operation: list, Do: fault.Answer(200, "")}, 1, "list: the answer is empty"},
		{"a page of HTML", cloud.Fault{Operation: list, Do: fault.Answer(200, "<html><body>sign in</body></html>")}, 1, "list: the answer is not what AWS answers: "},
		{"no", cloud.Fault{Operation: list, With: cloud.Denied}, 1, "list: AccessDenied: User: arn:aws-us-gov:iam::111122223333:user/service/checklist is not authorized"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, p := start(t, c.fault)
			accounts, gaps := p.Open(t.Context())
			require.Empty(t, gaps)
			users, err := iam.NewFromConfig(accounts[0].Config).ListUsers(t.Context(), nil)
			require.Equal(t, c.calls, s.Count(cloud.Call{Operation: list}))
			if c.err == "" {
				require.NoError(t, err)
				require.Len(t, users.Users, 5)
				return
			}
			require.Contains(t, account.Gap("x", "list", err).Reason, c.err)
		})
	}
}

func TestGap(t *testing.T) {
	says := func(code, message string) error {
		return &smithy.OperationError{ServiceID: "IAM", OperationName: "ListUsers", Err: &smithy.GenericAPIError{Code: code, Message: message}}
	}
	for _, c := range []struct {
		name string
		err  error
		want report.Gap
	}{
		{"denied", says("AccessDenied", "no"), report.Gap{Subject: "1", Reason: "list: AccessDenied: no",
			Action: "Allow it in the IAM policy of the credentials that this box uses; the box's page in docs lists what it needs."}},
		{"a signature that repeats the session token", says("SignatureDoesNotMatch", "x-amz-security-token: planted"), report.Gap{Subject: "1",
			Reason: "list: SignatureDoesNotMatch: the secret does not fit the access key",
			Action: "Replace AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: AWS does not take them."}},
		{"throttled", says("Throttling", "Rate exceeded"), report.Gap{Subject: "1", Reason: "list: Throttling: Rate exceeded",
			Action: "Run it again in some minutes: others use up the same quota of this account."}},
		{"many words", says("Odd", strings.Repeat("é", 500)), report.Gap{Subject: "1", Reason: "list: Odd: " + strings.Repeat("é", 400) + " ...",
			Action: "Run it again; if it stays so, look at the credentials, the network and https://health.aws.amazon.com."}},
		{"not AWS's", fmt.Errorf("no: %w", errors.New("way")), report.Gap{Subject: "1", Reason: "list: no: way",
			Action: "Run it again; if it stays so, look at the credentials, the network and https://health.aws.amazon.com."}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, account.Gap("1", "list", c.err)) })
	}
}
