package alert

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

const (
	apart   = 10              // more open alerts of one name are one finding
	skewest = 2 * time.Minute // by which clocks may differ
)

// openAlerts tells the alerts that somebody must handle: past the grace time, not inhibited, not
// under a good silence. The watchdog and the canary fire on purpose.
func openAlerts(f Facts, p Policy, now time.Time) []report.Finding {
	good := goodSilences(f.Silences, p)
	byName := map[string][]Alert{}
	var found []report.Finding
	for _, a := range f.Alerts {
		if a.Name() == p.Watchdog || a.Name() == p.Canary.Alertname || !a.needsSomebody(good) {
			continue
		}
		if a.Since.Sub(now) > skewest {
			found = append(found, a.fromTheFuture(f.Scope, now))
			continue
		}
		if now.Sub(a.Since) >= p.Grace {
			byName[a.Name()] = append(byName[a.Name()], a)
		}
	}
	for name, alerts := range byName {
		if len(alerts) > apart {
			found = append(found, storm(f.Scope, name, alerts, p, now))
			continue
		}
		for _, a := range alerts {
			found = append(found, a.open(f.Scope, p, now))
		}
	}
	return found
}

// needsSomebody takes a silence that cannot be found, as one made while this was read, for no good one.
func (a Alert) needsSomebody(good map[string]bool) bool {
	return len(a.InhibitedBy) == 0 && !slices.ContainsFunc(a.SilencedBy, func(id string) bool { return good[id] })
}

// Young tells whether an alert is still within its grace time.
func (p Policy) Young(a Alert, now time.Time) bool { return now.Sub(a.Since) < p.Grace }

func (a Alert) subject(scope string) string {
	return strings.TrimSuffix(scope+"/"+a.Name()+"/"+a.Labels.String(), "/")
}

func (a Alert) open(scope string, p Policy, now time.Time) report.Finding {
	return report.Finding{
		Rule: "alert-open", Subject: a.subject(scope), Severity: p.severity(a.Labels), Since: a.Since.UTC(),
		Summary:    fmt.Sprintf("%s fires for %s%s", a.Name(), long(now.Sub(a.Since)), a.says()),
		Detail:     a.detail(),
		Action:     a.action(),
		Link:       a.link(),
		Attributes: map[string]string{"alertname": a.Name(), "severity": a.Labels["severity"]},
	}
}

// says is what the alert tells of itself, in one line.
func (a Alert) says() string {
	text := cmp.Or(a.Annotations["summary"], a.Annotations["description"], a.Annotations["message"])
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return ""
	}
	return ": " + text
}

func (a Alert) detail() string {
	lines := []string{fmt.Sprintf("severity %s; since %s; goes to %s", cmp.Or(a.Labels["severity"], "not given"), clock(a.Since), cmp.Or(strings.Join(a.Receivers, ", "), "nobody"))}
	if len(a.SilencedBy) > 0 {
		lines = append(lines, "silenced by "+strings.Join(a.SilencedBy, ", ")+", which is no good silence")
	}
	if len(a.MutedBy) > 0 {
		lines = append(lines, "nobody is notified now: muted by "+strings.Join(a.MutedBy, ", "))
	}
	if source := report.Web(a.Source); source != "" && source != a.link() {
		lines = append(lines, "expression: "+source)
	}
	return report.Lines(lines...)
}

func (a Alert) link() string {
	return cmp.Or(report.Web(a.Annotations["runbook_url"]), report.Web(a.Annotations["runbook"]), report.Web(a.Source))
}

func (a Alert) action() string {
	if a.Annotations["runbook_url"] == "" && a.Annotations["runbook"] == "" {
		return "Find out whether it is real and remediate it, then give the rule a runbook_url; a false positive is tuned within a day, or becomes a card."
	}
	return "Follow the runbook and remediate it; a false positive is tuned within a day, or becomes a card."
}

// storm is many alerts of one name as one finding.
func storm(scope, name string, alerts []Alert, p Policy, now time.Time) report.Finding {
	slices.SortFunc(alerts, func(a, b Alert) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Labels.String(), b.Labels.String()))
	})
	worst, lines := alerts[0], make([]string, len(alerts))
	for i, a := range alerts {
		lines[i] = a.Labels.String() + " since " + clock(a.Since)
		if p.severity(a.Labels) > p.severity(worst.Labels) {
			worst = a
		}
	}
	f := worst.open(scope, p, now)
	f.Subject, f.Since = scope+"/"+name, alerts[0].Since.UTC()
	f.Summary = fmt.Sprintf("%s fires for %s, the first since %s%s", name, report.Number(len(alerts), "subject"), long(now.Sub(alerts[0].Since)), worst.says())
	f.Detail = report.First(lines, apart, "\n")
	return f
}

// fromTheFuture: its age cannot be known, so it would never be old enough to be told.
func (a Alert) fromTheFuture(scope string, now time.Time) report.Finding {
	return report.Finding{
		Rule: "alert-from-the-future", Subject: a.subject(scope), Severity: report.Warning,
		Summary: fmt.Sprintf("%s began %s from now, by the clock of whoever sent it", a.Name(), long(a.Since.Sub(now))),
		Detail:  a.detail(),
		Action:  "Correct the clock of its sender; look at the alert as if it were open.",
		Link:    a.link(),
	}
}
