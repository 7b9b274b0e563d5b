// Package mistake tells what is wrong with a team's config before anything is set by it: the model of the config is that of
// package checklist, and this project's pipelines are what it must fit.
package mistake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/nearest"
	"github.com/cloud-gov/platform-checklist/internal/report"
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
	name, pipeline string
	vars           checklist.Vars
}

func (u user) same(other user) bool { return u.name == other.name }

// users are the boxes whose lines are known, and the parent pipeline.
func (f Facts) users() (all []user) {
	for _, b := range f.Config.Boxes() {
		if u := (user{b.String(), b.Line, f.Config.BoxVars(b)}); slices.Contains(f.Lines(), b.Line) && !slices.ContainsFunc(all, u.same) {
			all = append(all, u)
		}
	}
	if _, there := f.Pipelines[Parent]; there {
		all = append(all, user{"the parent pipeline", Parent, f.Config.ParentVars()})
	}
	return all
}

// Judge tells all that would go wrong if the boxes of the config were set.
func Judge(f Facts) (found []report.Finding) {
	for _, problem := range f.Config.Problems() {
		place, _, _ := strings.Cut(problem.Error(), " ")
		found = append(found, mistake("config-mistake", strings.TrimSuffix(place, ":"), problem.Error(), "Correct it in checklist.yml"))
	}
	found = append(found, f.unknown()...)
	found = append(found, f.missing()...)
	found = append(found, f.unused()...)
	found = append(found, f.absent()...)
	found = append(found, f.mornings()...)
	found = append(found, f.refused()...)
	report.Sort(found)
	return found
}

// mistake stands in the way of all boxes, lest half of them are set.
func mistake(rule, subject, summary, action string) report.Finding {
	return report.Finding{Rule: rule, Subject: subject, Severity: report.Warning, Summary: summary, Action: action + "; until then nothing is set."}
}

func (f Facts) unknown() (found []report.Finding) {
	lines := f.Lines()
	for _, b := range f.Config.Boxes() {
		if !slices.Contains(lines, b.Line) {
			m := mistake("line-unknown", b.String(), fmt.Sprintf("%s is no line of the checklist%s", b.Line, nearest.Hint(b.Line, lines)),
				fmt.Sprintf("Correct it in environments.%s.lines in checklist.yml", b.Environment))
			m.Detail = "lines are " + strings.Join(lines, ", ")
			found = append(found, m)
		}
	}
	return found
}

func (f Facts) missing() (found []report.Finding) {
	wanting, hints := map[string][]string{}, map[string]string{}
	for _, u := range f.users() {
		for _, path := range missing(u.vars, f.Pipelines[u.pipeline].Wanted) {
			place := path
			if u.pipeline != Parent {
				place = "vars." + path // the parent pipeline reaches the same by this path
			}
			wanting[place] = append(wanting[place], u.name)
			hints[place] = hint(u.vars, path)
		}
	}
	for _, place := range slices.Sorted(maps.Keys(wanting)) {
		m := mistake("var-missing", place, fmt.Sprintf("%s is missing%s: %s", place, hints[place], asks(wanting[place])),
			"Add it to checklist.yml, empty where it means nothing")
		found = append(found, m)
	}
	return found
}

// asks says who asks for something.
func asks(names []string) string {
	if len(names) == 1 {
		return names[0] + " wants it"
	}
	return fmt.Sprintf("%s and %s want it", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}

// unused tells of vars that no pipeline would want, whatever its line: a name with a slip, while the one that was meant
// keeps the value that it has farther away.
func (f Facts) unused() (found []report.Finding) {
	look := func(place string, vars checklist.Vars, wanted []string) {
		for _, path := range unused(vars, wanted) {
			found = append(found, mistake("var-unused", place+"."+path, fmt.Sprintf("%s.%s: no pipeline wants it%s", place, path, meant(path, wanted)),
				"Correct its name in checklist.yml, or take it out"))
		}
	}
	var boxes, parent []string
	for name, p := range f.Pipelines {
		for _, path := range p.Wanted {
			if name != Parent {
				boxes = append(boxes, path)
			} else if of, path, _ := strings.Cut(path, "."); of == "vars" {
				boxes = append(boxes, path)
			} else if of == "parent" {
				parent = append(parent, path)
			}
		}
	}
	look("vars", f.Config.Vars, boxes)
	look("parent", f.Config.Parent, parent)
	for line, vars := range f.Config.LineVars {
		if p, known := f.Pipelines[line]; known {
			look("line_vars."+line, vars, p.Wanted)
		}
	}
	for name, e := range f.Config.Environments {
		look("environments."+name+".vars", e.Vars, boxes)
	}
	return found
}

// meant is the key beside a path's last one that a pipeline does want.
func meant(path string, wanted []string) string {
	i := strings.LastIndex(path, ".") + 1
	var beside []string
	for _, w := range wanted {
		if rest, is := strings.CutPrefix(w, path[:i]); is {
			key, _, _ := strings.Cut(rest, ".")
			beside = append(beside, key)
		}
	}
	slices.Sort(beside)
	return nearest.Hint(path[i:], beside)
}

func (f Facts) absent() (found []report.Finding) {
	for _, file := range f.Absent {
		var readers []string
		for _, u := range f.users() {
			if slices.Contains(f.Pipelines[u.pipeline].Files, file) {
				readers = append(readers, u.name)
			}
		}
		action := "Add it to the config; pipelines/example has one"
		if strings.HasPrefix(file, "checklist/") {
			action = "Pin another tag of this project"
		}
		if readers != nil {
			found = append(found, mistake("file-missing", file, fmt.Sprintf("%s is not there: %s", file, asks(readers)), action))
		}
	}
	return found
}

func (f Facts) mornings() []report.Finding {
	return f.each("morning-mistake", func(u user) (err error) {
		vars := u.vars
		if u.pipeline == Parent {
			vars = f.Config.Parent
		}
		if _, given := vars["morning"]; given {
			_, err = vars.Morning()
		}
		return err
	})
}

// refused tells what Concourse would not take. A pipeline that lacks a var is told of already.
func (f Facts) refused() []report.Finding {
	return f.each("pipeline-refused", func(u user) error {
		if len(missing(u.vars, f.Pipelines[u.pipeline].Wanted)) > 0 {
			return nil
		}
		return f.Refuses(u.pipeline, u.vars)
	})
}

// each makes one finding of what is wrong alike with many.
func (f Facts) each(rule string, wrong func(user) error) (found []report.Finding) {
	names := map[string][]string{}
	for _, u := range f.users() {
		if err := wrong(u); err != nil {
			names[err.Error()] = append(names[err.Error()], u.name)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(names)) {
		m := mistake(rule, names[text][0], text, "Correct the var in checklist.yml")
		if len(names[text]) > 1 {
			m.Detail = "so it is for " + strings.Join(names[text], ", ")
		}
		found = append(found, m)
	}
	return found
}
