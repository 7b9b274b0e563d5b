// Package mistake tells what is wrong with a team's config before anything is set by it: the model of the config is that of
// package checklist, and this project's pipelines are what it must fit.
package mistake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/nearest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Judge tells all that would go wrong if the boxes of the config were set.
func Judge(f Facts) (found []report.Finding) {
	for _, problem := range f.Config.Problems() {
		place, _, _ := strings.Cut(problem.Error(), " ")
		found = append(found, mistake("config-mistake", strings.TrimSuffix(place, ":"), problem.Error(), "Correct it in checklist.yml"))
	}
	found = append(found, f.unknown()...)
	found = append(found, f.missing()...)
	found = append(found, f.sourceless()...)
	found = append(found, f.misfits()...)
	found = append(found, f.unused()...)
	found = append(found, f.slips()...)
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

// unknown tells of lines that this project does not have. Vars of one that is only left out may stay.
func (f Facts) unknown() (found []report.Finding) {
	lines := f.Lines()
	look := func(line, subject, place string) {
		if !slices.Contains(lines, line) {
			m := mistake("line-unknown", subject, fmt.Sprintf("%s is no line of the checklist%s", line, nearest.Hint(line, lines)),
				fmt.Sprintf("Correct it in %s in checklist.yml", place))
			m.Detail = "lines are " + strings.Join(lines, ", ")
			found = append(found, m)
		}
	}
	for _, b := range f.Config.Boxes() {
		look(b.Line, b.String(), "environments."+b.Environment+".lines")
	}
	for line := range f.Config.LineVars {
		look(line, "line_vars."+line, "line_vars")
	}
	return found
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

// refused tells what else Concourse would not take.
func (f Facts) refused() []report.Finding {
	return f.each("pipeline-refused", func(u user) error {
		if p := f.Pipelines[u.pipeline]; len(missing(u.vars, p.Wanted))+len(misfits(u.vars, p)) > 0 {
			return nil // and is told of already
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

// asks says who asks for something.
func asks(names []string) string {
	if len(names) == 1 {
		return names[0] + " wants it"
	}
	return fmt.Sprintf("%s and %s want it", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}
