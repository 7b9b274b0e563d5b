package digest

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// The rules of a box.
const (
	ruleMissing   = "box-missing"
	ruleArchived  = "box-archived"
	rulePaused    = "box-paused"
	ruleNoJob     = "job-missing"
	ruleJobPaused = "job-paused"
	ruleNotRun    = "box-not-run"
	ruleFound     = "box-found"
	ruleUnknown   = "box-could-not-look"
	ruleUnproven  = "green-without-evidence"
	ruleLong      = "build-runs-long"
	ruleWaits     = "build-waits"
	ruleNew       = "box-new"
	ruleCheck     = "check-failing"
	rulePinned    = "resource-pinned"
	ruleByHand    = "box-not-set-by-parent"
	ruleOutdated  = "box-outdated"
	ruleLeftover  = "box-not-in-config"
)

// Judge says what is wrong with the checklist, whose boxes stand as [Facts.Standings] has them. known is since when the
// previous digest knows a finding; zero: it does not.
func Judge(f Facts, standings []Standing, p Policy, now time.Time, known func(rule, subject string) time.Time) (found []report.Finding) {
	j := judge{Facts: &f, policy: p, now: now, known: known}
	j.parent()
	for _, s := range standings {
		j.box(s)
	}
	for _, l := range f.Leftovers {
		j.leftover(l)
	}
	report.Sort(j.found)
	return j.found
}

type judge struct {
	*Facts
	policy Policy
	now    time.Time
	known  func(rule, subject string) time.Time
	found  []report.Finding
}

func (j *judge) find(f report.Finding) { j.found = append(j.found, f) }

// box says what is wrong with one. Where there is no pipeline, or an archived one, nothing else is to be said.
func (j *judge) box(s Standing) {
	find := report.Finding{Subject: s.String(), Severity: report.High, Link: s.Link}
	switch {
	case s.Pipeline == nil && s.Unread:
		return
	case s.Pipeline == nil:
		find.Rule, find.Summary = ruleMissing, fmt.Sprintf("%s has no pipeline, though the config names it", s)
		find.Action = "Set it: " + j.set()
		j.find(find)
		return
	case s.Pipeline.Archived:
		find.Rule, find.Summary = ruleArchived, fmt.Sprintf("%s is archived, though the config names it", s)
		find.Action = "Set it again: " + j.set()
		j.find(find)
		return
	case s.Pipeline.Paused:
		find.Rule, find.Summary = rulePaused, fmt.Sprintf("%s is paused%s", s, paused(s.Pipeline.PausedBy, s.Pipeline.PausedAt, s.Morning))
		find.Action = "Ask who paused it, then: " + fly("unpause-pipeline", "-p", s.Ref)
		j.find(find)
	}
	j.drift(s)
	if s.Unread {
		return
	}
	j.job(s)
	j.lastRun(s)
	j.builds(s)
	j.resources(s.String(), &s.Setup)
}

func (j *judge) job(s Standing) {
	find := report.Finding{Subject: s.String(), Severity: report.High, Link: s.Link}
	switch {
	case s.Job == nil:
		find.Rule, find.Summary = ruleNoJob, fmt.Sprintf("%s has a pipeline without the job %s", s, s.JobName)
		find.Action = "Set it again: " + j.set()
		j.find(find)
	case s.Job.Paused:
		find.Rule, find.Summary = ruleJobPaused, fmt.Sprintf("%s has a job that is paused%s", s, paused(s.Job.PausedBy, s.Job.PausedAt, s.Morning))
		find.Action = "Ask who paused it, then: " + fly("unpause-job", "-j", s.job())
		j.find(find)
	}
}

// drift says which pipelines are not those that the parent set last.
func (j *judge) drift(s Standing) {
	find := report.Finding{Subject: s.String(), Severity: report.Warning, Link: s.Link, Action: "Set it again: " + j.set()}
	set := j.Parent.newest(func(b Build) bool { return b.Status == Succeeded })
	switch {
	case j.Parent.JobID == 0: // what is wrong with the parent is told there
	case s.Pipeline.ParentJob != j.Parent.JobID:
		find.Rule, find.Summary = ruleByHand, fmt.Sprintf("%s was not set by %s, so it may ask something else than the config says", s, j.Parent.Name)
		j.find(find)
	case set != nil && s.Pipeline.ParentBuild < set.ID:
		find.Rule, find.Summary = ruleOutdated, fmt.Sprintf("%s was not set by the last run of %s, build #%s", s, j.Parent.Name, set.Name)
		j.find(find)
	}
}

func (j *judge) leftover(p Pipeline) {
	if !p.Archived {
		j.find(report.Finding{
			Rule: ruleLeftover, Subject: p.Ref, Severity: report.Warning, Link: p.Link,
			Summary: p.Ref + " is there, and the config does not name it: its box may be red and nobody's",
			Action:  "Name it in the config, or let the parent take it away: " + j.set() + "; by hand: " + fly("archive-pipeline", "-p", p.Ref),
		})
	}
}
