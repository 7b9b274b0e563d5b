package trail

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/ranges"
)

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		``: "unexpected end of JSON input", `[]`: "it is a JSON array, not an object", `{"eventName": 1}`: "eventName is a JSON number, not a string",
		`{}`: "it has no eventName", `{"eventName": "X"`: "unexpected end of JSON input",
	} {
		_, err := Parse([]byte(text))
		require.ErrorContains(t, err, "parse CloudTrail record: ")
		require.ErrorContains(t, err, want)
	}
}

// samples are real or nearly real records, and what the checklist's rule says of them.
var samples = map[string]string{
	"cloudtrail-rs__corpus__1":           "login-not-a-person",
	"cloudtrail-rs__engine__1":           "record-version-unknown",
	"cloudtrail-rs__oracle__1":           "record-version-unknown",
	"cloudtrail-rs__oracle__2":           "record-version-unknown",
	"cloudtrail-rs__oracle__3":           "record-version-unknown",
	"fivexl__README__1":                  "login-not-a-person",
	"fivexl__test_events__1":             "login-not-a-person",
	"fivexl__test_events__2":             "change-outside-terraform",
	"fivexl__test_events__3":             "change-outside-terraform",
	"fivexl__test_events__4":             "login-by-root",
	"fivexl__test_message_processing__1": "login-not-a-person",
	"ocsf__authentication-v1.0.0__1":     "login-not-a-person",
	"ocsf__authentication-v1.1.0__1":     "login-not-a-person",
	"panther__AWS_Authentication_from_CrowdStrike_Unmanaged_Device__1": "login-not-a-person",
	"panther__aws_cloudtrail_password_spraying__1":                     "record-version-unknown",
	"panther__aws_cloudtrail_password_spraying__3":                     "record-version-unknown",
	"panther__aws_cloudtrail_unsuccessful_mfa_attempt__2":              "login-not-a-person",
	"panther__aws_console_getsignintoken__1":                           "record-version-unknown",
	"panther__aws_console_login_without_mfa__1":                        "login-not-a-person",
	"panther__aws_console_login_without_mfa__10":                       "login-not-a-person",
	"panther__aws_console_login_without_mfa__3":                        "login-by-root",
	"panther__aws_console_login_without_mfa__5":                        "login-not-a-person",
	"panther__aws_console_login_without_mfa__7":                        "record-version-unknown",
	"panther__aws_console_login_without_mfa__9":                        "login-without-name",
	"panther__aws_ec2_manual_security_group_changes__2":                "change-outside-terraform",
	"panther__aws_ec2_manual_security_group_changes__4":                "change-outside-terraform",
	"panther__aws_ec2_security_group_modified__1":                      "change-outside-terraform",
	"panther__aws_iam_compromised_key_quarantine__1":                   "change-outside-terraform",
	"panther__aws_key_compromised__2":                                  "change-outside-terraform",
	"panther__aws_security_configuration_change__2":                    "change-outside-terraform",
	"panther__brute_force_by_ip__2":                                    "login-not-a-person",
}

func TestSamples(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/samples/cloudtrail/*__*.json")
	if len(files) == 0 {
		t.Log("without the samples: they are not beside the repository")
		return
	}
	t.Logf("with %d samples", len(files))
	for _, file := range files {
		record, err := os.ReadFile(file)
		require.NoError(t, err)
		e, err := Parse(record)
		require.NoError(t, err, file)
		found := judge([]Event{e}, DefaultPolicy(), ranges.Snapshot(), ranges.Snapshot().Created)
		require.Len(t, found, 1, file)
		require.Equal(t, samples[strings.TrimSuffix(filepath.Base(file), ".json")], found[0].Rule, file)
	}
}

// TestInstancesOfSamples holds the condition on instances against sessions that real instances had.
func TestInstancesOfSamples(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/samples/cloudtrail-logs/*.json")
	if len(files) == 0 {
		t.Log("without the log files: they are not beside the repository")
		return
	}
	p, own, foreign := DefaultPolicy(), 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var log struct{ Records []json.RawMessage }
		require.NoError(t, json.Unmarshal(text, &log))
		for _, record := range log.Records {
			e, err := Parse(record)
			require.NoError(t, err)
			if !instance.MatchString(e.Identity.session()) {
				require.NotEmpty(t, p.Terraform.foreign(e, ranges.Snapshot()))
			} else if len(p.Terraform.foreign(e, ranges.Snapshot())) == 0 {
				own++
			} else {
				require.Equal(t, "1.0", e.Identity.Context.RoleDelivery, "the stolen key of the sample")
				foreign++
			}
		}
	}
	t.Logf("with %d log files: %d calls by instances, %d with a stolen key", len(files), own, foreign)
	require.Equal(t, []int{13, 2}, []int{own, foreign})
}

func FuzzParse(f *testing.F) {
	for _, record := range []object{login(), change(), with(login(), object{"userIdentity": nil, "eventID": "a/b\nc"})} {
		text, _ := json.Marshal(record)
		f.Add(text)
	}
	p := DefaultPolicy()
	f.Fuzz(func(t *testing.T, record []byte) {
		e, err := Parse(record)
		if err != nil {
			return
		}
		e.Name = "DeleteTrail"
		for _, e.Version = range []string{"1.11", e.Version} {
			for _, f := range judge([]Event{e}, p, ranges.Snapshot(), now) {
				require.Regexp(t, `^([0-9]{12}|unknown-account)/[0-9A-Za-z-]+$`, f.Subject)
				require.NotContains(t, f.Summary, "\n")
				for line := range strings.Lines(f.Detail) {
					require.Regexp(t, `^(why|who|role|what|on|from|when|outcome|user agent, as the caller chose it): `, line)
				}
				require.True(t, utf8.ValidString(f.Detail+f.Summary+f.Action))
				_, err := json.Marshal(f)
				require.NoError(t, err)
			}
		}
	})
}
