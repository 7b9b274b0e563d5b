package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// longestWait is between two looks: Slack allows 50 a minute.
const longestWait = 5 * time.Second

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
	for m, err := range l.slack.History(ctx, d.Channel, began.Add(-5*time.Minute)) { // clocks differ
		if err != nil || mentions(m, nonce) {
			return err == nil, err
		}
	}
	return false, nil
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
