package main

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/prometheus/alertmanager/api/v2/models"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/alertmanager"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/prometheus"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// Benchmark10000Alerts looks at 10,000 alerts of 500 names and 1,000 silences. The time has the stand-in's answers
// in it; judge alone is the judgement of the same facts.
func Benchmark10000Alerts(b *testing.B) {
	now := time.Now()
	m := newMonitors(now)
	defer m.close()
	m.alertmanager.Update(func(w *alertmanager.World) { crowd(w, now) })
	m.prometheus.Update(func(w *prometheus.World) {
		for i := range 10_000 {
			w.Fired = append(w.Fired, prometheus.Firing{Labels: map[string]string{"alertname": "Other" + strconv.Itoa(i), "severity": "warning"}, From: now.Add(-time.Hour), For: 2 * time.Hour})
		}
	})
	freeze(b, m)
	c := &check{config: &config{
		Alertmanager: server{URL: m.alertmanager.URL()}, Prometheus: server{URL: m.prometheus.URL()}, SlackAPI: m.slack.APIURL(), RequestTimeout: time.Minute,
	}, policy: alert.DefaultPolicy()}
	c.policy.Weekly.Weekday = ""
	l := &looker{check: c, run: &task.Run{Report: &report.Report{Scope: "production", Started: now}}, facts: alert.Facts{Scope: "production"}}
	b.Run("look", func(b *testing.B) {
		for b.Loop() {
			l.facts, l.run.Report = alert.Facts{Scope: "production"}, &report.Report{Scope: "production", Started: now}
			l.readAlertmanager(b.Context())
			l.readPrometheus(b.Context())
			require.Empty(b, l.run.Gaps)
			require.Len(b, l.facts.Alerts, 10_001)
			require.Len(b, l.facts.Silences, 1_000)
			require.Len(b, l.facts.Fired, 10_001)
		}
	})
	b.Run("judge", func(b *testing.B) {
		for b.Loop() {
			require.NotEmpty(b, alert.Judge(l.facts, *c.policy, now))
		}
	})
}

// freeze makes the stand-ins answer what they would answer, without the work.
func freeze(b *testing.B, m *monitors) {
	for _, page := range []string{"/api/v2/alerts", "/api/v2/silences"} {
		answer, err := http.Get(m.alertmanager.URL() + page)
		require.NoError(b, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(b, errors.Join(err, answer.Body.Close()))
		m.alertmanager.Inject(fault.Fault{Path: page, Do: says(string(body))})
	}
}

func crowd(w *alertmanager.World, now time.Time) {
	for i := range 10_000 {
		w.Alerts = append(w.Alerts, alertmanager.Alert{Since: now.Add(-3 * time.Hour), Annotations: models.LabelSet{"summary": "it is broken"},
			Labels: models.LabelSet{"alertname": "Alert" + strconv.Itoa(i%500), "severity": "warning", "instance": strconv.Itoa(i)}})
	}
	for i := range 1_000 { // of which none matches
		w.Silences = append(w.Silences, alertmanager.Silence{ID: strconv.Itoa(i), Author: "jane.doe", Comment: "moves",
			Matchers: map[string]string{"alertname": "Gone" + strconv.Itoa(i) + ".*"}, Starts: now.Add(-48 * time.Hour), Ends: now.Add(48 * time.Hour)})
	}
}
