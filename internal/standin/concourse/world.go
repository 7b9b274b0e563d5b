// Package concourse is a stand-in of Concourse's web node: its tokens for local users, and of its API what tells how pipelines stand.
// It can only be read; whatever else it is asked for, it refuses.
package concourse

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/concourse/concourse/atc"
)

// World is what a Concourse holds.
type World struct {
	Version   string // of Concourse
	Users     []User
	Pipelines []*Pipeline // of all teams
}

// User is a local user.
type User struct {
	Name, Password string
	Admin          bool
	Roles          map[string][]string // team -> roles
}

// Pipeline is a pipeline with all that is in it.
type Pipeline struct {
	atc.Pipeline
	Jobs      []*Job
	Resources []atc.Resource
}

// Job is a job with its builds, in any order.
type Job struct {
	atc.Job
	Builds []atc.Build
	Waits  map[int]atc.BuildPreparation // of pending builds, by their ID
}

// Pipeline is a pipeline by its team and by its name as fly writes it.
func (w *World) Pipeline(team, ref string) *Pipeline {
	i := slices.IndexFunc(w.Pipelines, func(p *Pipeline) bool { return p.TeamName == team && p.Ref().String() == ref })
	if i < 0 {
		return nil
	}
	return w.Pipelines[i]
}

// pipeline is a pipeline as a request names it.
func (w *World) pipeline(team, name string, vars atc.InstanceVars) *Pipeline {
	i := slices.IndexFunc(w.Pipelines, func(p *Pipeline) bool {
		return p.TeamName == team && p.Name == name && len(p.InstanceVars) == len(vars) && (len(vars) == 0 || reflect.DeepEqual(p.InstanceVars, vars))
	})
	if i < 0 {
		return nil
	}
	return w.Pipelines[i]
}

// Remove takes a pipeline away.
func (w *World) Remove(team, ref string) {
	gone := w.Pipeline(team, ref)
	w.Pipelines = slices.DeleteFunc(w.Pipelines, func(p *Pipeline) bool { return p == gone })
}

// Job is a job of a pipeline by its name.
func (p *Pipeline) Job(name string) *Job {
	i := slices.IndexFunc(p.Jobs, func(j *Job) bool { return j.Name == name })
	if i < 0 {
		return nil
	}
	return p.Jobs[i]
}

// Last is the newest build.
func (j *Job) Last() *atc.Build { return &j.sorted()[0] }

// sorted are the builds in the order of Concourse's pages: the newest first, a rerun just before what it repeats.
func (j *Job) sorted() []atc.Build {
	slices.SortFunc(j.Builds, func(a, b atc.Build) int {
		return cmp.Or(cmp.Compare(original(b), original(a)), cmp.Compare(b.ID, a.ID))
	})
	return j.Builds
}

func original(b atc.Build) int {
	if b.RerunOf != nil {
		return b.RerunOf.ID
	}
	return b.ID
}

// summary is a job as its pipeline's list has it: with the build that ended last, and the one that is next.
func (j *Job) summary(p *Pipeline) atc.JobSummary {
	s := atc.JobSummary{
		ID: j.ID, Name: j.Name, TeamName: p.TeamName, PipelineID: p.ID, PipelineName: p.Name, PipelineInstanceVars: p.InstanceVars,
		Paused: j.Paused, PausedBy: j.PausedBy, PausedAt: j.PausedAt,
	}
	for _, b := range j.Builds {
		brief := &atc.BuildSummary{
			ID: b.ID, Name: b.Name, JobName: j.Name, Status: b.Status, StartTime: b.StartTime, EndTime: b.EndTime, TeamName: p.TeamName,
			PipelineID: p.ID, PipelineName: p.Name, PipelineInstanceVars: p.InstanceVars,
		}
		if b.IsRunning() {
			if s.NextBuild == nil || b.ID < s.NextBuild.ID {
				s.NextBuild = brief
			}
		} else if s.FinishedBuild == nil || b.ID > s.FinishedBuild.ID {
			s.FinishedBuild = brief
		}
	}
	return s
}
