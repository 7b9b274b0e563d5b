package main

import (
	"context"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at one environment's monitoring.
type check struct {
	*config
	policy *alert.Policy
}

// look reads part by part; what cannot be read is a gap, and the other parts are judged without it.
func (c *check) look(ctx context.Context, run *task.Run) error {
	l := &looker{check: c, run: run, facts: alert.Facts{Scope: run.Scope, Page: strings.TrimSuffix(c.Alertmanager.URL, "/")}}
	run.Dated(run.Scope, "what fires is read as it is now", time.Now())
	l.readAlertmanager(ctx)
	l.readPrometheus(ctx)
	l.readNotifications(ctx)
	l.sendCanary(ctx)
	l.reviewNoise(ctx)
	run.Find(alert.Judge(l.facts, *c.policy, run.Now())...)
	return ctx.Err()
}

// looker gathers the facts of one look.
type looker struct {
	*check
	run          *task.Run
	facts        alert.Facts
	alertmanager *alertmanagerClient
	prometheus   *prometheusClient
	slack        *slackapi.Client  // nil where nobody could sign in
	inhibitors   map[string]string // alerts' names by fingerprint
}

// miss records what could not be read.
func (l *looker) miss(part, doing string, err error, action string) {
	l.run.Miss(l.run.Scope+"/"+part, doing+": "+misread(fetch.Scrub(err)).Error(), action)
}

// pause waits, and tells whether there is still time.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
