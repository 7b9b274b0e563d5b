package main

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/push"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// alive is the dead-man's switch: who waits for these signs notices when they do not come, be it that Concourse is dead, that the digest
// cannot see, or that nobody runs it any more. What is wrong with the boxes does not hold them back.
func (c *check) alive(ctx context.Context, run *task.Run, r *report.Report, standings []digest.Standing) {
	options := fetch.Options{Timeout: c.RequestTimeout}
	if c.PushgatewayURL.IsZero() {
		run.LeaveOut("metrics", "PUSHGATEWAY_URL is empty")
	} else if err := c.push(ctx, run, r, standings, &http.Client{Transport: fetch.Transport(options), Timeout: c.RequestTimeout}); err != nil {
		run.Miss(run.Scope+"/metrics", "push metrics: "+err.Error(), "Look at PUSHGATEWAY_URL and at the Pushgateway.")
	}
	if c.HeartbeatURL.IsZero() {
		run.LeaveOut("heartbeat", "HEARTBEAT_URL is empty: nobody notices when the digest does not run")
	} else if err := c.beat(ctx, r, fetch.New(options)); err != nil {
		run.Miss(run.Scope+"/heartbeat", "ping the heartbeat: "+err.Error(), "Look at HEARTBEAT_URL, and at the service that waits for it.")
	}
}

// beat pings, and says how the checklist stands.
func (c *check) beat(ctx context.Context, r *report.Report, client *fetch.Client) error {
	said := fmt.Sprintf("%s %s: %s\n", r.Check, r.Scope, r.Status())
	answer, err := client.Do(ctx, http.MethodPost, c.HeartbeatURL.Reveal(), http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, []byte(said))
	if err != nil {
		return err
	}
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	switch {
	case answer.Status < 200 || answer.Status > 299:
		return fmt.Errorf("%d %s", answer.Status, http.StatusText(answer.Status))
	case kind == "text/html":
		return errors.New("the answer is a page of HTML: a sign-in page or a proxy before the service?")
	}
	return nil
}

// push replaces the metrics of this scope.
func (c *check) push(ctx context.Context, run *task.Run, r *report.Report, standings []digest.Standing, client *http.Client) error {
	boxes := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "checklist_boxes", Help: "Boxes by what their last run says."}, []string{"state"})
	for _, s := range []digest.State{digest.Clean, digest.Found, digest.Unknown, digest.Missed, digest.Running, digest.Idle} {
		boxes.WithLabelValues(string(s))
	}
	runs := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "checklist_box_last_run_timestamp_seconds", Help: "When a box ran last."}, []string{"environment", "line"})
	for _, s := range standings {
		boxes.WithLabelValues(string(s.State)).Inc()
		if !s.At.IsZero() {
			runs.WithLabelValues(s.Environment, s.Line).Set(float64(s.At.Unix()))
		}
	}
	findings := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "checklist_digest_findings", Help: "What the digest found, by severity."}, []string{"severity"})
	for s := report.Info; s <= report.High; s++ {
		findings.WithLabelValues(s.String())
	}
	for _, f := range r.Findings {
		findings.WithLabelValues(f.Severity.String()).Inc()
	}
	last := prometheus.NewGauge(prometheus.GaugeOpts{Name: "checklist_digest_last_success_timestamp_seconds", Help: "When the digest read everything."})
	last.Set(float64(run.Started.Unix()))
	err := push.New(c.PushgatewayURL.Reveal(), "checklist_digest").Grouping("scope", run.Scope).Client(client).
		Collector(boxes).Collector(runs).Collector(findings).Collector(last).PushContext(ctx)
	if err == nil {
		return nil
	}
	err = fetch.Scrub(err)
	if words, _, address := strings.Cut(err.Error(), " while pushing to "); address {
		err = fmt.Errorf("%s", words)
	}
	return err
}
