package main

import (
	"os"
	"strings"
	"time"

	"github.com/prometheus/alertmanager/api/v2/models"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/alertmanager"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/prometheus"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// monitors are the three services that a script looks at.
type monitors struct {
	alertmanager *alertmanager.Server
	prometheus   *prometheus.Server
	slack        *slack.Server
}

func newMonitors(now time.Time) *monitors {
	s := slack.New()
	am := alertmanager.New(alertmanager.Calm(now, s))
	return &monitors{am, prometheus.New(prometheus.Calm(now, am.URL())), s}
}

func (m *monitors) close() {
	m.alertmanager.Close()
	m.prometheus.Close()
	m.slack.Close()
}

// worlds are what the scripts look at, by the name that they call it by: changes to a calm one.
var worlds = map[string]func(*monitors, time.Time){
	"calm": func(*monitors, time.Time) {},
	"morning": func(m *monitors, now time.Time) {
		m.alertmanager.Update(func(w *alertmanager.World) { *w = alertmanager.Morning(now) })
		m.prometheus.Update(func(w *prometheus.World) { *w = prometheus.Morning(now, m.alertmanager.URL()) })
		notify(m, now)
	},
	"older Alertmanager": inAlertmanager(func(w *alertmanager.World, now time.Time) {
		*w = alertmanager.Morning(now)
		w.Version, w.Cluster = "0.25.0", "disabled"
	}),
	"storm": inAlertmanager(func(w *alertmanager.World, now time.Time) {
		for i := range 200 {
			w.Alerts = append(w.Alerts, alertmanager.Alert{Since: now.Add(-3 * time.Hour),
				Labels: models.LabelSet{"alertname": "CellDown", "severity": "critical", "instance": "cell/" + strings.Repeat("i", i)}})
		}
	}),
	"no watchdog in Alertmanager": inAlertmanager(func(w *alertmanager.World, _ time.Time) { w.Alerts = nil }),
	"rejected":                    inAlertmanager(func(w *alertmanager.World, _ time.Time) { w.Rejected = true }),
	"settling":                    inAlertmanager(func(w *alertmanager.World, _ time.Time) { w.Cluster = "settling" }),
	"restarted":                   inAlertmanager(func(w *alertmanager.World, now time.Time) { w.Started = now.Add(-2 * time.Minute) }),
	"muted": inAlertmanager(func(w *alertmanager.World, now time.Time) {
		w.Alerts = append(w.Alerts, alertmanager.Alert{Labels: models.LabelSet{"alertname": "Quiet"}, Since: now.Add(-3 * time.Hour), MutedBy: []string{"weekend"}})
	}),
	"hostile": inAlertmanager(func(w *alertmanager.World, now time.Time) {
		w.Alerts = append(w.Alerts, alertmanager.Alert{Labels: models.LabelSet{"alertname": "<!channel>\x1b[31m"}, Since: now.Add(-3 * time.Hour),
			Annotations: models.LabelSet{"runbook_url": "javascript:alert(1)"}})
	}),
	"canary lost":       inAlertmanager(func(w *alertmanager.World, _ time.Time) { w.Canary = nil }),
	"canary suppressed": inAlertmanager(func(w *alertmanager.World, now time.Time) { w.Silences = everything(now) }),
	"canary unseen":     inAlertmanager(func(w *alertmanager.World, _ time.Time) { w.Receivers[1].Slack = nil }),

	"no watchdog":          inPrometheus(func(w *prometheus.World, _ time.Time) { w.Silent = true }),
	"stale watchdog":       inPrometheus(func(w *prometheus.World, _ time.Time) { w.Behind = 4 * time.Minute }),
	"prometheus restarted": inPrometheus(func(w *prometheus.World, now time.Time) { w.Started = now.Add(-2 * time.Minute) }),
	"prometheus rejected":  inPrometheus(func(w *prometheus.World, _ time.Time) { w.Rejected = true }),
	"no rules":             inPrometheus(func(w *prometheus.World, _ time.Time) { w.Rules = nil }),
	"no targets":           inPrometheus(func(w *prometheus.World, _ time.Time) { w.Targets = nil }),
	"broken rule":          inPrometheus(func(w *prometheus.World, _ time.Time) { w.Rules[1].Error = "many-to-many matching not allowed" }),
	"no Alertmanager":      inPrometheus(func(w *prometheus.World, _ time.Time) { w.Alertmanagers = nil }),
	"dropped notifications": inPrometheus(func(w *prometheus.World, _ time.Time) {
		w.Counters["prometheus_notifications_dropped_total"]["localhost:9090"] = 4.07
	}),
	"no own metrics": inPrometheus(func(w *prometheus.World, _ time.Time) { delete(w.Counters, "prometheus_notifications_dropped_total") }),
	"failed deliveries": inPrometheus(func(w *prometheus.World, _ time.Time) {
		w.Counters["alertmanager_notifications_failed_total"]["email"] = 3
	}),

	"Alertmanager denies":       alertmanagerFails(fault.Fault{Do: fault.Answer(401, "Unauthorized")}),
	"Alertmanager hangs":        alertmanagerFails(fault.Fault{Path: "/api/v2/alerts", Do: fault.Hang}),
	"Alertmanager is not ready": alertmanagerFails(fault.Fault{Path: "/-/ready", Do: fault.Answer(503, "")}),
	"alerts empty 200":          alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: says("")}),
	"alerts as an object":       alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: says(`{"alerts":[]}`)}),
	"an odd status":             alertmanagerFails(fault.Fault{Path: "/api/v2/status", Do: says(`{"cluster":7}`)}),
	"Prometheus empty":          prometheusFails(fault.Fault{Path: "/api/v1/status/runtimeinfo", Do: says("")}),
	"Prometheus odd":            prometheusFails(fault.Fault{Path: "/api/v1/status/runtimeinfo", Do: says(`{"status":"success","data":[7]}`)}),
	"Prometheus odd query":      prometheusFails(fault.Fault{Path: "/api/v1/query", Do: says(`{"status":"success","data":{"resultType":"vector","result":{}}}`)}),
	"alerts null":               alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: says("null")}),
	"alerts without labels":     alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: says("[{}]")}),
	"alerts HTML":               alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: fault.Answer(200, "<html>sign in</html>", "Content-Type", "text/html")}),
	"alerts redirect":           alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: fault.Answer(302, "", "Location", "/login")}),
	"alerts cut":                alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Do: fault.Truncate(40)}),
	"alerts slow once":          alertmanagerFails(fault.Fault{Path: "GET /api/v2/alerts", Times: 1, Do: fault.Answer(429, "", "Retry-After", "1")}),
	"no silences":               alertmanagerFails(fault.Fault{Path: "/api/v2/silences", Do: fault.Answer(500, `"internal"`, "Content-Type", "application/json")}),
	"a nameless receiver":       alertmanagerFails(fault.Fault{Path: "/api/v2/receivers", Do: says("[{}]")}),
	"no receivers":              alertmanagerFails(fault.Fault{Path: "/api/v2/receivers", Do: says("[]")}),
	"canary refused":            alertmanagerFails(fault.Fault{Path: "POST /api/v2/alerts", Do: fault.Answer(400, `"at least one label pair required"`, "Content-Type", "application/json")}),
	"canary swallowed":          alertmanagerFails(fault.Fault{Path: "POST /api/v2/alerts", Do: fault.Answer(200, "")}),

	"Prometheus denies":     prometheusFails(fault.Fault{Do: fault.Answer(403, "Forbidden")}),
	"Prometheus HTML":       prometheusFails(fault.Fault{Path: "/api/v1/rules", Do: fault.Answer(200, "<html>sign in</html>", "Content-Type", "text/html")}),
	"Prometheus in part":    prometheusFails(fault.Fault{Path: "/api/v1/query", Times: 1, Do: says(`{"status":"success","warnings":["partial response"],"data":{"resultType":"vector","result":[]}}`)}),
	"Prometheus empty data": prometheusFails(fault.Fault{Path: "/api/v1/status/runtimeinfo", Do: says(`{"status":"success","data":{}}`)}),
	"no targets page":       prometheusFails(fault.Fault{Path: "/api/v1/targets", Do: fault.Answer(503, "")}),
	"no alertmanagers page": prometheusFails(fault.Fault{Path: "/api/v1/alertmanagers", Do: fault.Answer(503, "")}),
	"many notifications": func(m *monitors, now time.Time) {
		for range 450 {
			m.slack.Plant(slack.Message{At: now.Add(-time.Hour), Bot: "B0ALERTS", Text: "[FIRING:1] A"})
		}
	},
	"Slack hides replies": func(m *monitors, now time.Time) {
		notify(m, now)
		m.slack.Inject(fault.Fault{Path: "/api/conversations.replies", Do: says(`{"ok":false,"error":"thread_not_found"}`)})
	},
	"Slack in HTML":       slackFails(fault.Answer(200, "<html>proxy</html>", "Content-Type", "text/html")),
	"Slack throttles":     slackFails(fault.Answer(429, `{"ok":false,"error":"rate_limited"}`, "Retry-After", "1.5")),
	"Slack lacks scope":   slackFails(says(`{"ok":false,"error":"missing_scope","needed":"channels:history","provided":"chat:write"}`)),
	"Slack empty channel": slackFails(says(`{"ok":true,"messages":[],"has_more":false}`)),
	"Slack lost cursor":   slackFails(says(`{"ok":true,"messages":[],"has_more":true}`)),
}

