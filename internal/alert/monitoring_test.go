package alert_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/alert"
)

// alive is monitoring in order.
func alive() alert.Facts {
	return alert.Facts{
		Alerts:       []alert.Alert{firing("Watchdog", "none", 24*time.Hour)},
		Alertmanager: &alert.Alertmanager{Version: "0.31.1", Cluster: "ready", Peers: 2, ConfigLoaded: true},
		Prometheus: &alert.Prometheus{
			ConfigLoaded: true, Watchdogs: []time.Duration{10 * time.Second}, Alertmanagers: []string{"http://a", "http://b"},
			Rules:     []alert.Rule{{Group: "g", Name: "r", Healthy: true, Evaluated: ago(20 * time.Second), Interval: 30 * time.Second}},
			Targets:   []alert.Target{{Job: "j", Address: "a:1", Up: true}},
			Increases: []alert.Increase{{Counter: alert.Counters[0], Part: "a:1"}},
		},
	}
}

func TestMonitoring(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*alert.Facts)
		want   []string
	}{
		{"alive", func(*alert.Facts) {}, nil},
		{"no Prometheus known", func(f *alert.Facts) { f.Prometheus = nil; f.Alerts = nil }, nil},
		{"nothing known", func(f *alert.Facts) { *f = alert.Facts{} }, nil},
		{"no cluster", func(f *alert.Facts) { f.Alertmanager.Cluster = "disabled" }, nil},
		{"settling", func(f *alert.Facts) { f.Alertmanager.Cluster = "settling" },
			[]string{"warning cluster-unsettled p/alertmanager: Alertmanager's cluster is still settling"}},
		{"a peer missing", func(f *alert.Facts) { f.Alertmanager.Peers = 1 }, []string{"high cluster-incomplete p/alertmanager: Alertmanager's cluster has 1 peer, not 2"}},
		{"rejected configurations", func(f *alert.Facts) { f.Alertmanager.ConfigLoaded, f.Prometheus.ConfigLoaded = false, false }, []string{
			"high configuration-rejected p/alertmanager: Alertmanager rejected its configuration and goes on with the one before",
			"high configuration-rejected p/prometheus: Prometheus rejected its configuration and goes on with the one before"}},
		{"clocks", func(f *alert.Facts) { f.Alertmanager.Skew, f.Prometheus.Skew = -3*time.Minute, 3*time.Minute }, []string{
			"warning clock-skew p/alertmanager: Alertmanager's clock and this worker's differ by 3 min",
			"warning clock-skew p/prometheus: Prometheus' clock and this worker's differ by 3 min"}},
		{"no watchdog in Alertmanager", func(f *alert.Facts) { f.Alerts = nil },
			[]string{"high watchdog-not-received p/alertmanager: Watchdog fires in Prometheus and is not in Alertmanager: alerts don't arrive here"}},
		{"no watchdog series", func(f *alert.Facts) { f.Prometheus.Watchdogs = []time.Duration{} },
			[]string{"high watchdog-missing p/prometheus/Watchdog: Watchdog does not fire in Prometheus: no rule has it, or rules are not evaluated"}},
		{"watchdog not read", func(f *alert.Facts) { f.Prometheus.Watchdogs = nil }, nil},
		{"a stale watchdog beside a fresh one", func(f *alert.Facts) { f.Prometheus.Watchdogs = []time.Duration{time.Hour, time.Second} }, nil},
		{"stale watchdogs", func(f *alert.Facts) { f.Prometheus.Watchdogs = []time.Duration{time.Hour, 4 * time.Minute} },
			[]string{"high watchdog-stale p/prometheus/Watchdog: Watchdog was evaluated 4 min ago, more than 2 min"}},
		{"too few Alertmanagers", func(f *alert.Facts) { f.Prometheus.Alertmanagers = []string{"http://a"} },
			[]string{"high alertmanager-not-connected p/prometheus: Prometheus sends to 1 Alertmanager, not 2: alerts go nowhere"}},
		{"Alertmanagers not read", func(f *alert.Facts) { f.Prometheus.Alertmanagers = nil }, nil},
		{"a rule that fails", func(f *alert.Facts) { f.Prometheus.Rules[0].Healthy = false }, []string{"high rule-failing p/rules/g: 1 of 1 rule of group g cannot fire"}},
		{"a rule never evaluated", func(f *alert.Facts) { f.Prometheus.Rules[0].Evaluated = time.Time{} }, []string{"high rule-failing p/rules/g: 1 of 1 rule of group g cannot fire"}},
		{"a rule just in time", func(f *alert.Facts) { f.Prometheus.Rules[0].Evaluated = ago(150 * time.Second) }, nil},
		{"a rule too late", func(f *alert.Facts) { f.Prometheus.Rules[0].Evaluated = ago(151 * time.Second) }, []string{"high rule-failing p/rules/g: 1 of 1 rule of group g cannot fire"}},
		{"targets down", func(f *alert.Facts) {
			f.Prometheus.Targets = []alert.Target{{Job: "b", Address: "1"}, {Job: "a", Address: "2", Up: true}, {Job: "b", Address: "3", Up: true}, {Job: "c", Address: "4"}}
		}, []string{"warning target-down p/targets/b: 1 of 2 targets of job b cannot be scraped", "warning target-down p/targets/c: 1 of 1 target of job c cannot be scraped"}},
		{"dropped, extrapolated", func(f *alert.Facts) { f.Prometheus.Increases[0].By = 1.034 },
			[]string{"high notification-dropped p/prometheus/prometheus_notifications_dropped_total/a:1: Prometheus a:1 dropped 2 notifications in the last 15 min"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := alive()
			c.change(&f)
			require.Equal(t, c.want, judge(f, func(p *alert.Policy) { p.Alertmanagers = 2 }))
		})
	}
}

