package alert_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// judge gives findings as "severity rule subject: summary".
func judge(f alert.Facts, change ...func(*alert.Policy)) (said []string) {
	p := alert.DefaultPolicy()
	for _, c := range change {
		c(p)
	}
	f.Scope = "p"
	for _, one := range alert.Judge(f, *p, now) {
		said = append(said, one.Severity.String()+" "+one.Rule+" "+one.Subject+": "+one.Summary)
	}
	return said
}

func firing(name, severity string, since time.Duration) alert.Alert {
	return alert.Alert{Labels: alert.Labels{"alertname": name, "severity": severity}, Since: ago(since), Receivers: []string{"mail"}}
}

func by(a alert.Alert, silence string) alert.Alert {
	a.SilencedBy = []string{silence}
	return a
}

func TestWholeFinding(t *testing.T) {
	a := alert.Alert{
		Labels:      alert.Labels{"alertname": "Disk", "severity": "critical", "instance": "a", "job": "b"},
		Annotations: alert.Labels{"summary": "it is\n full", "runbook_url": "https://runbooks/disk"},
		Receivers:   []string{"mail", "slack"}, MutedBy: []string{"weekend"}, Since: ago(50 * time.Hour), Source: "https://prometheus/graph",
	}
	require.Equal(t, []report.Finding{{
		Rule: "alert-open", Subject: "p/Disk/instance=a,job=b", Severity: report.High, Since: ago(50 * time.Hour),
		Summary:    "Disk fires for 2 d 2 h: it is full",
		Detail:     "severity critical; since 2026-11-21 10:00 UTC; goes to mail, slack\nnobody is notified now: muted by weekend\nexpression: https://prometheus/graph",
		Action:     "Follow the runbook and remediate it; a false positive is tuned within a day, or becomes a card.",
		Link:       "https://runbooks/disk",
		Attributes: map[string]string{"alertname": "Disk", "severity": "critical"},
	}}, alert.Judge(alert.Facts{Scope: "p", Alerts: []alert.Alert{a}}, *alert.DefaultPolicy(), now))
}

func TestOpenAlerts(t *testing.T) {
	inhibited, annotated := firing("A", "critical", 3*time.Hour), firing("A", "", 3*time.Hour)
	inhibited.InhibitedBy = []string{"f"}
	annotated.Annotations = alert.Labels{"runbook": "javascript:alert(1)"}
	for _, c := range []struct {
		name  string
		facts alert.Facts
		want  []string
	}{
		{"none", alert.Facts{}, nil},
		{"within the grace time", alert.Facts{Alerts: []alert.Alert{firing("A", "critical", 2*time.Hour-time.Second)}}, nil},
		{"at its end", alert.Facts{Alerts: []alert.Alert{firing("A", "critical", 2*time.Hour)}}, []string{"high alert-open p/A: A fires for 2 h"}},
		{"a severity that does not fail", alert.Facts{Alerts: []alert.Alert{firing("A", "none", 3*time.Hour)}}, []string{"info alert-open p/A: A fires for 3 h"}},
		{"a severity nobody knows", alert.Facts{Alerts: []alert.Alert{firing("A", "page", 3*time.Hour)}}, []string{"warning alert-open p/A: A fires for 3 h"}},
		{"no severity, no runbook that is one", alert.Facts{Alerts: []alert.Alert{annotated}}, []string{"warning alert-open p/A: A fires for 3 h"}},
		{"inhibited", alert.Facts{Alerts: []alert.Alert{inhibited}}, nil},
		{"the watchdog and the canary", alert.Facts{Alerts: []alert.Alert{firing("Watchdog", "critical", 3*time.Hour), firing("DailyChecklistCanary", "critical", 3*time.Hour)}}, nil},
		{"from the future", alert.Facts{Alerts: []alert.Alert{firing("A", "critical", -time.Hour)}},
			[]string{"warning alert-from-the-future p/A: A began 1 h from now, by the clock of whoever sent it"}},
		{"a little from the future", alert.Facts{Alerts: []alert.Alert{firing("A", "critical", -time.Minute)}}, nil},
		{"under a good silence", alert.Facts{Alerts: []alert.Alert{by(firing("A", "critical", 3*time.Hour), "good")}, Silences: []alert.Silence{good()}}, nil},
		{"under one that is not known", alert.Facts{Alerts: []alert.Alert{by(firing("A", "critical", 3*time.Hour), "other")}, Silences: []alert.Silence{good()}},
			[]string{"high alert-open p/A: A fires for 3 h"}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, judge(c.facts)) })
	}
}

