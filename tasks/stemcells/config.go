package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	bosh.Parameters

	BoshIO    string `name:"bosh-io-url" env:"BOSH_IO_URL" default:"https://bosh.io" help:"Where published stemcells are listed; a mirror perhaps."`
	DatesFile string `env:"DATES_FILE" help:"YAML file of publication dates, name: {version: date}, where the tarballs' Last-Modified won't do."`

	Concurrency  int           `env:"CONCURRENCY" default:"3" help:"Deployments read at the same time, 1 to 5: a director has few workers."`
	QueueTimeout time.Duration `env:"QUEUE_TIMEOUT" default:"2m" help:"For the director to begin listing a deployment's VMs."`
	TaskTimeout  time.Duration `env:"TASK_TIMEOUT" default:"5m" help:"For the director to end it."`

	dates dates
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() []error {
	problems := c.Parameters.Problems()
	if _, ok := fetch.Address(c.BoshIO); !ok {
		problems = append(problems, errors.New("BOSH_IO_URL wants an address such as https://bosh.io"))
	}
	if c.Concurrency < 1 || c.Concurrency > 5 {
		problems = append(problems, fmt.Errorf("CONCURRENCY wants 1 to 5, not %d", c.Concurrency))
	}
	for _, t := range []struct {
		name  string
		value time.Duration
	}{{"QUEUE_TIMEOUT", c.QueueTimeout}, {"TASK_TIMEOUT", c.TaskTimeout}} {
		if t.value <= 0 {
			problems = append(problems, fmt.Errorf("%s is %s: give a time such as 2m", t.name, t.value))
		}
	}
	var err error
	if c.dates, err = readDates(c.DatesFile); err != nil {
		problems = append(problems, err)
	}
	return problems
}

// director is the one to look at, with what it is given for its tasks.
func (c *config) director() bosh.Options {
	o := c.Options()
	o.Queue, o.Run = c.QueueTimeout, c.TaskTimeout
	return o
}

func line() task.Line {
	c := &check{config: new(config), policy: stemcell.DefaultPolicy()}
	return task.Line{
		Name:    "stemcells",
		Title:   "Every VM runs the current stemcell of its line",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#ensure-all-vms-are-running-the-current-stemcell",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
