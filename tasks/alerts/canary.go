package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/go-openapi/strfmt"
	"github.com/prometheus/alertmanager/api/v2/models"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

const (
	canaryEnds  = 10 * time.Minute // by itself, should nobody be left to resolve it
	listedIn    = 10 * time.Second // Alertmanager lists an alert at once
	resolveTime = 3 * time.Second  // less than the frame's patience with an aborted run
)

// sendCanary sends a test alert and looks for it where it must arrive.
func (l *looker) sendCanary(ctx context.Context) {
	destinations := l.policy.Canary.Destinations
	if len(destinations) == 0 {
		l.run.LeaveOut(l.run.Scope+"/canary", "the policy names no destination (canary.destinations): nobody proves that alerts arrive")
		return
	}
	if !l.run.AsOf.IsZero() {
		l.run.LeaveOut(l.run.Scope+"/canary", "AS_OF judges another time: a test alert sent now proves nothing of it")
		return
	}
	if l.facts.Alertmanager == nil {
		l.miss("canary", "send the canary", errors.New("Alertmanager cannot be read"), "")
		return
	}
	nonce := make([]byte, 8)
	_, _ = rand.Read(nonce) // never fails
	c := &alert.Canary{Nonce: hex.EncodeToString(nonce), Waited: l.policy.Canary.Within}
	err := l.follow(ctx, c)
	c.Unresolved = l.resolve(ctx, c.Nonce)
	if ctx.Err() != nil {
		return // the frame tells
	}
	if err != nil {
		l.miss("canary", "send the canary", err, "")
		return
	}
	l.tell(c)
	l.facts.Canary = c
}

// follow posts the canary, reads it back, and looks for it at its destinations.
func (l *looker) follow(ctx context.Context, c *alert.Canary) error {
	began := time.Now()
	if err := l.postCanary(ctx, c.Nonce, canaryEnds); err != nil {
		return err
	}
	if err := l.readBack(ctx, c); err != nil {
		return err
	}
	for _, d := range l.policy.Canary.Destinations {
		verdict, worth := c.Expect(d.Receiver)
		if worth && d.Channel == "" && d.Address == "" {
			verdict = alert.NotProvable
		}
		c.Sights = append(c.Sights, alert.Sight{Destination: d, Verdict: verdict})
	}
	return l.watch(ctx, c, began)
}

// postCanary gives the canary an end in so much time by Alertmanager's clock, in the past to resolve it.
func (l *looker) postCanary(ctx context.Context, nonce string, ends time.Duration) error {
	now := time.Now().Add(l.alertmanager.ahead())
	labels := models.LabelSet{}
	maps.Copy(labels, models.LabelSet(l.policy.Canary.Labels))
	labels["alertname"], labels["run_id"] = l.policy.Canary.Alertname, nonce
	return l.alertmanager.post(ctx, &models.PostableAlert{
		StartsAt: strfmt.DateTime(now.Add(-time.Minute)), EndsAt: strfmt.DateTime(now.Add(ends)),
		Annotations: models.LabelSet{"summary": "The checklist's test alert " + nonce + ": nothing to do."},
		Alert:       models.Alert{Labels: labels},
	})
}

// resolve ends the canary also when the run was told to end, and tells why it could not.
func (l *looker) resolve(ctx context.Context, nonce string) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), resolveTime)
	defer cancel()
	if err := l.postCanary(ctx, nonce, 0); err != nil {
		return fetch.Scrub(err).Error()
	}
	return ""
}

// readBack waits until Alertmanager lists the canary and has decided about it.
func (l *looker) readBack(ctx context.Context, c *alert.Canary) error {
	deadline := time.Now().Add(min(listedIn, l.policy.Canary.Within))
	for {
		listed, err := l.alertmanager.alerts(ctx, fmt.Sprintf("run_id=%q", c.Nonce))
		if err != nil {
			return fmt.Errorf("read it back: %w", fetch.Scrub(err))
		}
		if len(listed) == 1 && *listed[0].Status.State != models.AlertStatusStateUnprocessed {
			return l.recognize(ctx, c, fromAlert(listed[0]))
		}
		if time.Now().After(deadline) {
			c.Listed = len(listed) == 1
			return nil
		}
		if !pause(ctx, 100*time.Millisecond) {
			return context.Cause(ctx)
		}
	}
}

// recognize takes down where the canary is routed, and by what it is suppressed, in words.
func (l *looker) recognize(ctx context.Context, c *alert.Canary, a alert.Alert) error {
	c.Listed, c.Receivers, c.Intervals = true, a.Receivers, a.MutedBy
	for _, fingerprint := range a.InhibitedBy {
		name := l.inhibitors[fingerprint]
		c.Inhibitors = append(c.Inhibitors, strings.TrimSpace(name+" "+fingerprint))
	}
	if len(a.SilencedBy) == 0 {
		return nil
	}
	listed, err := l.alertmanager.silences(ctx)
	if err != nil {
		return fmt.Errorf("list silences: %w", fetch.Scrub(err))
	}
	known := map[string]string{}
	for _, s := range listed {
		if one, err := fromSilence(s); err == nil {
			known[one.ID] = " " + one.String()
		}
	}
	for _, id := range a.SilencedBy {
		c.Silences = append(c.Silences, id+known[id])
	}
	return nil
}