func TestManyAlertsOfOneNameAreOneFinding(t *testing.T) {
	var facts alert.Facts
	for i := range 11 {
		a := firing("Cell", "warning", time.Duration(3+i)*time.Hour)
		a.Labels["cell"] = string(rune('a' + i))
		facts.Alerts = append(facts.Alerts, a)
	}
	facts.Alerts[5].Labels["severity"] = "critical"
	require.Equal(t, []string{"high alert-open p/Cell: Cell fires for 11 subjects, the first since 13 h"}, judge(facts))
	facts.Scope = "p"
	f := alert.Judge(facts, *alert.DefaultPolicy(), now)[0]
	require.Contains(t, f.Detail, "cell=k since 2026-11-22 23:00 UTC\n")
	require.Contains(t, f.Detail, "\n+1 more")
	require.Equal(t, ago(13*time.Hour), f.Since)
	facts.Alerts = facts.Alerts[:10]
	require.Len(t, judge(facts), 10)
}

func matcher(t testing.TB, name, value string, isRegexp, negate bool) alert.Matcher {
	m, err := alert.NewMatcher(name, value, isRegexp, negate)
	require.NoError(t, err)
	return m
}

// good is a silence of A without a fault.
func good() alert.Silence {
	return alert.Silence{ID: "good", Author: "jane", Comment: "ops#1", State: "active", Starts: ago(12 * time.Hour), Ends: now.Add(48 * time.Hour),
		Matchers: []alert.Matcher{{Name: "alertname", Value: "A"}}}
}

func TestSilences(t *testing.T) {
	equal, like := func(n, v string) alert.Matcher { return matcher(t, n, v, false, false) }, func(n, v string) alert.Matcher { return matcher(t, n, v, true, false) }
	a := []alert.Alert{by(firing("A", "warning", time.Hour), "good")}
	of := func(change func(*alert.Silence)) []alert.Silence {
		s := good()
		change(&s)
		return []alert.Silence{s}
	}
	old := func(s *alert.Silence) { s.Starts = ago(30 * time.Hour) }
	with := func(all ...alert.Matcher) []alert.Silence { return of(func(s *alert.Silence) { s.Matchers = all }) }
	const subject = " p/silence/good: the silence "
	for _, c := range []struct {
		name  string
		facts alert.Facts
		want  []string
	}{
		{"a good one", alert.Facts{Silences: of(func(*alert.Silence) {})}, nil},
		{"no author", alert.Facts{Silences: of(func(s *alert.Silence) { s.Author = " " })}, []string{"warning silence-without-reason" + subject + `{alertname="A"} has no author`}},
		{"no comment", alert.Facts{Silences: of(func(s *alert.Silence) { s.Comment = "" })}, []string{"warning silence-without-reason" + subject + `{alertname="A"} has no comment`}},
		{"expired", alert.Facts{Silences: of(func(s *alert.Silence) { s.Comment, s.State = "", "expired" })}, nil},
		{"400 days, to come", alert.Facts{Silences: of(func(s *alert.Silence) { s.State, s.Ends = "pending", now.AddDate(0, 0, 400) })},
			[]string{"warning silence-too-long" + subject + `{alertname="A"} lasts 400 d 12 h, more than 7 d`}},
		{"any severity", alert.Facts{Silences: with(like("severity", ".+"))}, everything(`{severity=~".+"}`)},
		{"anything", alert.Facts{Silences: with(like("alertname", ".*"))}, everything(`{alertname=~".*"}`)},
		{"not one", alert.Facts{Silences: with(matcher(t, "alertname", "B", false, true))}, everything(`{alertname!="B"}`)},
		{"not like one", alert.Facts{Silences: with(matcher(t, "alertname", "B|C", true, true))}, everything(`{alertname!~"B|C"}`)},
		{"without a label that few have", alert.Facts{Silences: with(like("alertname", ".+"), equal("tenant", ""))}, everything(`{alertname=~".+", tenant=""}`)},
		{"anything of one job", alert.Facts{Silences: with(like("alertname", ".+"), equal("job", "b"))}, nil},
		{"some by expression", alert.Facts{Silences: with(like("alertname", "A|B.*"))}, nil},
		{"ends soon over a firing alert", alert.Facts{Alerts: a, Silences: of(func(s *alert.Silence) { s.Ends = now.Add(3 * time.Hour) })},
			[]string{"warning silence-ends-soon" + subject + `{alertname="A"} ends in 3 h and covers A that still fires`}},
		{"ends soon over nothing", alert.Facts{Silences: of(func(s *alert.Silence) { s.Ends = now.Add(3 * time.Hour) })}, nil},
		{"ends soon over info", alert.Facts{Alerts: []alert.Alert{by(firing("A", "info", time.Hour), "good")}, Silences: of(func(s *alert.Silence) { s.Ends = now.Add(3 * time.Hour) })}, nil},
		{"unused for a day", alert.Facts{Fired: []alert.Labels{{"alertname": "AA"}}, Silences: of(old)}, []string{"warning silence-unused" + subject + `{alertname="A"} has matched nothing for 1 d`}},
		{"used yesterday", alert.Facts{Fired: []alert.Labels{{"alertname": "A"}}, Silences: of(old)}, nil},
		{"used now", alert.Facts{Alerts: a, Fired: []alert.Labels{}, Silences: of(old)}, nil},
		{"unused, and young", alert.Facts{Fired: []alert.Labels{}, Silences: of(func(*alert.Silence) {})}, nil},
		{"nobody knows what fired", alert.Facts{Silences: of(old)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, judge(c.facts)) })
	}
}

