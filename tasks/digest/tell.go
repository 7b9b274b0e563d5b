package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/page"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// tell writes the digest for people, and gives the sign of life when everything was read.
func (c *check) tell(ctx context.Context, run *task.Run, facts *digest.Facts, standings []digest.Standing) error {
	if early := digest.Early(standings, *c.policy, run.Now()); early > 0 {
		run.LeaveOut("this morning", fmt.Sprintf("of %d of %d boxes it is not over, or for less than %s: they are judged by the one before", early, len(standings), c.policy.Grace))
	}
	accepted := c.accepted(run)
	grid := facts.Grid(*c.policy, run.Now(), standings)
	grid.Findings, grid.Gaps = accepted.Findings, accepted.Gaps
	grid.Partial = len(accepted.LeftOut) > 0 || slices.ContainsFunc(accepted.Accepted, func(a report.Accepted) bool { return a.Gap != nil })
	var html strings.Builder
	err := errors.Join(
		run.WriteText("digest.md", digest.Markdown(grid, standings)),
		page.HTML(&html, grid),
		run.WriteText("digest.html", html.String()))
	if err == nil && ctx.Err() == nil && len(accepted.Gaps) == 0 && len(accepted.Unexamined()) == 0 {
		c.alive(ctx, run, accepted, standings)
	}
	return err
}

// accepted is the report as the frame will have it: what exceptions accept taken out, what is known dated. The page shows no
// more than Slack does, and an accepted gap does not make the digest mute for months.
func (c *check) accepted(run *task.Run) *report.Report {
	r := *run.Report
	r.Findings = append([]report.Finding(nil), run.Findings...)
	r.Accept(c.policy.Excepts())
	report.Sort(r.Findings)
	for i, f := range r.Findings {
		if f.Since.IsZero() {
			r.Findings[i].Since = run.Since(f.Rule, f.Subject)
		}
	}
	return &r
}
