package mfa

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Judge tells who signs in with a password alone, what is wrong with root, and whose access keys are old.
func Judge(accounts []Account, p Policy, now time.Time) []report.Finding {
	var found []report.Finding
	for _, a := range accounts {
		found = append(found, a.root()...)
		for _, u := range a.Users {
			found = append(found, a.user(u, p, now)...)
		}
	}
	report.Sort(found)
	return found
}

func (a Account) root() (found []report.Finding) {
	if a.Root == nil {
		return nil
	}
	subject := a.ID + "/root"
	if a.Root.Password && !a.Root.MFA {
		found = append(found, report.Finding{
			Rule: "root-without-mfa", Subject: subject, Severity: report.High,
			Summary: "root of account " + a.ID + " signs in with a password alone",
			Action:  "Sign in as root and add an MFA device, a security key best; or have the organization manage root access centrally.",
			Link:    a.console("/iam/home#/security_credentials"),
		})
	}
	if a.Root.AccessKey {
		found = append(found, report.Finding{
			Rule: "root-access-key", Subject: subject, Severity: report.High,
			Summary: "root of account " + a.ID + " has an access key, which no policy can limit",
			Action:  "Find out what uses it, give that a role of its own, then sign in as root and delete the key.",
			Link:    a.console("/iam/home#/security_credentials"),
		})
	}
	return found
}

func (a Account) user(u User, p Policy, now time.Time) (found []report.Finding) {
	subject, link := a.ID+"/"+u.Name, a.console("/iam/home#/users/details/"+url.PathEscape(u.Name)+"?section=security_credentials")
	if u.Console && !u.MFA {
		found = append(found, report.Finding{
			Rule: "console-user-without-mfa", Subject: subject, Severity: report.High,
			Summary: u.Name + " signs in to the console with a password alone",
			Detail:  u.password(),
			Action:  "Ask " + u.Name + " to add an MFA device today; if nobody answers, take the console password away (aws iam delete-login-profile).",
			Link:    link,
		})
	}
	if old := u.old(p, now); len(old) > 0 {
		found = append(found, report.Finding{
			Rule: "access-key-old", Subject: subject, Severity: report.Info,
			Summary: fmt.Sprintf("%s has %s older than %d days", u.Name, report.Number(len(old), "active access key"), p.AccessKeyDays),
			Detail:  strings.Join(old, "\n"),
			Action:  "Rotate what is in use, or give it a role instead; deactivate what is not (aws iam get-access-key-last-used tells).",
			Link:    link,
		})
	}
	return found
}

// password is the evidence.
func (u User) password() string {
	source := "no MFA device of any kind, asked just now"
	if !u.Asked {
		source = "no MFA device of any kind, by the credential report alone"
	}
	used := "not known to have been used"
	if !u.PasswordUsed.IsZero() {
		used = "last used " + day(u.PasswordUsed)
	}
	set := "password"
	if !u.PasswordSet.IsZero() {
		set = "password set " + day(u.PasswordSet)
	}
	return source + "; " + set + ", " + used
}

// old tells each active access key that is past its time, the oldest first.
func (u User) old(p Policy, now time.Time) (old []string) {
	for _, made := range slices.SortedFunc(slices.Values(u.Keys), time.Time.Compare) {
		if age := int(now.Sub(made).Hours() / 24); age > p.AccessKeyDays {
			old = append(old, fmt.Sprintf("made or rotated %s, %d days ago", day(made), age))
		}
	}
	return old
}

// consoles are where people sign in, by partition.
var consoles = map[string]string{
	"aws":        "https://console.aws.amazon.com",
	"aws-us-gov": "https://console.amazonaws-us-gov.com",
	"aws-cn":     "https://console.amazonaws.cn",
}

// console is a page of the AWS console, empty in a partition that has none known.
func (a Account) console(page string) string {
	if host, known := consoles[a.Partition]; known {
		return host + page
	}
	return ""
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