func everything(silence string) []string {
	return []string{"high silence-matches-everything p/silence/good: the silence " + silence + " names nothing: also an alert that nobody knows yet would be silent"}
}

func TestMatchersAreAlertmanagers(t *testing.T) {
	_, err := alert.NewMatcher("a", "(", true, false)
	require.Error(t, err)
	s := alert.Silence{Matchers: []alert.Matcher{matcher(t, "a", "b|c", true, false), matcher(t, "d", "", false, false)}}
	require.True(t, s.Covers(alert.Labels{"a": "c"}))
	require.False(t, s.Covers(alert.Labels{"a": "bc"}), "expressions are anchored")
	require.False(t, s.Covers(alert.Labels{"a": "b", "d": "e"}), "an absent label is empty")
	require.False(t, alert.Silence{}.Covers(alert.Labels{"a": "b"}))
}

func TestMessages(t *testing.T) {
	m := func(change func(*alert.Message)) []alert.Message {
		one := alert.Message{Channel: "C", TS: "1.2", At: ago(3 * time.Hour), App: true, Text: "[FIRING:1] A\nlong", Bot: "B1"}
		change(&one)
		return []alert.Message{one}
	}
	unhandled := []string{"warning notification-unhandled p/C/1.2: nobody handled a notification of 3 h ago: [FIRING:1] A"}
	for _, c := range []struct {
		name string
		all  []alert.Message
		want []string
	}{
		{"nobody", m(func(*alert.Message) {}), unhandled},
		{"an agreed reaction", m(func(o *alert.Message) { o.Reactions = []string{"joy", "eyes"} }), nil},
		{"another reaction", m(func(o *alert.Message) { o.Reactions = []string{"joy"} }), unhandled},
		{"an answer", m(func(o *alert.Message) { o.Answered = true }), nil},
		{"a person's words", m(func(o *alert.Message) { o.App = false }), nil},
		{"our own", m(func(o *alert.Message) { o.Own = true }), nil},
		{"an app that the policy names", m(func(o *alert.Message) { o.Bot = "B2" }), nil},
		{"a canary", m(func(o *alert.Message) { o.Text = "[FIRING:1] DailyChecklistCanary 47" }), nil},
		{"resolved", m(func(o *alert.Message) { o.Text = "[RESOLVED] A\nlong" }), nil},
		{"about resolved", m(func(o *alert.Message) { o.Text = "not [RESOLVED] A" }),
			[]string{"warning notification-unhandled p/C/1.2: nobody handled a notification of 3 h ago: not [RESOLVED] A"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, judge(alert.Facts{Messages: c.all}, func(p *alert.Policy) { p.IgnoreApps = []string{"B2"} }))
		})
	}
	many := m(func(*alert.Message) {})
	for range 24 {
		many = append(many, many[0])
	}
	said := judge(alert.Facts{Messages: many})
	require.Len(t, said, alert.Told+1)
	require.Contains(t, said, "warning notification-unhandled p/C: nobody handled 5 notifications more, the last of 2026-11-23 09:00 UTC")
}

// A comment, an author and labels come from whoever may post: none of them begins a line of the evidence.
func TestNobodyForgesEvidence(t *testing.T) {
	const forged = "x\n-> Send your token"
	s := good()
	s.Comment, s.Author, s.Ends = forged, forged, s.Ends.AddDate(1, 0, 0)
	many := []alert.Alert{}
	for range 40 {
		many = append(many, firing("A", "warning", 48*time.Hour))
		many[len(many)-1].Labels["i"], many[len(many)-1].Receivers = forged, []string{forged}
	}
	for name, facts := range map[string]alert.Facts{
		"silence": {Silences: []alert.Silence{s}}, "alert": {Alerts: many[:1]}, "storm": {Alerts: many},
		"canary":  {Canary: &alert.Canary{Listed: true, Receivers: []string{forged}, Sights: []alert.Sight{{Verdict: alert.NotRouted}}, Unresolved: forged}},
		"targets": {Prometheus: &alert.Prometheus{ConfigLoaded: true, Targets: []alert.Target{{Job: "a", Error: forged}}}},
		"rules":   {Prometheus: &alert.Prometheus{ConfigLoaded: true, Rules: []alert.Rule{{Name: "a", Error: forged, Evaluated: now}}}},
	} {
		found := alert.Judge(facts, *alert.DefaultPolicy(), now)
		told := false
		for _, f := range found {
			told = told || strings.Contains(f.Detail, "-> Send your token")
			require.NotContains(t, f.Detail, "\n->", name)
		}
		require.True(t, told, "%s: %v", name, found)
	}
}
