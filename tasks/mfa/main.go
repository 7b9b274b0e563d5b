// Mfa asks whether everybody who signs in to the AWS console has a second factor: "Confirm that
// all AWS users have MFA configured".
//
// It reads, for each account, sts:GetCallerIdentity (which account this is), iam:ListUsers and
// iam:GetAccountSummary (who there is, counted twice, and root), and IAM's credential report (who has a
// password and a device of any kind). Users whom the report fails, and those who are newer than it, are
// asked about one by one (iam:GetLoginProfile, iam:ListMFADevices, iam:ListAccessKeys); with LIVE=true all are.
//
// It reports console users and root without MFA, root's access keys, and old access keys.
package main

import (
	"context"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/mfa"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// Config is what the pipeline says.
type Config struct {
	account.Parameters
	Live       bool          `env:"LIVE" help:"Ask about every user one by one instead of reading the credential report, which may be hours old: three calls a user."`
	ReportWait time.Duration `env:"REPORT_WAIT" default:"5m" help:"How long to wait for AWS to make a credential report; none by then is a gap."`
}

// Problems tells every parameter that cannot be so.
func (c *Config) Problems() []error {
	problems := c.Parameters.Problems()
	if c.ReportWait <= 0 {
		problems = append(problems, fmt.Errorf("REPORT_WAIT is %s: give a time such as 5m", c.ReportWait))
	}
	return problems
}

func main() { task.Main(line()) }

func line() task.Line {
	config, policy := &Config{}, mfa.DefaultPolicy()
	return task.Line{
		Name:    "mfa",
		Title:   "Every AWS console user has a second factor",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/",
		Config:  config,
		Policy:  policy,
		Look: func(ctx context.Context, run *task.Run) error {
			look(ctx, run, config, policy)
			return nil
		},
	}
}
