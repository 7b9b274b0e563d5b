//go:build sandbox

package cloud_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// shell runs a piece of shell as this world's Reader, with the AWS CLI of this
// machine. Debian's 2.9 knows no AWS_ENDPOINT_URL, so that aws is a function
// here; what it runs is the checklist's to the letter.
func shell(t *testing.T, s *cloud.Server, account, script string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", `aws() { "$AWS" --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }`+"\n"+script)
	command.Env = append(os.Environ(), s.Env(account, cloud.Reader)...)
	command.Env = append(command.Env, "AWS="+awsCLI(), "AWS_PAGER=", "AWS_MAX_ATTEMPTS=1")
	var errors bytes.Buffer
	command.Stderr = &errors
	out, err := command.Output()
	if errors.Len() > 0 {
		t.Logf("%s: %s", awsCLI(), bytes.TrimSpace(errors.Bytes()))
	}
	return string(out), err
}

// awsCLI is the first aws in the PATH that works: not every shim does.
var awsCLI = sync.OnceValue(func() string {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if exec.Command(filepath.Join(dir, "aws"), "--version").Run() == nil {
			return filepath.Join(dir, "aws")
		}
	}
	panic("no aws in the PATH works: apt-get install awscli jq")
})

// lines are the checklist's own, of which seed/maintenance-list.md is the source.
const (
	checklistMFA = `
users=$(aws iam list-users | jq '[.[]| .[] | select (.PasswordLastUsed) | .UserName] | sort')
mfa_users=$(aws iam list-virtual-mfa-devices | jq '[.[]| .[].User.UserName]| sort')
echo "{ \"users\": $users, \"mfa_users\": $mfa_users}" | jq '.users - .mfa_users'
`
	checklistEvents = `
event_name=ConsoleLogin
aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=$event_name
`
)

// TestChecklistOfUsersWithoutMFA runs the checklist's snippet, which errs: it
// finds those with hardware and FIDO keys and one who has no password any more,
// and misses the new hire who has one and has not used it.
func TestChecklistOfUsersWithoutMFA(t *testing.T) {
	s := cloud.New(cloud.Morning(morning))
	defer s.Close()
	out, err := shell(t, s, cloud.Production, checklistMFA)
	require.NoError(t, err)
	require.JSONEq(t, `["Administrator","alex.kim","john.smith","maria.garcia","old.timer"]`, out)
}

func TestChecklistOfEvents(t *testing.T) {
	world := logins(120)
	s := cloud.New(world, thatTime, unpaced)
	defer s.Close()
	out, err := shell(t, s, "123456789012", checklistEvents)
	require.NoError(t, err)
	var answer struct {
		Events []struct{ EventId, Username, ReadOnly, CloudTrailEvent string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &answer))
	records, err := world.Accounts[0].Records()
	require.NoError(t, err)
	require.Len(t, answer.Events, 120)
	for i, e := range answer.Events {
		require.JSONEq(t, string(records[i]), e.CloudTrailEvent)
		require.Equal(t, "jane.doe", e.Username)
		require.Equal(t, "false", e.ReadOnly)
	}
	require.Equal(t, 3, s.Count(cloud.Call{Operation: "cloudtrail:LookupEvents"}))
}

func TestCLIMeetsTheQuota(t *testing.T) {
	s := cloud.New(logins(120), thatTime)
	defer s.Close()
	_, err := shell(t, s, "123456789012", checklistEvents)
	require.Error(t, err)
	require.Equal(t, 1, s.Count(cloud.Call{Error: "ThrottlingException"}))
}

// TestCLI asks for the rest of what the stand-in answers.
func TestCLI(t *testing.T) {
	s := cloud.New(cloud.Morning(morning), thatTime)
	defer s.Close()
	for script, want := range map[string]string{
		`aws sts get-caller-identity | jq -r .Arn`:                                                     "arn:aws-us-gov:iam::111122223333:user/service/checklist",
		`aws iam list-users --page-size 2 | jq '.Users | length'`:                                      "9",
		`aws iam list-mfa-devices --user-name john.smith | jq -r '.MFADevices[].SerialNumber'`:         "GAHT12345678",
		`aws iam list-virtual-mfa-devices --assignment-status Unassigned | jq -c '.VirtualMFADevices'`: `[{"SerialNumber":"arn:aws-us-gov:iam::111122223333:mfa/null-bot"}]`,
		`aws iam list-access-keys --user-name jane.doe | jq -c .`:                                      `{"AccessKeyMetadata":[]}`,
		`aws iam list-account-aliases | jq -c .AccountAliases`:                                         `["agency-production"]`,
		`aws iam get-account-summary | jq .SummaryMap.AccountMFAEnabled`:                               "0",
		`aws ec2 describe-regions | jq -c '[.Regions[].RegionName]'`:                                   `["us-gov-east-1","us-gov-west-1"]`,
		`aws iam generate-credential-report | jq -r .State; aws iam generate-credential-report | jq -r .State; aws iam get-credential-report | jq -r .Content | base64 -d | sed -n '2s/,.*//p'`: "STARTED\nINPROGRESS\n<root_account>",
		`aws sts assume-role --role-arn arn:aws-us-gov:iam::111122223333:role/checklist --role-session-name cli | jq -r .AssumedRoleUser.Arn`:                                                   "arn:aws-us-gov:sts::111122223333:assumed-role/checklist/cli",
	} {
		out, err := shell(t, s, cloud.Production, script)
		require.NoError(t, err, script)
		require.Equal(t, want, strings.TrimSpace(out), script)
	}
}