func TestUnsettled(t *testing.T) {
	p := alert.DefaultPolicy()
	_, unsettled := p.Unsettled("Prometheus", ago(5*time.Minute), now)
	require.False(t, unsettled)
	reason, unsettled := p.Unsettled("Prometheus", ago(3*time.Minute), now)
	require.True(t, unsettled)
	require.Equal(t, "Prometheus started 3 min ago, and may not know all alerts yet", reason)
	_, unsettled = p.Unsettled("Prometheus", now.Add(time.Minute), now)
	require.True(t, unsettled, "a start in the future")
}

func TestMiscounts(t *testing.T) {
	for version, want := range map[string]string{
		"0.25.0": "mail that the relay refuses after DATA, and what Slack refuses with status 200",
		"0.26.0": "mail that the relay refuses after DATA", "v0.27.1": "mail that the relay refuses after DATA",
		"0.28.0": "", "0.31.1": "", "1.0.0": "", "main": "",
	} {
		require.Equal(t, want, alert.Miscounts(version), version)
	}
}

func TestCanary(t *testing.T) {
	destination := alert.Destination{Receiver: "slack", Channel: "C1"}
	seen := func(v alert.Verdict) []alert.Sight { return []alert.Sight{{Destination: destination, Verdict: v}} }
	for _, c := range []struct {
		name   string
		canary alert.Canary
		want   []string
	}{
		{"delivered", alert.Canary{Listed: true, Sights: seen(alert.Delivered)}, nil},
		{"not provable is a gap, not a finding", alert.Canary{Listed: true, Sights: seen(alert.NotProvable)}, nil},
		{"not seen", alert.Canary{Listed: true, Waited: 2 * time.Minute, Sights: seen(alert.NotSeen)},
			[]string{"high canary-not-seen p/canary/slack: the canary DailyChecklistCanary was routed to slack and not seen in Slack's channel C1 within 2 min"}},
		{"not routed", alert.Canary{Listed: true, Receivers: []string{"null"}, Sights: seen(alert.NotRouted)},
			[]string{"high canary-not-routed p/canary/slack: the canary DailyChecklistCanary is not routed to slack"}},
		{"lost", alert.Canary{Sights: seen(alert.NotRouted)}, []string{"high canary-lost p/canary: the canary DailyChecklistCanary was accepted and is not in Alertmanager"}},
		{"suppressed", alert.Canary{Listed: true, Silences: []string{"s1"}, Inhibitors: []string{"Window f"}, Intervals: []string{"night"}, Sights: seen(alert.Suppressed)},
			[]string{"high canary-suppressed p/canary: the canary DailyChecklistCanary is suppressed by silence s1, inhibiting alert Window f, time interval night"}},
		{"unresolved", alert.Canary{Listed: true, Unresolved: "no answer", Sights: seen(alert.Delivered)},
			[]string{"info canary-unresolved p/canary: the canary DailyChecklistCanary could not be resolved, and ends by itself within 10 min"}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, judge(alert.Facts{Canary: &c.canary})) })
	}
	for _, c := range []struct {
		canary alert.Canary
		want   alert.Verdict
		worth  bool
	}{
		{alert.Canary{Listed: true, Receivers: []string{"slack"}}, alert.NotSeen, true},
		{alert.Canary{Listed: true, Receivers: []string{"null"}}, alert.NotRouted, false},
		{alert.Canary{Receivers: []string{"slack"}}, alert.NotRouted, false},
		{alert.Canary{Listed: true, Receivers: []string{"slack"}, Intervals: []string{"night"}}, alert.Suppressed, false},
	} {
		verdict, worth := c.canary.Expect("slack")
		require.Equal(t, c.want, verdict)
		require.Equal(t, c.worth, worth)
	}
}