func inAlertmanager(change func(*alertmanager.World, time.Time)) func(*monitors, time.Time) {
	return func(m *monitors, now time.Time) {
		m.alertmanager.Update(func(w *alertmanager.World) { change(w, now) })
	}
}

func inPrometheus(change func(*prometheus.World, time.Time)) func(*monitors, time.Time) {
	return func(m *monitors, now time.Time) {
		m.prometheus.Update(func(w *prometheus.World) { change(w, now) })
	}
}

func alertmanagerFails(f fault.Fault) func(*monitors, time.Time) {
	return func(m *monitors, _ time.Time) { m.alertmanager.Inject(f) }
}

func prometheusFails(f fault.Fault) func(*monitors, time.Time) {
	return func(m *monitors, _ time.Time) { m.prometheus.Inject(f) }
}

func slackFails(do fault.Action) func(*monitors, time.Time) {
	return func(m *monitors, _ time.Time) {
		m.slack.Inject(fault.Fault{Path: "/api/conversations.history", Do: do})
	}
}

func says(body string) fault.Action {
	return fault.Answer(200, body, "Content-Type", "application/json")
}

func everything(now time.Time) []alertmanager.Silence {
	return []alertmanager.Silence{{ID: "all", Author: "jane.doe", Comment: "quiet", Matchers: map[string]string{"alertname": ".+"}, Starts: now.Add(-time.Hour), Ends: now.Add(48 * time.Hour)}}
}

