package main

import (
	"os"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/alertmanager"
	"github.com/cloud-gov/platform-checklist/internal/standin/prometheus"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// alerts plays today, on the day of the noise review and with a canary, which nobody sees that morning.
func alerts() act {
	now := time.Now()
	chat := slack.New()
	am := alertmanager.New(alertmanager.Morning(now))
	prom := prometheus.New(prometheus.Morning(now, am.URL()))
	chat.Plant(
		slack.Message{At: now.Add(-9 * time.Hour), Bot: "B0ALERTS", Text: "[FIRING:1] BackupMissing ccdb (critical)"},
		slack.Message{At: now.Add(-30 * time.Hour), Bot: "B0ALERTS", Text: "[FIRING:1] CertificateExpires logs.example.gov (warning)",
			Replies: []slack.Message{{At: now.Add(-29 * time.Hour), User: "U0JANE", Text: "ordered"}}},
	)
	policy := alertsPolicy(now)
	return act{
		task: "alerts",
		params: map[string]string{
			"ALERTMANAGER_URL": am.URL(), "PROMETHEUS_URL": prom.URL(), "SCOPE": "production", "POLICY": policy,
			"SLACK_TOKEN": slack.Token, "SLACK_CHANNEL": slack.Channel, "SLACK_API_URL": chat.APIURL(),
		},
		mend: func() {
			am.Update(func(w *alertmanager.World) { *w = alertmanager.Calm(now, chat) })
			prom.Update(func(w *prometheus.World) { *w = prometheus.Calm(now, am.URL()) })
			chat.React("eyes", "U0JANE")
		},
		close: func() { am.Close(); prom.Close(); chat.Close(); os.Remove(policy) },
	}
}

// alertsPolicy writes a policy with a canary, which the example leaves to the team that has added its route.
func alertsPolicy(now time.Time) string {
	return temporary("noise: {weekday: " + now.UTC().Weekday().String() + "}\n" +
		"canary: {within: 3s, destinations: [{receiver: canary, slack_channel: " + slack.Channel + "}]}\n")
}
