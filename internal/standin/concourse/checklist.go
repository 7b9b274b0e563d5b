package concourse

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/concourse/concourse/atc"
)

// What a world of [Checklist] lets in, and how its pipelines are called.
const (
	Team     = "main"
	Viewer   = "digest"
	Password = "standin-password-90d2aa"
	Parent   = "checklist-parent"
	Group    = "checklist"
)

// Ref is a box's pipeline as fly writes it.
func Ref(environment, line string) string {
	return fmt.Sprintf("%s/environment:%s,line:%s", Group, environment, line)
}

// Checklist is a Concourse with a green box for each line of each environment, which ran at these moments, the oldest first, and with
// the parent that set them before.
func Checklist(lines map[string][]string, runs []time.Time) *World {
	w := &World{Version: "8.2.5", Users: []User{
		{Name: Viewer, Password: Password, Roles: map[string][]string{Team: {"viewer"}}},
		{Name: "stranger", Password: Password, Roles: map[string][]string{"other": {"owner"}}},
	}}
	ids := 0
	next := func() int { ids++; return ids }
	first := runs[0].AddDate(0, 0, -1)
	set := built(next(), "1", first)
	parent := &Job{Job: atc.Job{ID: next(), Name: "pipelines"}, Builds: []atc.Build{set}}
	w.Pipelines = append(w.Pipelines, &Pipeline{
		Pipeline: atc.Pipeline{ID: next(), Name: Parent, TeamName: Team, LastUpdated: first.Unix()},
		Jobs:     []*Job{parent}, Resources: []atc.Resource{checked("config", "git", runs[len(runs)-1])},
	})
	for _, environment := range slices.Sorted(maps.Keys(lines)) {
		for _, line := range lines[environment] {
			job := &Job{Job: atc.Job{ID: next(), Name: line}}
			for n, at := range runs {
				job.Builds = append(job.Builds, built(next(), fmt.Sprint(n+1), at))
			}
			w.Pipelines = append(w.Pipelines, &Pipeline{
				Pipeline: atc.Pipeline{
					ID: next(), Name: Group, TeamName: Team, LastUpdated: first.Unix(),
					InstanceVars: atc.InstanceVars{"environment": environment, "line": line}, ParentJobID: parent.ID, ParentBuildID: set.ID,
				},
				Jobs:      []*Job{job},
				Resources: []atc.Resource{checked("morning", "time", runs[len(runs)-1]), checked("evidence", "evidence", runs[len(runs)-1])},
			})
		}
	}
	return w
}

// built is a build that took two minutes and is green.
func built(id int, name string, at time.Time) atc.Build {
	return atc.Build{ID: id, Name: name, Status: atc.StatusSucceeded, StartTime: at.Unix(), EndTime: at.Add(2 * time.Minute).Unix()}
}

// checked is a resource whose last check went well.
func checked(name, kind string, at time.Time) atc.Resource {
	return atc.Resource{Name: name, Type: kind, LastChecked: at.Unix(), Build: &atc.BuildSummary{Name: "check", Status: atc.StatusSucceeded, StartTime: at.Unix()}}
}
