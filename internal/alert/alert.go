// Package alert judges an environment's alerting: which alerts are open, which silences hide more than
// they should, which notifications nobody handled, whether monitoring itself is alive, and which alerts
// are noise. It reads nothing: facts, policy and a moment go in, findings come out.
package alert

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Facts are what was read of one environment's monitoring. A part that could not be read is nil, and not judged.
type Facts struct {
	Scope        string
	Page         string // address of Alertmanager's page for people
	Alerts       []Alert
	Silences     []Silence
	Fired        []Labels // what fired lately by Prometheus, see Policy.SilenceUnused; nil: not known
	Alertmanager *Alertmanager
	Prometheus   *Prometheus
	Messages     []Message
	Canary       *Canary
	Noise        []Noise
}

// Labels name an alert.
type Labels map[string]string

// Alert is one that Alertmanager has.
type Alert struct {
	Labels, Annotations              Labels
	Receivers                        []string
	SilencedBy, InhibitedBy, MutedBy []string // IDs of silences, fingerprints of alerts, names of time intervals
	Since                            time.Time
	Source                           string // where the expression can be seen
}

// Name is the alert's rule.
func (a Alert) Name() string { return a.Labels["alertname"] }

// Judge tells all that is wrong.
func Judge(f Facts, p Policy, now time.Time) []report.Finding {
	var found []report.Finding
	for _, part := range []func(Facts, Policy, time.Time) []report.Finding{
		openAlerts, badSilences, alertmanagerTroubles, prometheusTroubles, unhandledMessages, canaryTroubles, noisyAlerts,
	} {
		found = append(found, part(f, p, now)...)
	}
	report.Sort(found)
	return found
}

// String lists all labels but the alert's name and severity, which stand elsewhere: instance=a,job=b.
func (l Labels) String() string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(l)) {
		if name != "alertname" && name != "severity" {
			pairs = append(pairs, name+"="+l[name])
		}
	}
	return strings.Join(pairs, ",")
}
