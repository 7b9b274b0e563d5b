package main

import (
	"errors"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	Config    string `env:"CONFIG" default:"config/checklist.yml" help:"The team's config: which boxes there are, and their vars."`
	Pipelines string `env:"PIPELINES" default:"checklist/pipelines" help:"Folder of this project's pipelines, beside its tasks."`
	Boxes     string `env:"BOXES" default:"boxes" help:"Folder that boxes.json and the boxes' vars are written to."`
}

// policy is that of every task, but for its exceptions: a mistake that somebody accepts is set nonetheless.
type policy struct {
	report.Exceptions `yaml:",inline"`
}

// Problems refuses exceptions.
func (p *policy) Problems() []error {
	if len(p.List) > 0 {
		return []error{errors.New("exceptions: a mistake in the config cannot be accepted: correct it")}
	}
	return nil
}

func line() task.Line {
	c := &check{config: new(config)}
	return task.Line{
		Name:    "pipelines",
		Title:   "Every box of the config can be set",
		Runbook: "https://github.com/cloud-gov/platform-checklist/blob/main/docs/tasks/pipelines.md",
		Config:  c.config,
		Policy:  new(policy),
		Look:    c.look,
	}
}
