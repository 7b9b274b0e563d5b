package main

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/mfa"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	account.Parameters
	Live       bool          `env:"LIVE" help:"Ask about every user one by one instead of reading the credential report, which may be hours old; up to three calls a user."`
	ReportWait time.Duration `env:"REPORT_WAIT" default:"5m" help:"How long to wait for AWS to make a credential report; none by then is a gap."`
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() []error {
	problems := c.Parameters.Problems()
	if c.ReportWait <= 0 {
		problems = append(problems, fmt.Errorf("REPORT_WAIT is %s: give a time such as 5m", c.ReportWait))
	}
	return problems
}

func line() task.Line {
	c := &check{config: new(config), policy: mfa.DefaultPolicy()}
	return task.Line{
		Name:    "mfa",
		Title:   "Every AWS console user has a second factor",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#at-least-once-during-your-week-of-support",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