func TestNoise(t *testing.T) {
	end := now
	at := func(from, to int) (all []int64) { // minutes before the end
		for m := from; m > to; m-- {
			all = append(all, end.Add(-time.Duration(m)*time.Minute).Unix())
		}
		return all
	}
	join := func(lists ...[]int64) (all []int64) {
		for _, l := range lists {
			all = append(all, l...)
		}
		return all
	}
	silence := good()
	silence.Starts, silence.Ends = end.Add(-95*time.Minute), end.Add(-50*time.Minute)
	table := alert.Review([]alert.Firing{
		{Labels: alert.Labels{"alertname": "A", "i": "1"}, At: join(at(100, 90), at(80, 65), at(60, 44))}, // 10, 15 and 16 minutes
		{Labels: alert.Labels{"alertname": "A", "i": "2"}, At: at(5, 0)},                                  // fires
		{Labels: alert.Labels{"alertname": "Watchdog"}, At: at(200, 0)},
	}, []alert.Silence{silence}, time.Minute, end)
	require.Equal(t, []alert.Noise{
		{Alert: "A", Episodes: 4, Ended: 3, Short: 2, Silenced: 2, Median: 10 * time.Minute},
		{Alert: "Watchdog", Episodes: 1, Median: 200 * time.Minute},
	}, table)
	require.Equal(t, []string{"info alert-noisy p/noise/A: A fired 4 times in 7 days; 50 % ended by itself within 15 min"}, judge(alert.Facts{Noise: table}))
	require.Empty(t, judge(alert.Facts{Noise: []alert.Noise{{Alert: "A", Episodes: 2, Short: 2}, {Alert: "B", Episodes: 9, Short: 4}}}))

	table = append(table, alert.Noise{Alert: "x|`<!channel>`\n"})
	card := alert.Card("production", table, *alert.DefaultPolicy(), time.Minute, now)
	require.Contains(t, card, "| `A` | 4 | 10 min | 50 % | 50 % | yes |\n")
	require.Contains(t, card, "| `x???!channel???` | 0 | 0 s | - | - |  |\n")
	require.NotContains(t, card, "Watchdog")
	require.Contains(t, card, "Measured every 1 min")
}

func TestPolicy(t *testing.T) {
	require.Empty(t, alert.DefaultPolicy().Problems())
	w := alert.Weekly{Weekday: "monday"}
	require.True(t, w.Today(now))
	require.False(t, w.Today(now.AddDate(0, 0, 1)))
	require.False(t, alert.Weekly{}.Today(now))
	require.Len(t, alert.Policy{Canary: alert.Canaries{Destinations: []alert.Destination{{}, {Receiver: "a", Address: "ftp://x"}}}}.Problems(), 13)
}
