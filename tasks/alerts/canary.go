package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
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
	longestWait = 5 * time.Second  // between two looks: Slack allows 50 a minute
)

// sendCanary sends a test alert and looks for it where it must arrive.
func (l *looker) sendCanary(ctx context.Context) {
	destinations := l.policy.Canary.Destinations
	if len(destinations) == 0 {
		l.run.LeaveOut(l.run.Scope+"/canary", "the policy names no destination (canary.destinations): nobody proves that alerts arrive")
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

// watch looks at every destination again and again until the canary is seen or its time is over.
func (l *looker) watch(ctx context.Context, c *alert.Canary, began time.Time) error {
	wait := 100 * time.Millisecond
	for {
		waiting := false
		for i := range c.Sights {
			s := &c.Sights[i]
			if s.Verdict != alert.NotSeen {
				continue
			}
			seen, err := l.sees(ctx, s.Destination, c.Nonce, began)
			s.Problem = ""
			switch {
			case err != nil:
				s.Problem = fetch.Scrub(err).Error()
			case seen:
				s.Verdict, s.After = alert.Delivered, time.Since(began)
			}
			waiting = waiting || !seen
		}
		if !waiting || time.Since(began) > c.Waited {
			return nil
		}
		if !pause(ctx, wait) {
			return context.Cause(ctx)
		}
		wait = min(2*wait, longestWait)
	}
}

// sees looks once.
func (l *looker) sees(ctx context.Context, d alert.Destination, nonce string, began time.Time) (bool, error) {
	if d.Address != "" {
		return l.webhookGot(ctx, d.Address, nonce)
	}
	if l.slack == nil {
		return false, errors.New("Slack cannot be read: SLACK_TOKEN is missing or refused")
	}
	messages, err := l.slack.since(ctx, d.Channel, began.Add(-5*time.Minute)) // clocks differ
	for _, m := range messages {
		if mentions(m, nonce) {
			return true, nil
		}
	}
	return false, err
}

// webhookGot asks a webhook receiver what it got.
func (l *looker) webhookGot(ctx context.Context, address, nonce string) (bool, error) {
	answer, err := fetch.New(fetch.Options{Timeout: l.RequestTimeout}).Get(ctx, address, http.Header{})
	if err != nil {
		return false, err
	}
	return strings.Contains(string(answer.Body), nonce), nil
}

// tell turns what could not be seen into gaps, and counts the rest.
func (l *looker) tell(c *alert.Canary) {
	delivered := 0
	for i := range c.Sights {
		s := &c.Sights[i]
		if s.Verdict == alert.NotSeen && s.Problem != "" {
			s.Verdict = alert.NotProvable
		}
		if s.Verdict == alert.NotProvable {
			l.run.Miss(l.run.Scope+"/canary/"+s.Receiver, s.Unproven(), "Add a receiver that can be asked to the canary's route, or accept it as a gap.")
		}
		delivered += oneIf(s.Verdict == alert.Delivered)
	}
	l.run.Examine("canaries", 1)
	l.run.See("canary destinations", len(c.Sights))
	l.run.See("of them reached", delivered)
	if err := l.run.WriteJSON("canary.json", result(c)); err != nil {
		l.miss("canary", "keep canary.json", err, "")
	}
}

type sight struct {
	Receiver string        `json:"receiver"`
	Verdict  alert.Verdict `json:"verdict"`
	Seconds  float64       `json:"seconds,omitempty"` // until it was seen
}

// result is what canary.json keeps.
func result(c *alert.Canary) any {
	all := []sight{}
	for _, s := range c.Sights {
		all = append(all, sight{s.Receiver, s.Verdict, s.After.Round(time.Millisecond).Seconds()})
	}
	return struct {
		Nonce  string  `json:"run_id"`
		Sights []sight `json:"destinations"`
	}{c.Nonce, all}
}
