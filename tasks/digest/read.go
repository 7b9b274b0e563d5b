package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/concourse/concourse/atc"
	"github.com/concourse/concourse/go-concourse/concourse"

	"github.com/cloud-gov/platform-checklist/internal/digest"
)

const (
	perPage  = 100 // builds; Concourse's own default
	maxPages = 100 // of one job
)

// setup reads what a pipeline's job did since a moment. What could not be read is told by the errors; the rest is there.
func (r *reader) setup(ctx context.Context, s *digest.Setup, ref atc.PipelineRef, since time.Time) (jobID int, problems []error) {
	miss := func(what string, err error) { problems = append(problems, fmt.Errorf("%s: %w", what, err)) }
	at := r.place(r.Name(), ref)
	jobs, err := listed(r.ListJobs(ref))
	if s.Unread = err != nil; s.Unread {
		miss("list jobs", err)
	}
	if i := slices.IndexFunc(jobs, func(j atc.Job) bool { return j.Name == s.JobName }); i >= 0 {
		job := jobs[i]
		jobID, s.Job = job.ID, &digest.Job{Paused: job.Paused, PausedBy: job.PausedBy, PausedAt: moment(job.PausedAt)}
		builds, err := r.builds(ref, job, since)
		if s.Unread = err != nil; s.Unread {
			miss("list builds of "+job.Name, err)
		}
		for _, b := range builds {
			build := build(at, b)
			if build.Status == digest.Pending {
				p, err := r.preparation(ctx, b.ID)
				if build.Waits = waits(p); err != nil {
					miss("ask what build #"+b.Name+" waits for", err)
				}
			}
			s.Builds = append(s.Builds, build)
		}
	}
	resources, err := listed(r.ListResources(ref))
	if err == nil && len(resources) == 0 && len(jobs) > 0 { // a box has its morning at least, the parent its config
		err = errors.New("there is none, though the pipeline has jobs")
	}
	if err != nil {
		miss("list resources", err)
	}
	for _, of := range resources {
		s.Resources = append(s.Resources, resource(at, of))
	}
	return jobID, problems
}

// builds are those of a job since a moment, and those that the job itself names: Concourse sorts a rerun beside what it
// repeats, however long ago that was, so that the pages may miss it.
func (r *reader) builds(ref atc.PipelineRef, job atc.Job, since time.Time) ([]atc.Build, error) {
	known := map[int]atc.Build{}
	for _, b := range []*atc.Build{job.FinishedBuild, job.NextBuild} {
		if b != nil {
			known[b.ID] = *b
		}
	}
	page := concourse.Page{Limit: perPage}
	for n := 0; ; n++ {
		builds, pages, found, err := r.JobBuilds(ref, job.Name, page)
		switch {
		case err == nil && !found:
			err = errors.New("the job is not there any more")
		case err == nil && n == maxPages:
			err = fmt.Errorf("there are more than %d pages", maxPages)
		case err == nil && n == 0 && builds != nil && len(builds) == 0 && job.FinishedBuild != nil:
			err = fmt.Errorf("there is none, though the job has finished #%s", job.FinishedBuild.Name)
		}
		if builds, err = listed(builds, err); err != nil {
			return slices.Collect(maps.Values(known)), err
		}
		older := false
		for _, b := range builds {
			known[b.ID] = b
			older = b.StartTime > 0 && moment(b.StartTime).Before(since) // the last: after it come older ones
		}
		if older || pages.Next == nil {
			break
		}
		if pages.Next.To <= 0 || page.To > 0 && pages.Next.To >= page.To {
			return slices.Collect(maps.Values(known)), errors.New("the pages do not go on to older builds")
		}
		page = concourse.Page{To: pages.Next.To, Limit: perPage}
	}
	return slices.SortedFunc(maps.Values(known), func(a, b atc.Build) int { return cmp.Compare(b.ID, a.ID) }), nil
}

func build(at place, b atc.Build) digest.Build {
	build := digest.Build{
		ID: b.ID, Name: b.Name, Status: digest.Status(b.Status), Started: moment(b.StartTime), Ended: moment(b.EndTime),
		Link: at.link("jobs", b.JobName, "builds", b.Name),
	}
	if b.RerunOf != nil {
		build.RerunOf = b.RerunOf.ID
	}
	if b.CreatedBy != nil {
		build.By = *b.CreatedBy
	}
	return build
}

func resource(at place, of atc.Resource) digest.Resource {
	resource := digest.Resource{
		Name: of.Name, Link: at.link("resources", of.Name),
		Pinned: of.PinnedVersion != nil && !of.PinnedInConfig, Comment: of.PinComment,
	}
	if of.Build != nil {
		resource.Check = digest.Status(of.Build.Status)
	}
	return resource
}

func (r *reader) pipeline(p atc.Pipeline) *digest.Pipeline {
	return &digest.Pipeline{
		Ref: p.Ref().String(), Link: r.place(r.Name(), p.Ref()).link(),
		Paused: p.Paused, PausedBy: p.PausedBy, PausedAt: moment(p.PausedAt), Archived: p.Archived,
		ParentJob: p.ParentJobID, ParentBuild: p.ParentBuildID, Updated: moment(p.LastUpdated),
	}
}

// place is where a pipeline's pages are: the part before what is in it, and the query after.
type place struct{ path, query string }

func (r *reader) place(team string, ref atc.PipelineRef) place {
	p := place{path: r.base + "/teams/" + url.PathEscape(team) + "/pipelines/" + url.PathEscape(ref.Name)}
	if query := ref.QueryParams().Encode(); query != "" {
		p.query = "?" + query
	}
	return p
}

// link is the page of a pipeline, or of something in it.
func (p place) link(of ...string) string {
	path := p.path
	for _, part := range of {
		path += "/" + url.PathEscape(part)
	}
	return path + p.query
}

// moment is one of Concourse's, in seconds; 0 is none.
func moment(seconds int64) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// waits is what stands in a build's way.
func waits(p atc.BuildPreparation) (reasons []string) {
	for _, is := range []struct {
		status atc.BuildPreparationStatus
		words  string
	}{{p.PausedPipeline, "the pipeline, which is paused"}, {p.PausedJob, "the job, which is paused"}, {p.MaxRunningBuilds, "the builds before it"}} {
		if is.status == atc.BuildPreparationStatusBlocking {
			reasons = append(reasons, is.words)
		}
	}
	for _, input := range slices.Sorted(maps.Keys(p.Inputs)) {
		if p.Inputs[input] == atc.BuildPreparationStatusBlocking {
			reasons = append(reasons, "its input "+input)
		}
	}
	for _, input := range slices.Sorted(maps.Keys(p.MissingInputReasons)) {
		reasons = append(reasons, "its input "+input+": "+p.MissingInputReasons[input])
	}
	return reasons
}
