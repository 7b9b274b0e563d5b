package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/mfa"
)

// credentials are an account's credential report: users by name, as they were when it was made.
type credentials struct {
	users map[string]mfa.User
	made  time.Time
}

// leavesOut says what a report cannot tell.
func (c credentials) leavesOut(now time.Time) string {
	return fmt.Sprintf("what changed since the credential report of %s (%d min old), but for users without MFA in it and new ones; LIVE=true asks about everyone",
		c.made.UTC().Format(time.RFC3339), int(now.Sub(c.made).Minutes()))
}

// notYet is a report that AWS has not made, or not made again; waiting helps.
type notYet struct{ reason string }

func (n notYet) Error() string { return n.reason }

// longestPoll is the longest time between two looks at a report in the making.
const longestPoll = 10 * time.Second

// credentials asks AWS to make a report and waits for one that is young enough.
func (r *reader) credentials(ctx context.Context) (credentials, error) {
	wait, cancel := context.WithTimeout(ctx, r.ReportWait)
	defer cancel()
	last := notYet{"AWS does not answer"}
	for poll := time.Second; ; poll = min(2*poll, longestPoll) {
		c, err := r.report(wait)
		reason, waiting := errors.AsType[notYet](err)
		if waiting {
			last = reason
		}
		if waiting && pause(wait, poll) {
			continue
		}
		if err != nil && wait.Err() != nil && ctx.Err() == nil {
			err = notYet{fmt.Sprintf("waited %s (REPORT_WAIT): %s", r.ReportWait, last)}
		}
		return c, err
	}
}

// report is one look.
func (r *reader) report(ctx context.Context) (credentials, error) {
	generated, err := r.iam.GenerateCredentialReport(ctx, nil)
	if err != nil {
		return credentials{}, err
	}
	if generated.State != types.ReportStateTypeComplete {
		return credentials{}, notYet{fmt.Sprintf("AWS has not made the credential report yet (%s)", generated.State)}
	}
	out, err := r.iam.GetCredentialReport(ctx, nil)
	if gone(err) {
		return credentials{}, notYet{fmt.Sprintf("AWS has no credential report (%s)", account.Code(err))}
	}
	if err != nil {
		return credentials{}, err
	}
	made := aws.ToTime(out.GeneratedTime)
	if err := r.policy.Believes(made, time.Now()); err != nil {
		return credentials{}, notYet{err.Error()}
	}
	users, err := mfa.ParseCredentials(out.Content, r.ID)
	return credentials{users, made}, err
}

// gone tells of a report that vanished or started anew between the two calls.
func gone(err error) bool {
	_, absent := errors.AsType[*types.CredentialReportNotPresentException](err)
	_, unready := errors.AsType[*types.CredentialReportNotReadyException](err)
	_, expired := errors.AsType[*types.CredentialReportExpiredException](err)
	return absent || unready || expired
}

// unreported is the gap that a missing report is.
func (r *reader) unreported(err error) {
	gap := account.Gap(r.ID, "read the credential report", err)
	if _, waiting := errors.AsType[notYet](err); waiting {
		gap.Action = "Run it again in some minutes, or with LIVE=true, which needs no report."
	}
	r.gaps = append(r.gaps, gap)
}
