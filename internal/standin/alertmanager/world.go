package alertmanager

import (
	"regexp"
	"time"

	"github.com/prometheus/alertmanager/api/v2/models"

	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// World is what an Alertmanager has.
type World struct {
	Version   string // the older one, 0.25.0, tells no mutedBy
	Started   time.Time
	Cluster   string
	Rejected  bool // its last configuration
	Receivers []Receiver
	Canary    []string // receivers of DailyChecklistCanary; all other alerts go to the first receiver
	Alerts    []Alert
	Silences  []Silence

	expressions map[string]*regexp.Regexp // of silences, compiled once
}

// Receiver is where notifications go: to a Slack, or nowhere that the stand-in knows.
type Receiver struct {
	Name  string
	Slack *slack.Server // whose channel it posts to by its webhook
}

// Alert fires.
type Alert struct {
	Labels, Annotations models.LabelSet
	Since               time.Time
	Source              string
	InhibitedBy         []string
	MutedBy             []string
	posted              bool // over the API, so that it ends
	ends                time.Time
}

// Silence is an active one. Its matchers are anchored expressions by label.
type Silence struct {
	ID, Author, Comment string
	Matchers            map[string]string
	Starts, Ends        time.Time
}

// Morning has open alerts, two silences of which one is bad, and a receiver of the canary that delivers nothing.
func Morning(now time.Time) World {
	w := Calm(now, nil)
	w.Alerts = append(w.Alerts,
		Alert{Labels: models.LabelSet{"alertname": "DiskWillFillUp", "severity": "critical", "instance": "diego-cell/7", "deployment": "cf"},
			Annotations: models.LabelSet{"summary": "the persistent disk of diego-cell/7 is full in 4 hours", "runbook_url": "https://runbooks.example.gov/disk"},
			Since:       now.Add(-5 * time.Hour), Source: "https://prometheus.example.gov/graph?g0.expr=disk"},
		Alert{Labels: models.LabelSet{"alertname": "CertificateExpires", "severity": "warning", "instance": "logs.example.gov"},
			Annotations: models.LabelSet{"summary": "the certificate of logs.example.gov ends in 12 days"}, Since: now.Add(-74 * time.Hour)},
		Alert{Labels: models.LabelSet{"alertname": "BackupMissing", "severity": "critical", "instance": "ccdb"},
			Annotations: models.LabelSet{"summary": "ccdb has no backup of today"}, Since: now.Add(-9 * time.Hour)},
		Alert{Labels: models.LabelSet{"alertname": "JobSlow", "severity": "warning", "instance": "worker/2"}, Since: now.Add(-20 * time.Minute)},
	)
	w.Silences = []Silence{
		{ID: "5c1de0a2-77b1-4a0e-9c51-0c6d6f0c5a11", Author: "jane.doe", Comment: "renewal is ordered, ops#4711",
			Matchers: map[string]string{"alertname": "CertificateExpires"}, Starts: now.Add(-20 * time.Hour), Ends: now.Add(30 * time.Hour)},
		{ID: "9e0cf7b4-3d8a-4d0c-8c1f-2c4b1f6f7d22", Matchers: map[string]string{"severity": ".+"}, Starts: now.Add(-26 * time.Hour), Ends: now.Add(9 * 24 * time.Hour)},
	}
	return w
}

// Calm has nothing but the watchdog, and delivers the canary to Slack.
func Calm(now time.Time, canary *slack.Server) World {
	return World{
		Version: "0.31.1", Started: now.Add(-40 * 24 * time.Hour), Cluster: "ready",
		Receivers: []Receiver{{Name: "notifications"}, {Name: "canary", Slack: canary}},
		Canary:    []string{"notifications", "canary"},
		Alerts:    []Alert{{Labels: models.LabelSet{"alertname": "Watchdog", "severity": "none"}, Since: now.Add(-40 * 24 * time.Hour)}},
	}
}
