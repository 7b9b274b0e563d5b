package main

import (
	"context"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/nessus"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at one scanner, or at one folder of exports.
type check struct {
	*config
	policy *nessus.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	if len(c.policy.Scans) == 0 {
		run.Miss(run.Scope, "no scan is expected", "Give a POLICY that names, under scans, every scan that must be done.")
	}
	l := &looker{check: c, run: run, facts: nessus.Facts{Scope: run.Scope}}
	l.catalogue(ctx)
	if c.Exports != "" {
		l.folder(ctx)
	} else {
		l.server(ctx)
	}
	findings, gaps := nessus.Judge(l.facts, *c.policy, run.Since, run.Now())
	run.Find(findings...)
	run.Gaps = append(run.Gaps, gaps...)
	l.count()
	return ctx.Err()
}

// looker gathers the facts of one look.
type looker struct {
	*check
	run   *task.Run
	facts nessus.Facts
}

// miss records what could not be read.
func (l *looker) miss(part, doing string, err error) {
	l.run.Miss(l.run.Scope+"/"+part, doing+": "+fetch.Scrub(err).Error(), remedy(err))
}

// expects tells whether the policy names a scan.
func (l *looker) expects(name string) bool {
	return slices.ContainsFunc(l.policy.Scans, func(e nessus.Expected) bool { return e.Name == name })
}

// leaveOut names the scans that are there and that nobody expects.
func (l *looker) leaveOut(names []string) {
	slices.Sort(names)
	if names = slices.Compact(names); len(names) > 0 {
		l.run.LeaveOut("other scans", "the policy does not name "+report.First(names, 10, ", "))
	}
}

// count says what was looked at, and what was seen there.
func (l *looker) count() {
	var scans, hosts, results, passed, manual int
	for _, s := range l.facts.Scans {
		if s.Export == nil {
			continue
		}
		scans++
		hosts += s.Export.Scanned()
		results += s.Export.Items
		for verdict, n := range s.Export.Results {
			results += n
			switch verdict {
			case nessus.Passed:
				passed += n
			case nessus.Manual:
				manual += n
			}
		}
	}
	l.run.Examine("expected scans", scans)
	l.run.Examine("scanned hosts", hosts)
	l.run.Examine("results of plugins and checks", results)
	l.run.See("compliance checks passed", passed)
	l.run.See("for a person to decide (WARNING)", manual)
}
