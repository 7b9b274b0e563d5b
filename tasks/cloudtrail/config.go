package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/task"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// config are the parameters.
type config struct {
	account.Parameters
	Regions        []string      `env:"REGIONS" help:"Regions to look at, by commas; all that are enabled when empty."`
	LookupInterval time.Duration `env:"LOOKUP_INTERVAL" default:"520ms" help:"Between two lookups in a region: AWS allows two a second, which other tools and the console share."`
	Logs           string        `env:"LOGS" help:"Folder of CloudTrail log files to read instead of asking AWS: .json or .gz, at any depth."`
	Since          time.Time     `env:"SINCE" help:"Look at events from this time on (RFC 3339); the policy's window when empty, and all that there is with LOGS."`
	Until          time.Time     `env:"UNTIL" help:"Look at events up to this time; now when empty, and all that there is with LOGS."`
	IPRanges       string        `name:"ip-ranges" env:"IP_RANGES" help:"AWS's ip-ranges.json, newer than the copy that is part of this program."`

	known *ranges.Set
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if c.Logs == "" {
		problems = c.Parameters.Problems()
	} else if info, err := os.Stat(c.Logs); err != nil || !info.IsDir() {
		wrong("LOGS: %s is no folder that can be read", c.Logs)
	}
	if c.Logs != "" && len(c.RoleARNs)+len(c.AccountIDs)+len(c.Regions) > 0 {
		wrong("LOGS excludes ROLE_ARNS, ACCOUNT_IDS and REGIONS: log files are read whole")
	}
	for i, name := range c.Regions {
		if c.Regions[i] = strings.TrimSpace(name); !account.IsRegion(c.Regions[i]) {
			wrong("REGIONS wants regions such as us-gov-west-1, not %q", name)
		}
	}
	if c.LookupInterval <= 0 || c.LookupInterval > time.Minute {
		wrong("LOOKUP_INTERVAL is %s: give a time up to 1m, such as %s", c.LookupInterval, lookup.Interval)
	}
	if !c.Since.IsZero() && !c.Until.IsZero() && !c.Since.Before(c.Until) {
		wrong("SINCE %s is not before UNTIL %s", c.Since.Format(time.RFC3339), c.Until.Format(time.RFC3339))
	}
	if err := c.readRanges(); err != nil {
		wrong("IP_RANGES: %w", err)
	}
	return problems
}

func (c *config) readRanges() error {
	c.known = ranges.Snapshot()
	if c.IPRanges == "" {
		return nil
	}
	file, err := os.ReadFile(c.IPRanges)
	if err != nil {
		return err
	}
	given, err := ranges.Parse(file)
	if err != nil {
		return err
	}
	if given.Created.Before(c.known.Created) {
		return errors.New("the file is of " + given.Created.Format(time.DateOnly) + ", older than this program's own copy of " + c.known.Created.Format(time.DateOnly))
	}
	c.known = given
	return nil
}

// span is the time that is looked at. What log files hold has no end but in a replay: a clock that is behind hides none.
func (c *config) span(window time.Duration, now time.Time, replay bool) lookup.Span {
	s := lookup.Span{Start: c.Since, End: c.Until}
	if s.End.IsZero() && (c.Logs == "" || replay) {
		s.End = now
	}
	if s.Start.IsZero() && c.Logs == "" {
		s.Start = s.End.Add(-window)
	}
	return s
}

func line() task.Line {
	c := &check{config: new(config), policy: trail.DefaultPolicy()}
	return task.Line{
		Name:    "cloudtrail",
		Title:   "Every AWS login is a named person's and every guarded change Terraform's",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#review-aws-cloudtrail-events",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
