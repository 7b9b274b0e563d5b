package prometheus

import "time"

// World is what a Prometheus knows.
type World struct {
	Started       time.Time
	Rejected      bool          // its last configuration
	Silent        bool          // the watchdog does not fire
	Behind        time.Duration // since rules were evaluated
	Rules         []Rule
	Targets       []Target
	Alertmanagers []string
	Counters      map[string]map[string]float64 // metric -> part -> increase in any time
	Fired         []Firing
}

// Rule of a group; without Error it is in order.
type Rule struct{ Group, Name, Error string }

// Target of a job; without Error it is up.
type Target struct{ Job, Instance, Error string }

// Firing is an alert's episode.
type Firing struct {
	Labels map[string]string
	From   time.Time
	For    time.Duration
}

// Calm has nothing but the watchdog.
func Calm(now time.Time, alertmanager string) World {
	return World{
		Started:       now.Add(-40 * 24 * time.Hour),
		Rules:         []Rule{{Group: "meta", Name: "Watchdog"}, {Group: "bosh", Name: "DiskWillFillUp"}, {Group: "bosh", Name: "JobSlow"}},
		Targets:       []Target{{Job: "prometheus", Instance: "localhost:9090"}, {Job: "bosh", Instance: "10.0.0.5:9190"}},
		Alertmanagers: []string{alertmanager + "/api/v2/alerts"},
		Counters: map[string]map[string]float64{
			"prometheus_notifications_dropped_total":    {"localhost:9090": 0},
			"prometheus_rule_evaluation_failures_total": {"/etc/rules.yml;bosh": 0},
			"alertmanager_notifications_failed_total":   {"slack": 0},
		},
		Fired: []Firing{{Labels: map[string]string{"alertname": "Watchdog", "severity": "none"}, From: now.Add(-40 * 24 * time.Hour), For: 41 * 24 * time.Hour}},
	}
}

// Morning has a target that is down and a week in which one alert cried wolf.
func Morning(now time.Time, alertmanager string) World {
	w := Calm(now, alertmanager)
	w.Targets = append(w.Targets, Target{Job: "bosh", Instance: "10.0.0.6:9190", Error: "connection refused"})
	for day := range 6 {
		for _, hour := range []time.Duration{2, 7, 19} {
			w.Fired = append(w.Fired, Firing{Labels: map[string]string{"alertname": "JobSlow", "severity": "warning", "instance": "worker/2"},
				From: now.Add(-time.Duration(day+1)*24*time.Hour + hour*time.Hour), For: 4 * time.Minute})
		}
	}
	w.Fired = append(w.Fired, Firing{Labels: map[string]string{"alertname": "DiskWillFillUp", "severity": "critical", "instance": "diego-cell/7"},
		From: now.Add(-5 * time.Hour), For: 6 * time.Hour})
	return w
}
