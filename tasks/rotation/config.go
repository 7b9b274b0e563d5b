package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/strict"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	Schedule string `env:"SCHEDULE" help:"Schedule file (YAML): who is on support when, and where Slack says so."`
	Apply    bool   `env:"APPLY" help:"Set in Slack what differs, and post the hand-off; without it they are told alone."`
	Adopt    bool   `env:"ADOPT" help:"With APPLY, for one run: put the schedule's words into a topic that has none, or others by hand."`

	SlackToken fetch.Secret `env:"SLACK_TOKEN" help:"A bot's token."`
	SlackAPI   string       `name:"slack-api-url" env:"SLACK_API_URL" default:"https://slack.com/api/" help:"Slack's Web API; https://slack-gov.com/api/ in GovSlack."`

	Checklist string `env:"CHECKLIST" help:"The team's checklist.yml, by which the hand-off knows the boxes; needed with a bucket."`
	evidence.Parameters

	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"1m" help:"For one request with its tries; Slack may ask to wait for half a minute."`

	schedule *rotation.Schedule
	boxes    []checklist.Box
}

// Problems tells all that is wrong with the values, and with the files that they name.
func (c *config) Problems() []error {
	problems := c.Parameters.Problems()
	wrong := func(text string) { problems = append(problems, errors.New(text)) }
	if c.SlackToken.IsZero() {
		wrong("SLACK_TOKEN is missing: give a bot's token")
	}
	if u, ok := fetch.Address(c.SlackAPI); !ok || u.User != nil {
		wrong("SLACK_API_URL wants an address such as https://slack.com/api/")
	}
	if c.Adopt && !c.Apply {
		wrong("ADOPT has no effect without APPLY=true: give both, or neither")
	}
	if c.EvidenceBucket != "" && c.Checklist == "" {
		wrong("CHECKLIST is missing: name checklist.yml, or no bucket is looked into")
	}
	if c.RequestTimeout <= 0 {
		wrong(fmt.Sprintf("REQUEST_TIMEOUT is %s: give a time such as 1m", c.RequestTimeout))
	}
	if c.Checklist != "" {
		boxes := new(checklist.Config)
		problems = append(problems, read("CHECKLIST", c.Checklist, boxes)...)
		c.boxes = boxes.Boxes()
	}
	if c.Schedule == "" {
		wrong("SCHEDULE is missing: name the schedule file, such as config/rotation.yml")
		return problems
	}
	c.schedule = rotation.DefaultSchedule()
	return append(problems, read("SCHEDULE", c.Schedule, c.schedule)...)
}

// read fills what into points at from a file, and tells all that is wrong with it.
func read(parameter, path string, into any) []error {
	file, err := os.ReadFile(path)
	if err != nil {
		return []error{fmt.Errorf("%s: %w", parameter, err)}
	}
	if len(bytes.TrimSpace(file)) == 0 {
		return []error{fmt.Errorf("%s is empty", path)}
	}
	if err := strict.YAML(file, into); err != nil {
		return strict.At(path, strict.Each(err))
	}
	return strict.At(path, strict.Problems(into))
}

func line() task.Line {
	c := &check{config: new(config), policy: rotation.DefaultPolicy()}
	return task.Line{
		Name:    "rotation",
		Title:   "Slack says who is on support, as the schedule does",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#is-it-your-first-day-of-support",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