// notify fills the channel: what was handled, what was not, and what wants nobody.
func notify(m *monitors, now time.Time) {
	at := func(hours int) time.Time { return now.Add(-time.Duration(hours) * time.Hour) }
	m.slack.Plant(
		slack.Message{At: at(2), Bot: "B0ALERTS", Text: "[FIRING:1] DiskWillFillUp &lt;cf&gt; (critical)"},
		slack.Message{At: at(3), Bot: "B0ALERTS", Text: "[FIRING:1] Reacted", Reactions: []slack.Reaction{{Name: "eyes::skin-tone-2", Users: []string{"U1"}, Count: 1}}},
		slack.Message{At: at(4), Bot: "B0ALERTS", Text: "[FIRING:1] Laughed at", Reactions: []slack.Reaction{{Name: "joy", Users: []string{"U1"}, Count: 1}}},
		slack.Message{At: at(5), Bot: "B0ALERTS", Text: "[FIRING:1] Answered", Replies: []slack.Message{{At: at(4), User: "U1", Text: "on it"}}},
		slack.Message{At: at(6), Bot: "B0ALERTS", Text: "[FIRING:1] Answered by an app", Replies: []slack.Message{{At: at(5), Bot: "B0OTHER", Text: "beep"}}},
		slack.Message{At: at(7), Bot: "B0ALERTS", Text: "[FIRING:1] Only our own reaction", Reactions: []slack.Reaction{{Name: "eyes", Users: []string{"U0CHECKLIST"}, Count: 1}}},
		slack.Message{At: at(7), Bot: "B0ALERTS", Text: "[RESOLVED] DiskWillFillUp\nall is well"},
		slack.Message{At: at(8), Bot: "B0ALERTS", Text: "[FIRING:1] DailyChecklistCanary 4711 (none)"},
		slack.Message{At: at(9), Bot: "B0CHECKLIST", Text: "our own report"},
		slack.Message{At: at(9), Bot: "B0OURHOOK", Text: "our own report, by a webhook"},
		slack.Message{At: at(10), User: "U1", Text: "lunch?"},
		slack.Message{At: at(80), Bot: "B0ALERTS", Text: "[FIRING:1] Long ago"},
	)
}

// start starts the stand-ins with this change and gives the script their addresses.
func start(ts *testscript.TestScript, _ string, change func(*monitors, time.Time)) {
	now := time.Now()
	m := newMonitors(now)
	change(m, now)
	ts.Defer(m.close)
	ts.Setenv("ALERTMANAGER_URL", m.alertmanager.URL())
	ts.Setenv("PROMETHEUS_URL", m.prometheus.URL())
	ts.Setenv("SLACK_API_URL", m.slack.APIURL())
	ts.Setenv("SCOPE", "production")
	ts.Check(os.WriteFile(ts.MkAbs("today.yml"), []byte("noise: {weekday: "+now.UTC().Weekday().String()+"}\n"), 0o600))
	*ts.Value(standing{}).(*monitors) = *m
}

// standing is the key of the world that a script made last.
type standing struct{}

// uncanaried wants that no canary fires any more.
func uncanaried(ts *testscript.TestScript, neg bool, _ []string) {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if (ts.Value(standing{}).(*monitors).alertmanager.Canaries() == 0) != neg {
			return
		}
	}
	ts.Fatalf("the canary's state does not become what it should")
}
