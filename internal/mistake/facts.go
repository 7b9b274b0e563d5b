package mistake

import (
	"maps"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
)

// Parent is the file of the pipeline that sets all others, without its ending.
const Parent = "parent"

// Facts are a team's config and the project that it is for.
type Facts struct {
	Config    checklist.Config
	Pipelines map[string]Pipeline // by their files' names
	Absent    []string            // of the files that pipelines read, those that are not there

	// Refuses says why Concourse would not take a pipeline with these vars; nil: it would.
	Refuses func(pipeline string, vars checklist.Vars) error
}

// Lines are the pipelines that have a job of their own name: those of the checklist's lines.
func (f Facts) Lines() (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(f.Pipelines)) {
		if slices.Contains(f.Pipelines[name].Jobs, name) {
			lines = append(lines, name)
		}
	}
	return lines
}

// user is a pipeline with the vars that it will have.
type user struct {
	checklist.Box  // nothing for the parent pipeline
	name, pipeline string
	vars           checklist.Vars
}

func (u user) same(other user) bool { return u.name == other.name }

// users are the boxes whose lines are known, and the parent pipeline.
func (f Facts) users() (all []user) {
	for _, b := range f.Config.Boxes() {
		if u := (user{b, b.String(), b.Line, f.Config.BoxVars(b)}); slices.Contains(f.Lines(), b.Line) && !slices.ContainsFunc(all, u.same) {
			all = append(all, u)
		}
	}
	if _, there := f.Pipelines[Parent]; there {
		all = append(all, user{checklist.Box{}, "the parent pipeline", Parent, f.Config.ParentVars()})
	}
	return all
}

// place is where in the config a user has a var from, or would have it.
func (f Facts) place(u user, path string) string {
	if u.pipeline == Parent {
		return path
	}
	key, _, _ := strings.Cut(path, ".")
	if _, here := f.Config.Environments[u.Environment].Vars[key]; here {
		return "environments." + u.Environment + ".vars." + path
	}
	if _, here := f.Config.LineVars[u.Line][key]; here {
		return "line_vars." + u.Line + "." + path
	}
	return "vars." + path
}
