// Package checklist knows which boxes must exist: a team's config, line by environment.
package checklist

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// Config is a team's checklist.yml.
type Config struct {
	Parent       Vars                   `yaml:"parent"`    // of the parent pipeline alone
	Vars         Vars                   `yaml:"vars"`      // of every box, and of the parent pipeline
	LineVars     map[string]Vars        `yaml:"line_vars"` // of one line in every environment
	Environments map[string]Environment `yaml:"environments"`
}

// Read reads checklist.yml. Errors name keys alone: a secret in it is in none. Vars are as they were written.
func Read(text []byte) (c Config, err error) {
	err = strict.YAML(text, &c, strict.NamesOnly, strict.Literal)
	return c, err
}

// Vars are what a pipeline wants to know. One that is given nearer replaces one that is given farther, whole, as with
// the var files of fly: an environment's, its line's, those of all.
type Vars map[string]any

// Environment is one place, and the lines that are asked there.
type Environment struct {
	Lines []string `yaml:"lines"`
	Vars  Vars     `yaml:"vars"`
}

// Box is one line in one environment: one instance of the group of pipelines.
type Box struct {
	Line        string `json:"line"`
	Environment string `json:"environment"`
}

func (b Box) String() string { return b.Environment + "/" + b.Line }

// List is the file with all boxes, beside a folder of vars for each environment.
const List = "boxes.json"

// Boxes are all that must exist, by environment, each with its lines in the order of the config.
func (c Config) Boxes() (boxes []Box) {
	for _, name := range slices.Sorted(maps.Keys(c.Environments)) {
		for _, line := range c.Environments[name].Lines {
			boxes = append(boxes, Box{Line: line, Environment: name})
		}
	}
	return boxes
}

// BoxVars are the vars of a box.
func (c Config) BoxVars(b Box) Vars {
	vars := Vars{}
	for _, given := range []Vars{c.Vars, c.LineVars[b.Line], c.Environments[b.Environment].Vars} {
		maps.Copy(vars, given)
	}
	return vars
}

// ParentVars are the whole config, as the parent pipeline is set with it.
func (c Config) ParentVars() Vars { return Vars{"vars": c.Vars, "parent": c.Parent} }

// name is what Concourse, S3 and a terminal all take for a name.
var name = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)

// scope is what a task takes for its SCOPE: see package task. One that it refuses would keep the parent pipeline from setting
// itself again, with the correction too.
var scope = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// InstanceVars are those that tell boxes apart; the parent pipeline sets them.
var InstanceVars = []string{"environment", "line"}

// Problems tells all that is wrong in the config itself.
func (c Config) Problems() (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if len(c.Environments) == 0 {
		wrong("environments is missing: name each environment with its lines")
	}
	for _, environment := range slices.Sorted(maps.Keys(c.Environments)) {
		e, place := c.Environments[environment], "environments."+environment
		if !name.MatchString(environment) {
			wrong("%s: wants lower-case letters, digits, . _ and - for a name", place)
		}
		if environment == List {
			wrong("%s: the list of boxes has this name: give it another", place)
		}
		if len(e.Lines) == 0 {
			wrong("%s.lines is empty: name its lines, or take the environment out", place)
		}
		for i, line := range e.Lines {
			if slices.Contains(e.Lines[:i], line) {
				wrong("%s.lines names %s twice: keep one", place, line)
			}
		}
		problems = append(problems, e.Vars.reserved(place+".vars")...)
	}
	for _, line := range slices.Sorted(maps.Keys(c.LineVars)) {
		problems = append(problems, c.LineVars[line].reserved("line_vars."+line)...)
	}
	if given, is := c.Parent["scope"]; is {
		if text, _ := given.(string); !scope.MatchString(text) {
			wrong("parent.scope wants letters, digits and . _ -, and no reference: reports are filed under it")
		}
	}
	return append(problems, c.Vars.reserved("vars")...)
}

func (v Vars) reserved(place string) (problems []error) {
	for _, key := range InstanceVars {
		if _, given := v[key]; given {
			problems = append(problems, fmt.Errorf("%s.%s is set for each box by itself: take it out", place, key))
		}
	}
	return problems
}
