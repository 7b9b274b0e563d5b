package alert

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Prometheus is what a Prometheus tells of itself and of what it watches.
type Prometheus struct {
	ConfigLoaded  bool
	Skew          time.Duration
	Watchdogs     []time.Duration // the age of each series of the watchdog; nil: not known
	Rules         []Rule
	Targets       []Target
	Alertmanagers []string // that it sends to, by address; nil: not known
	Increases     []Increase
}

// Rule is an alerting or recording rule.
type Rule struct {
	Group, Name, Error string
	Healthy            bool
	Evaluated          time.Time
	Interval           time.Duration
}

// Target is what Prometheus scrapes.
type Target struct {
	Job, Address, Error string
	Up                  bool
}

func prometheusTroubles(f Facts, p Policy, now time.Time) (found []report.Finding) {
	if f.Prometheus == nil {
		return nil
	}
	for _, part := range []func(Prometheus, Policy, time.Time) []report.Finding{
		Prometheus.own, Prometheus.watchdog, Prometheus.rules, Prometheus.targets, Prometheus.counters,
	} {
		found = append(found, part(*f.Prometheus, p, now)...)
	}
	for i := range found {
		found[i].Subject = f.Scope + "/" + found[i].Subject
	}
	return found
}

func (m Prometheus) own(p Policy, _ time.Time) (found []report.Finding) {
	trouble := func(rule string, severity report.Severity, summary, action string) {
		found = append(found, report.Finding{Rule: rule, Subject: "prometheus", Severity: severity, Summary: summary, Action: action})
	}
	if !m.ConfigLoaded {
		trouble("configuration-rejected", report.High, "Prometheus rejected its configuration and goes on with the one before",
			"Read its log, mend the configuration (promtool check config) and deploy it again.")
	}
	if skewed(m.Skew) {
		trouble("clock-skew", report.Warning, "Prometheus' clock and this worker's differ by "+long(m.Skew.Abs()), "Set both by NTP: ages are wrong until then.")
	}
	if n := len(m.Alertmanagers); m.Alertmanagers != nil && n < p.Alertmanagers {
		trouble("alertmanager-not-connected", report.High, fmt.Sprintf("Prometheus sends to %s, not %d: alerts go nowhere", report.Number(n, "Alertmanager"), p.Alertmanagers),
			"Look at Prometheus' page Status, Service discovery, and start or connect the missing one.")
	}
	return found
}

// watchdog: a missing series means that rules are not evaluated, not that all is well.
func (m Prometheus) watchdog(p Policy, _ time.Time) []report.Finding {
	if m.Watchdogs == nil {
		return nil
	}
	f := report.Finding{Subject: "prometheus/" + p.Watchdog, Severity: report.High}
	if len(m.Watchdogs) == 0 {
		f.Rule, f.Summary = "watchdog-missing", p.Watchdog+" does not fire in Prometheus: no rule has it, or rules are not evaluated"
		f.Action = "Add a rule that always fires, `alert: " + p.Watchdog + "`, `expr: vector(1)`, with severity none; or find out why it is not evaluated."
		return []report.Finding{f}
	}
	if youngest := slices.Min(m.Watchdogs); youngest > p.WatchdogAge {
		f.Rule, f.Summary = "watchdog-stale", fmt.Sprintf("%s was evaluated %s ago, more than %s", p.Watchdog, long(youngest), long(p.WatchdogAge))
		f.Action = "Find out why Prometheus evaluates its rules no more: overload, a full disk, a slow rule in the group."
		return []report.Finding{f}
	}
	return nil
}

// rules tells each group that has a rule which fails or was not evaluated in three of its intervals.
func (m Prometheus) rules(_ Policy, now time.Time) (found []report.Finding) {
	for _, group := range by(m.Rules, func(r Rule) string { return r.Group }) {
		var wrong []string
		for _, r := range group {
			age := now.Sub(r.Evaluated)
			switch {
			case r.Evaluated.IsZero():
				wrong = append(wrong, r.Name+": not evaluated yet")
			case !r.Healthy:
				wrong = append(wrong, r.Name+": "+r.Error)
			case age > 3*r.Interval+time.Minute:
				wrong = append(wrong, fmt.Sprintf("%s: evaluated %s ago, its group's interval is %s", r.Name, long(age), long(r.Interval)))
			}
		}
		if len(wrong) > 0 {
			found = append(found, report.Finding{
				Rule: "rule-failing", Subject: "rules/" + group[0].Group, Severity: report.High,
				Summary: fmt.Sprintf("%d of %s of group %s cannot fire", len(wrong), report.Number(len(group), "rule"), group[0].Group),
				Detail:  report.First(wrong, apart, "\n"),
				Action:  "Mend the expression (promtool check rules, then Prometheus' page Rules); until then nobody is told.",
			})
		}
	}
	return found
}

func (m Prometheus) targets(_ Policy, _ time.Time) (found []report.Finding) {
	for _, job := range by(m.Targets, func(t Target) string { return t.Job }) {
		var down []string
		for _, t := range job {
			if !t.Up {
				down = append(down, strings.TrimSuffix(t.Address+": "+t.Error, ": "))
			}
		}
		if len(down) > 0 {
			found = append(found, report.Finding{
				Rule: "target-down", Subject: "targets/" + job[0].Job, Severity: report.Warning,
				Summary: fmt.Sprintf("%d of %s of job %s cannot be scraped", len(down), report.Number(len(job), "target"), job[0].Job),
				Detail:  report.First(down, apart, "\n"),
				Action:  "Start what is down, or take it out of the scrape configuration: rules about it cannot fire.",
			})
		}
	}
	return found
}

// by groups a list in the order of the keys.
func by[T any](list []T, key func(T) string) (groups [][]T) {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	for i, item := range sorted {
		if i == 0 || key(item) != key(sorted[i-1]) {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], item)
	}
	return groups
}
