package digest

import (
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// The rules of the parent pipeline.
const (
	ruleParentMissing   = "parent-missing"
	ruleParentPaused    = "parent-paused"
	ruleParentJobPaused = "parent-job-paused"
	ruleParentNotRun    = "parent-not-run"
	ruleParentRed       = "parent-red"
	ruleParentOld       = "parent-old"
)

// parent says why a change of the config may not reach the boxes.
func (j *judge) parent() {
	p := &j.Parent
	find := report.Finding{Subject: p.Name, Severity: report.High, Link: p.Link}
	switch {
	case p.Pipeline == nil && p.Unread:
		return
	case p.Pipeline == nil || p.Pipeline.Archived:
		find.Rule, find.Summary = ruleParentMissing, fmt.Sprintf("%s is not there, or archived: nothing sets the boxes", p.Name)
		find.Action = "Set it from pipelines/parent.yml: " + fly("set-pipeline", "-p", p.Ref) + " -c pipelines/parent.yml -l checklist.yml"
		j.find(find)
		return
	case p.Pipeline.Paused:
		find.Rule, find.Summary = ruleParentPaused, fmt.Sprintf("%s is paused%s: nothing sets the boxes", p.Name, paused(p.Pipeline.PausedBy, p.Pipeline.PausedAt, j.clock()))
		find.Action = "Ask who paused it, then: " + fly("unpause-pipeline", "-p", p.Ref)
		j.find(find)
	}
	if !p.Unread {
		j.parentJob(p)
		j.resources(p.Name, &p.Setup)
	}
}

func (j *judge) parentJob(p *Parent) {
	find := report.Finding{Subject: p.Name, Severity: report.High, Link: p.Link, Action: "Run it: " + j.set()}
	last := p.Finished()
	set := p.newest(func(b Build) bool { return b.Status == Succeeded })
	switch {
	case p.Job == nil:
		find.Rule, find.Summary = ruleParentNotRun, fmt.Sprintf("%s has no job %s: nothing sets the boxes", p.Name, p.JobName)
		find.Action = "Set it from pipelines/parent.yml: " + fly("set-pipeline", "-p", p.Ref) + " -c pipelines/parent.yml -l checklist.yml"
		j.find(find)
		return
	case p.Job.Paused:
		find.Rule, find.Summary = ruleParentJobPaused, fmt.Sprintf("%s has its job %s paused%s: nothing sets the boxes", p.Name, p.JobName, paused(p.Job.PausedBy, p.Job.PausedAt, j.clock()))
		find.Action = "Ask who paused it, then: " + fly("unpause-job", "-j", p.job())
		j.find(find)
	}
	find.Action = "Read the build, mend what it names, then: " + j.set()
	switch {
	case last == nil:
		find.Rule, find.Summary, find.Action = ruleParentNotRun, fmt.Sprintf("%s never set the boxes", p.Name), "Run it: "+j.set()
		j.find(find)
	case last.Status != Succeeded:
		find.Rule, find.Severity, find.Link = ruleParentRed, report.Warning, last.Link
		find.Summary = fmt.Sprintf("%s could not set the boxes, build #%s %s: they are those of an older config", p.Name, last.Name, last.Status)
		j.find(find)
	case j.policy.ParentAge > 0 && j.now.Sub(set.Started) > j.policy.ParentAge:
		find.Rule, find.Severity, find.Link = ruleParentOld, report.Warning, last.Link
		find.Summary = fmt.Sprintf("%s set the boxes %s ago, longer than the policy's %s", p.Name, ago(j.now.Sub(set.Started)), j.policy.ParentAge)
		j.find(find)
	}
}

// clock is the zone in which times are told that belong to no box: that of the first.
func (f *Facts) clock() (w clock.Window) {
	if len(f.Boxes) > 0 {
		w = f.Boxes[0].Morning
	}
	return w
}
