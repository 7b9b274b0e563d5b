package digest

import (
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// lastRun says what is wrong with how a box was asked last, or that it was not.
func (j *judge) lastRun(s Standing) {
	find := report.Finding{Subject: s.String(), Severity: report.High, Link: s.Link}
	if s.Last != nil {
		find.Link = s.Last.Link
		find.Detail = fmt.Sprintf("build #%s of %s, %s, started by %s", s.Last.Name, stamp(s.Last.Started, s.Morning), s.Last.Status, who(s.Last.By))
	}
	again := fly("trigger-job", "-j", s.job()) + " -w"
	switch {
	case s.New:
		find.Rule, find.Severity = ruleNew, report.Info
		find.Summary = fmt.Sprintf("%s is new: it runs first in its next morning", s)
		find.Action = "Wait for it, or run it now: " + again
	case s.State == Missed:
		find.Rule, find.Summary = ruleNotRun, fmt.Sprintf("%s did not run: %s", s, s.Words)
		find.Action = "Find out why, then run it: " + again
	case s.State == Found:
		j.red(s, find)
		return
	case s.State == Unknown && s.Unkept && s.Last != nil && s.Last.Status == Succeeded: // a gap tells of it
		return
	case s.State == Unknown && s.Last != nil && s.Last.Status == Succeeded:
		find.Rule, find.Summary = ruleUnproven, fmt.Sprintf("%s is green, and nothing proves that it looked: %s", s, s.Words)
		find.Action = "Look at the task and at the put of the evidence in the build, then run it again: " + again
	case s.State == Unknown:
		find.Rule, find.Summary = ruleUnknown, fmt.Sprintf("%s could not look: %s", s, s.Words)
		find.Action = "Read the build, mend what it names, then run it again: " + again
		if l := s.Latest; l != nil && l.First != "" {
			find.Detail += "\n" + l.First
		}
	default:
		return
	}
	j.find(find)
}

// red passes on what a box found: its own report says the rest.
func (j *judge) red(s Standing, find report.Finding) {
	find.Rule, find.Summary = ruleFound, fmt.Sprintf("%s found what is wrong: %s", s, s.Words)
	find.Action = "Read the build's findings and do what they say, then run it again: " + fly("trigger-job", "-j", s.job()) + " -w"
	if l := s.Latest; l != nil && l.First != "" {
		find.Severity = max(l.Worst, report.Warning)
		find.Detail += "\n" + l.First
	}
	j.find(find)
}

// builds says which builds run or wait for too long.
func (j *judge) builds(s Standing) {
	for i := range s.Builds {
		b := &s.Builds[i]
		if age := j.now.Sub(b.Started); b.Status == Started && age > j.policy.Running {
			j.find(report.Finding{
				Rule: ruleLong, Subject: s.String() + "/" + b.Name, Severity: report.Warning, Link: b.Link,
				Summary: fmt.Sprintf("%s has build #%s running for %s", s, b.Name, ago(age)),
				Detail:  "started by " + who(b.By) + "; a step without a worker of its tags waits like this",
				Action:  "Look what it waits for (fly -t ci workers), or abort it: " + fly("abort-build", "-j", s.job()) + " -b " + quoted(b.Name),
			})
		}
	}
	if b := s.waiting(); b != nil {
		j.waits(s, b)
	}
}

// waits tells of a build that has not begun. Concourse does not say since when, so the previous digests do.
func (j *judge) waits(s Standing, b *Build) {
	find := report.Finding{
		Rule: ruleWaits, Subject: s.String() + "/" + b.Name, Severity: report.Info, Link: b.Link,
		Summary: fmt.Sprintf("%s has build #%s waiting%s", s, b.Name, because(b)),
		Detail:  "started by " + who(b.By),
		Action:  "Look what it waits for, on its page; it ends by: " + fly("abort-build", "-j", s.job()) + " -b " + quoted(b.Name),
	}
	if since := j.known(find.Rule, find.Subject); !since.IsZero() && j.now.Sub(since) > j.policy.Running {
		find.Severity = report.Warning
	}
	j.find(find)
}

// resources says which of a pipeline's resources do not see the world.
func (j *judge) resources(of string, s *Setup) {
	for _, r := range s.Resources {
		subject := of + "/" + r.Name
		if r.Check == Failed || r.Check == Errored || r.Check == Aborted {
			j.find(report.Finding{
				Rule: ruleCheck, Subject: subject, Severity: report.Warning, Link: r.Link,
				Summary: fmt.Sprintf("%s has a resource %s whose last check %s, so nothing new starts a build", of, r.Name, r.Check),
				Action:  "Read why, and mend it: " + fly("check-resource", "-r", s.Ref+"/"+r.Name),
			})
		}
		if r.Pinned {
			find := report.Finding{
				Rule: rulePinned, Subject: subject, Severity: report.Info, Link: r.Link,
				Summary: fmt.Sprintf("%s has a resource %s that is pinned to a version", of, r.Name),
				Action:  "When it is no longer needed: " + fly("unpin-resource", "-r", s.Ref+"/"+r.Name),
			}
			if r.Comment != "" {
				find.Detail = "comment: " + r.Comment
			}
			j.find(find)
		}
	}
}
