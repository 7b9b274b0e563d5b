package mistake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// Pipeline is what pipelines/<name>.yml says of itself before it has its vars.
type Pipeline struct {
	Jobs    []string
	Wanted  []string          // vars, each once
	Kinds   map[string]string // of the vars that must be keys and values, or a list, to be set
	Sources map[string]string // types of resources, by the vars that are their whole source
	Files   []string          // that its tasks read, in the inputs config and checklist
}

// ReadPipeline reads a pipeline file.
func ReadPipeline(text []byte) (Pipeline, error) {
	document := checklist.Vars{}
	if err := strict.YAML(text, &document); err != nil {
		return Pipeline{}, err
	}
	p := Pipeline{Wanted: Wanted(text), Kinds: map[string]string{}, Sources: map[string]string{}}
	for _, match := range typed.FindAllSubmatch(comment.ReplaceAll(text, nil), -1) {
		p.Kinds[string(match[2])] = map[string]string{"source": withKeys, "tags": aList}[string(match[1])]
	}
	for _, job := range entries(document["jobs"]) {
		p.Jobs = append(p.Jobs, fmt.Sprint(job["name"]))
	}
	for _, resource := range append(entries(document["resource_types"]), entries(document["resources"])...) {
		source, _ := resource["source"].(string)
		if match := reference.FindStringSubmatch(source); match != nil && match[0] == source {
			p.Sources[match[1]] = fmt.Sprint(resource["type"])
		}
	}
	for _, match := range input.FindAllSubmatch(comment.ReplaceAll(text, nil), -1) {
		if file := string(match[1]); !strings.Contains(file, "((") {
			p.Files = append(p.Files, file)
		}
	}
	slices.Sort(p.Files)
	p.Files = slices.Compact(p.Files)
	return p, nil
}

// entries are those of a list that have keys and values.
func entries(list any) (all []checklist.Vars) {
	items, _ := list.([]any)
	for _, item := range items {
		if item, is := item.(checklist.Vars); is {
			all = append(all, item)
		}
	}
	return all
}

// reference is ((name)) or ((name.field)), as Concourse reads it; local vars begin with a dot.
// https://concourse-ci.org/vars.html#var-syntax
var reference = regexp.MustCompile(`\(\(\s*([A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)\s*\)\)`)

// typed is a place where Concourse takes one kind of value alone.
var typed = regexp.MustCompile(`\b(source|tags): \(\(\s*([\w.-]+)\s*\)\)`)

// comment is taken away before a pipeline is searched.
var comment = regexp.MustCompile(`(?m)(^|\s)#.*$`)

// input is a file in one of the two inputs that every pipeline has by these names.
var input = regexp.MustCompile(`(?m)(?:^|[\s\[])((?:config|checklist)/[^\s,\]}]+)`)

// Wanted are the vars that a pipeline wants to know, each once.
func Wanted(pipeline []byte) (vars []string) {
	for _, match := range reference.FindAllSubmatch(comment.ReplaceAll(pipeline, nil), -1) {
		vars = append(vars, string(match[1]))
	}
	slices.Sort(vars)
	return slices.Compact(vars)
}
