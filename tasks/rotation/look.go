package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at the rotation.
type check struct {
	*config
	policy *rotation.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	if c.Apply && !run.AsOf.IsZero() {
		return errors.New("AS_OF and APPLY exclude each other: Slack would say who is on support at another time")
	}
	run.Dated(run.Scope+"/slack", "Slack is read as it is now", time.Now())
	run.Find(c.schedule.Judge(run.Scope, c.policy.Weeks, run.Now())...)
	run.Examine("weeks of the schedule", c.policy.Weeks)
	shift := c.schedule.At(run.Now())
	if err := c.forSlackbot(run); err != nil {
		return err
	}
	w, err := c.open(ctx)
	if err != nil {
		run.Miss(run.Scope, "sign in to Slack: "+fetch.Scrub(err).Error(), slackapi.Remedy(err))
		return nil
	}
	l := &looker{check: c, run: run, slack: w, shift: shift}
	l.compare(ctx)
	if err := l.keep(); err != nil {
		return err
	}
	return l.handOff(ctx)
}

// looker is one look of one run, and what it found in Slack.
type looker struct {
	*check
	run   *task.Run
	slack *workspace
	shift rotation.Shift

	now  *reading              // what Slack says, after what was changed
	open []rotation.Difference // what it does not say
}

// compare holds Slack against the schedule, and sets what differs if it may.
func (l *looker) compare(ctx context.Context) {
	people := l.people(ctx, l.run.Scope, l.slack)
	l.now = l.places(ctx, l.run.Scope, l.slack, people)
	l.open = l.differences()
	if l.Apply {
		l.apply(ctx, people)
	}
	for _, d := range l.open {
		l.run.Find(d.Finding)
	}
	for _, g := range l.now.gaps {
		l.run.Miss(g.Subject, g.Reason, g.Action)
	}
	l.run.Examine("people", len(l.now.Users))
	l.run.Examine("channels", len(l.now.Channels))
	if l.now.Group != nil {
		l.run.Examine("user groups", 1)
	}
	if l.schedule.Slack.Group == "" {
		l.run.LeaveOut("user group", "the schedule names none (slack.group)")
	}
}

func (l *looker) differences() []rotation.Difference {
	return l.schedule.Compare(l.run.Scope, l.shift, l.now.Workspace, l.Adopt)
}

// forSlackbot gives people the text that only they can set.
func (c *check) forSlackbot(run *task.Run) error {
	text := c.schedule.Slackbot(c.policy.Weeks, run.Now())
	run.Find(report.Finding{
		Rule: "slackbot-by-hand", Subject: run.Scope + "/slackbot", Severity: report.Info,
		Summary: "no API sets Slackbot's response: its text is in report/slackbot.txt",
		Detail:  strings.TrimSpace(text),
		Action:  "Paste it as the response on the workspace's page customize/slackbot.",
	})
	return run.WriteText("slackbot.txt", text)
}

// keep writes who is on support, for other tools.
func (l *looker) keep() error {
	if l.shift.Who == "" {
		return nil
	}
	return l.run.WriteJSON("on-support.json", struct {
		Name  string    `json:"name"`
		Slack string    `json:"slack"` // user ID; empty where there is none
		From  time.Time `json:"from"`
		Until time.Time `json:"until"`
	}{l.shift.Who, l.now.Users[l.shift.Who].ID, l.shift.From, l.shift.Until})
}

// miss tells of a place that could not be read.
func (l *looker) miss(subject, doing string, err error) {
	l.run.Miss(l.run.Scope+"/"+subject, fmt.Sprintf("%s: %s", doing, fetch.Scrub(err)), slackapi.Remedy(err))
}
