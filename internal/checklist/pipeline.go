package checklist

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/nearest"
)

// reference is ((name)) or ((name.field)), as Concourse reads it; local vars begin with a dot.
// https://concourse-ci.org/vars.html#var-syntax
var reference = regexp.MustCompile(`\(\(\s*([A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)\s*\)\)`)

// comment is taken away before a pipeline is searched.
var comment = regexp.MustCompile(`(?m)(^|\s)#.*$`)

// Wanted are the vars that a pipeline wants to know, each once.
func Wanted(pipeline []byte) (vars []string) {
	for _, match := range reference.FindAllSubmatch(comment.ReplaceAll(pipeline, nil), -1) {
		vars = append(vars, string(match[1]))
	}
	slices.Sort(vars)
	return slices.Compact(vars)
}

// Missing are those of the wanted vars that are not given.
func (v Vars) Missing(wanted []string) (problems []error) {
	for _, path := range wanted {
		if !slices.Contains(instanceVars, path) && !v.gives(path) {
			first, _, _ := strings.Cut(path, ".")
			problems = append(problems, fmt.Errorf("%s is missing%s: add it to vars in checklist.yml, empty where it means nothing", path,
				nearest.Hint(first, slices.DeleteFunc(slices.Sorted(maps.Keys(v)), func(key string) bool { return key == first }))))
		}
	}
	return problems
}

// gives tells whether a path leads to a value, be it an empty one. What is behind a reference to a secret only the
// credential manager knows.
func (v Vars) gives(path string) bool {
	first, rest, deeper := strings.Cut(path, ".")
	value, given := v[first]
	if !given || !deeper {
		return given
	}
	switch value := value.(type) {
	case string:
		return strings.HasPrefix(value, "((") && strings.HasSuffix(value, "))")
	case Vars: // yaml makes maps within one of its own type
		return value.gives(rest)
	}
	return false
}
