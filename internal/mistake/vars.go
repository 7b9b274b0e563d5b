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

// missing tells of vars that are not given, and of what is not there in those that are.
func (f Facts) missing() []report.Finding {
	return f.wanting("var-missing", "Add it to checklist.yml, empty where it means nothing", func(u user) map[string]string {
		wrong := map[string]string{}
		for _, path := range missing(u.vars, f.Pipelines[u.pipeline].Wanted) {
			wrong[path] = "is missing" + hint(u.vars, path)
		}
		return wrong
	})
}

// misfits tells of vars that are no keys and values, or no list, where a pipeline needs them to be.
func (f Facts) misfits() []report.Finding {
	return f.wanting("var-of-wrong-kind", "Correct it in checklist.yml; a reference to a secret does not do", func(u user) map[string]string {
		return misfits(u.vars, f.Pipelines[u.pipeline])
	})
}

// wanting makes one finding of what is wrong with a var, whoever wants it.
func (f Facts) wanting(rule, action string, wrong func(user) map[string]string) (found []report.Finding) {
	names, words := map[string][]string{}, map[string]string{}
	for _, u := range f.users() {
		for path, is := range wrong(u) {
			place := f.place(u, path)
			names[place], words[place] = append(names[place], u.name), is
		}
	}
	for _, place := range slices.Sorted(maps.Keys(names)) {
		found = append(found, mistake(rule, place, fmt.Sprintf("%s %s: %s", place, words[place], asks(names[place])), action))
	}
	return found
}

// unused tells of vars that no pipeline would want, whatever its line: a name with a slip, while the one that was meant
// keeps the value that it has farther away.
func (f Facts) unused() (found []report.Finding) {
	look := func(place string, vars checklist.Vars, wanted []string) {
		for _, path := range unused(vars, wanted) {
			if place != Parent && slices.Contains(checklist.InstanceVars, path) {
				continue // the config's own problems tell of it
			}
			found = append(found, mistake("var-unused", place+"."+path, fmt.Sprintf("%s.%s: no pipeline wants it%s", place, path, meant(path, wanted)),
				"Correct its name in checklist.yml, or take it out"))
		}
	}
	var boxes, parent []string
	for _, line := range f.Lines() {
		boxes = append(boxes, f.Pipelines[line].Wanted...)
	}
	for _, path := range f.Pipelines[Parent].Wanted {
		if of, path, _ := strings.Cut(path, "."); of == "vars" {
			boxes = append(boxes, path)
		} else if of == "parent" {
			parent = append(parent, path)
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

// missing are those of the wanted vars that are not given.
func missing(v checklist.Vars, wanted []string) (missing []string) {
	for _, path := range wanted {
		if !slices.Contains(checklist.InstanceVars, path) && !gives(v, path) {
			missing = append(missing, path)
		}
	}
	return missing
}

// gives tells whether a path leads to a value, be it an empty one, or into something that has no keys: see misfits.
func gives(v checklist.Vars, path string) bool {
	first, rest, deeper := strings.Cut(path, ".")
	value, given := v[first]
	if inner, is := value.(checklist.Vars); is && deeper { // yaml makes maps within one of its own type
		return gives(inner, rest)
	}
	return given
}

// misfits are the paths of vars that are of another kind than a pipeline needs, each with what it wants.
func misfits(v checklist.Vars, p Pipeline) map[string]string {
	wrong := map[string]string{}
	hold := func(path, kind string) {
		value, given := at(v, path)
		if is := kindOf(value); given && is != kind {
			wrong[path] = fmt.Sprintf("wants %s, not %s", kind, is)
		}
	}
	for _, path := range p.Wanted {
		for i, c := range path {
			if c == '.' {
				hold(path[:i], withKeys)
			}
		}
	}
	for path, kind := range p.Kinds {
		hold(path, kind)
	}
	return wrong
}

// The kinds of values.
const (
	withKeys = "keys and values"
	aList    = "a list"
)

func kindOf(value any) string {
	switch value.(type) {
	case checklist.Vars:
		return withKeys
	case []any:
		return aList
	}
	return "a single value"
}

// at is the value that a path leads to.
func at(v checklist.Vars, path string) (value any, given bool) {
	first, rest, deeper := strings.Cut(path, ".")
	value, given = v[first]
	if inner, is := value.(checklist.Vars); is && deeper {
		return at(inner, rest)
	}
	return value, given && !deeper
}

// hint names the key that was probably meant by the part of a path that is not there.
func hint(v checklist.Vars, path string) string {
	first, rest, _ := strings.Cut(path, ".")
	if inner, deep := v[first].(checklist.Vars); deep {
		return hint(inner, rest)
	}
	return nearest.Hint(first, slices.Sorted(maps.Keys(v)))
}

// unused are the paths of those vars that are not wanted.
func unused(v checklist.Vars, wanted []string) (paths []string) {
	for _, key := range slices.Sorted(maps.Keys(v)) {
		var fields []string
		whole := slices.Contains(wanted, key)
		for _, path := range wanted {
			if field, is := strings.CutPrefix(path, key+"."); is {
				fields = append(fields, field)
			}
		}
		inner, deep := v[key].(checklist.Vars)
		switch {
		case whole:
		case fields == nil:
			paths = append(paths, key)
		case deep:
			for _, path := range unused(inner, fields) {
				paths = append(paths, key+"."+path)
			}
		}
	}
	return paths
}
