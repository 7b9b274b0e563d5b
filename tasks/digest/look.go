package main

import (
	"context"
	"time"

	"github.com/concourse/concourse/atc"
	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// atOnce is how many boxes are read side by side: Concourse's database bears it, and a proxy before it.
const atOnce = 8

// setter is the parent's job that sets the boxes.
const setter = "pipelines"

// check is one look at the checklist.
type check struct {
	*config
	policy *digest.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	run.Dated(run.Scope, "Concourse is read as it is now", time.Now())
	facts := c.expected(run)
	if r, err := c.open(ctx); err != nil {
		run.Miss(run.Scope+"/concourse", err.Error(), remedy(err))
	} else {
		c.read(ctx, run, r, &facts)
	}
	c.reports(ctx, run, &facts)
	c.count(run, &facts)
	standings := facts.Standings(*c.policy, run.Now(), run.Since)
	run.Find(digest.Judge(facts, standings, *c.policy, run.Now(), run.Since)...)
	return c.tell(ctx, run, &facts, standings)
}

// expected are the boxes of the config. Until Concourse was read nothing is known of them.
func (c *check) expected(run *task.Run) digest.Facts {
	facts := digest.Facts{Scope: run.Scope}
	unread := func(ref atc.PipelineRef, job string) digest.Setup {
		r := &reader{base: c.Concourse.URL}
		return digest.Setup{Ref: ref.String(), Link: r.place(c.Concourse.Team, ref).link(), JobName: job, Unread: true}
	}
	facts.Parent = digest.Parent{Name: c.Parent, Setup: unread(atc.PipelineRef{Name: c.Parent}, setter)}
	for _, b := range c.checklist.Boxes() {
		morning, _ := c.checklist.BoxVars(b).Morning() // Problems asked already
		facts.Boxes = append(facts.Boxes, digest.Box{Box: b, Morning: morning, Setup: unread(c.ref(b), b.Line)})
	}
	return facts
}

// ref is the pipeline that a box is.
func (c *check) ref(b checklist.Box) atc.PipelineRef {
	return atc.PipelineRef{Name: c.Group, InstanceVars: atc.InstanceVars{"environment": b.Environment, "line": b.Line}}
}

// since is from when on builds and reports are read: a day more than the page shows, so that its first is whole.
func (c *check) since(run *task.Run) time.Time { return run.Now().AddDate(0, 0, -c.policy.Days-1) }

// read reads Concourse: one list of pipelines, then each box.
func (c *check) read(ctx context.Context, run *task.Run, r *reader, facts *digest.Facts) {
	pipelines, err := r.pipelines()
	if err != nil {
		run.Miss(run.Scope+"/concourse", "list pipelines of "+c.Concourse.Team+": "+err.Error(), remedy(err))
		return
	}
	if run.Examine("pipelines of the team", len(pipelines)); len(pipelines) == 0 {
		return // not one box is known to be missing: the listing may be wrong
	}
	there, ours := map[string]*digest.Pipeline{}, map[string]bool{}
	for _, p := range pipelines {
		there[p.Ref().String()] = r.pipeline(p)
	}
	var group errgroup.Group
	group.SetLimit(atOnce)
	problems := make([][]error, len(facts.Boxes)+1) // in the order of the boxes, the parent's last
	group.Go(func() error {
		p := &facts.Parent
		p.JobID, problems[len(facts.Boxes)] = c.setup(ctx, run, r, &p.Setup, atc.PipelineRef{Name: p.Name}, there)
		return nil
	})
	for i := range facts.Boxes {
		b := &facts.Boxes[i]
		ours[b.Ref] = true
		group.Go(func() error {
			_, problems[i] = c.setup(ctx, run, r, &b.Setup, c.ref(b.Box), there)
			return nil
		})
	}
	_ = group.Wait()
	for i, all := range problems {
		subject := c.Parent
		if i < len(facts.Boxes) {
			subject = facts.Boxes[i].String()
		}
		for _, err := range all {
			run.Miss(subject, err.Error(), remedy(err))
		}
	}
	for _, p := range pipelines {
		if ref := p.Ref().String(); p.Name == c.Group && !ours[ref] {
			facts.Leftovers = append(facts.Leftovers, *there[ref])
		}
	}
}

// setup reads one pipeline. An archived one has nothing to read.
func (c *check) setup(ctx context.Context, run *task.Run, r *reader, s *digest.Setup, ref atc.PipelineRef, there map[string]*digest.Pipeline) (jobID int, problems []error) {
	s.Pipeline, s.Link, s.Unread = there[s.Ref], r.place(c.Concourse.Team, ref).link(), false
	if s.Pipeline == nil || s.Pipeline.Archived {
		return 0, nil
	}
	return r.setup(ctx, s, ref, c.since(run))
}

// reports reads what the boxes left in the bucket, if there is one.
func (c *check) reports(ctx context.Context, run *task.Run, facts *digest.Facts) {
	if c.EvidenceBucket == "" {
		run.LeaveOut("reports", "EVIDENCE_BUCKET is empty: what a red box found, and whether a green one looked, is not known")
		return
	}
	facts.Kept = true
	store, err := c.Place().Open(ctx)
	var group errgroup.Group
	group.SetLimit(atOnce)
	problems := make([]error, len(facts.Boxes))
	for i := range facts.Boxes {
		group.Go(func() error {
			if problems[i] = err; err == nil {
				problems[i] = kept(ctx, store, &facts.Boxes[i], c.since(run))
			}
			return nil
		})
	}
	_ = group.Wait()
	for i, err := range problems {
		if err != nil {
			facts.Boxes[i].Unkept = true
			run.Miss(facts.Boxes[i].String(), "read its reports: "+err.Error(), "Look at the bucket, at EVIDENCE_* and at the rights of its key or of the worker's role.")
		}
	}
}

// count says how much was seen.
func (c *check) count(run *task.Run, facts *digest.Facts) {
	boxes, builds, reports, resources := 0, 0, 0, 0
	for _, b := range facts.Boxes {
		if !b.Unread {
			boxes++
		}
		builds, reports, resources = builds+len(b.Builds), reports+len(b.Reports), resources+len(b.Resources)
	}
	run.Examine("boxes of the config", boxes)
	run.See("builds", builds)
	run.See("resources", resources)
	if facts.Kept {
		run.See("reports", reports)
	}
}
