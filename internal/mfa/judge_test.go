package mfa_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/mfa"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

func withoutMFA(name, detail, link string) report.Finding {
	return report.Finding{
		Rule: "console-user-without-mfa", Subject: "111122223333/" + name, Severity: report.High,
		Summary: name + " signs in to the console with a password alone", Detail: detail,
		Action: "Ask " + name + " to add an MFA device today; if nobody answers, take the console password away (aws iam delete-login-profile).",
		Link:   link,
	}
}

func TestJudge(t *testing.T) {
	const gov = "https://console.amazonaws-us-gov.com/iam/home#/users/details/"
	oldKey := report.Finding{
		Rule: "access-key-old", Subject: "111122223333/broker", Severity: report.Info,
		Summary: "broker has 1 active access key older than 90 days", Detail: "made or rotated 2026-08-24, 91 days ago",
		Action: "Rotate what is in use, or give it a role instead; deactivate what is not (aws iam get-access-key-last-used tells).",
		Link:   gov + "broker?section=security_credentials",
	}
	bothKeys := oldKey
	bothKeys.Summary = "broker has 2 active access keys older than 90 days"
	bothKeys.Detail = "made or rotated 2024-11-23, 730 days ago\nmade or rotated 2026-08-24, 91 days ago"
	rootMFA := report.Finding{
		Rule: "root-without-mfa", Subject: "111122223333/root", Severity: report.High,
		Summary: "root of account 111122223333 signs in with a password alone",
		Action:  "Sign in as root and add an MFA device, a security key best; or have the organization manage root access centrally.",
		Link:    "https://console.aws.amazon.com/iam/home#/security_credentials",
	}
	rootKey := report.Finding{
		Rule: "root-access-key", Subject: "111122223333/root", Severity: report.High,
		Summary: "root of account 111122223333 has an access key, which no policy can limit",
		Action:  "Find out what uses it, give that a role of its own, then sign in as root and delete the key.",
		Link:    "https://console.aws.amazon.com/iam/home#/security_credentials",
	}
	for _, c := range []struct {
		name    string
		account mfa.Account
		want    []report.Finding
	}{
		{"nobody", mfa.Account{Partition: "aws-us-gov"}, nil},
		{"a password and a device", users(mfa.User{Name: "jane.doe", Console: true, MFA: true}), nil},
		{"no password, no device", users(mfa.User{Name: "broker"}), nil},
		{"a device without a password", users(mfa.User{Name: "broker", MFA: true}), nil},
		{"a password alone, by the report", users(mfa.User{Name: "alex.kim", Console: true}), []report.Finding{withoutMFA("alex.kim",
			"no MFA device of any kind, by the credential report alone; password, not known to have been used", gov+"alex.kim?section=security_credentials")}},
		{"a password alone, asked", users(mfa.User{Name: "alex.kim", Console: true, Asked: true, PasswordSet: ago(30), PasswordUsed: ago(1)}),
			[]report.Finding{withoutMFA("alex.kim",
				"no MFA device of any kind, asked just now; password set 2026-10-24, last used 2026-11-22", gov+"alex.kim?section=security_credentials")}},
		{"a name that an address must escape", users(mfa.User{Name: "a@b+c", Console: true, Asked: true}), []report.Finding{withoutMFA("a@b+c",
			"no MFA device of any kind, asked just now; password, not known to have been used", gov+"a@b+c?section=security_credentials")}},
		{"a partition whose console is not known", mfa.Account{ID: "111122223333", Partition: "aws-iso", Users: []mfa.User{{Name: "alex.kim", Console: true, Asked: true}}},
			[]report.Finding{withoutMFA("alex.kim", "no MFA device of any kind, asked just now; password, not known to have been used", "")}},
		{"a key of the last day allowed", users(mfa.User{Name: "broker", Keys: []time.Time{ago(90)}}), nil},
		{"a key a day older", users(mfa.User{Name: "broker", Keys: []time.Time{ago(91)}}), []report.Finding{oldKey}},
		{"two old keys, one young", users(mfa.User{Name: "broker", Keys: []time.Time{ago(91), ago(3), ago(730)}}), []report.Finding{bothKeys}},
		{"root in order", root(mfa.Root{Password: true, MFA: true}), nil},
		{"root managed centrally", root(mfa.Root{}), nil},
		{"root without a second factor", root(mfa.Root{Password: true}), []report.Finding{rootMFA}},
		{"root with a key", root(mfa.Root{Password: true, MFA: true, AccessKey: true}), []report.Finding{rootKey}},
		{"root with everything wrong", root(mfa.Root{Password: true, AccessKey: true}), []report.Finding{rootKey, rootMFA}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, mfa.Judge([]mfa.Account{c.account}, *mfa.DefaultPolicy(), now))
		})
	}
}

func users(list ...mfa.User) mfa.Account {
	return mfa.Account{ID: "111122223333", Partition: "aws-us-gov", Users: list}
}

func root(r mfa.Root) mfa.Account {
	return mfa.Account{ID: "111122223333", Partition: "aws", Root: &r}
}

func TestAccountsAreOneList(t *testing.T) {
	a, b := users(mfa.User{Name: "x", Console: true}), users(mfa.User{Name: "x", Console: true})
	a.ID, b.ID = "222222222222", "111111111111"
	found := mfa.Judge([]mfa.Account{a, b}, *mfa.DefaultPolicy(), now)
	require.Len(t, found, 2)
	require.Equal(t, "111111111111/x", found[0].Subject)
	require.Equal(t, "222222222222/x", found[1].Subject)
}

func TestPolicy(t *testing.T) {
	require.Empty(t, mfa.DefaultPolicy().Problems())
	problems := mfa.Policy{CredentialReportHours: 3}.Problems()
	require.Len(t, problems, 2)
	require.EqualError(t, problems[0], "access_key_days is 0: give 1 or more")
	require.EqualError(t, problems[1], "credential_report_hours is 3: give 4 or more, AWS makes a new report no sooner")
}

func TestReportIsBelieved(t *testing.T) {
	p := mfa.DefaultPolicy()
	require.NoError(t, p.Believes(now, now))
	require.NoError(t, p.Believes(now.Add(-6*time.Hour), now))
	require.NoError(t, p.Believes(now.Add(4*time.Minute), now))
	require.EqualError(t, p.Believes(now.Add(-7*time.Hour), now), "the credential report of 2026-11-23T05:00:00Z is 7 h old, more than 6 h")
	require.EqualError(t, p.Believes(now.Add(time.Hour), now), "the credential report of 2026-11-23T13:00:00Z is from the future")
	require.Error(t, p.Believes(time.Time{}, now), "a report without a time")
}

func TestRootSignsIn(t *testing.T) {
	require.True(t, mfa.RootSignsIn("aws"))
	require.False(t, mfa.RootSignsIn("aws-us-gov"))
}
