package alert

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Alertmanager is what an Alertmanager tells of itself.
type Alertmanager struct {
	Version      string
	Started      time.Time
	Cluster      string // ready, settling or disabled
	Peers        int    // of its cluster, itself among them
	Receivers    int
	ConfigLoaded bool // the last time that it read its configuration
	Skew         time.Duration
}

func alertmanagerTroubles(f Facts, p Policy, now time.Time) (found []report.Finding) {
	am := f.Alertmanager
	if am == nil {
		return nil
	}
	trouble := func(rule string, severity report.Severity, summary, action string) {
		found = append(found, report.Finding{Rule: rule, Subject: f.Scope + "/alertmanager", Severity: severity, Summary: summary, Action: action, Link: report.Web(f.Page)})
	}
	if !am.ConfigLoaded {
		trouble("configuration-rejected", report.High, "Alertmanager rejected its configuration and goes on with the one before",
			"Read its log, mend the configuration (amtool check-config) and deploy it again.")
	}
	if am.Cluster == "settling" {
		trouble("cluster-unsettled", report.Warning, "Alertmanager's cluster is still settling",
			"Run this again in some minutes; if it stays so, look at the connection between its peers.")
	}
	if p.Alertmanagers > 1 && am.Peers < p.Alertmanagers {
		trouble("cluster-incomplete", report.High, fmt.Sprintf("Alertmanager's cluster has %s, not %d", report.Number(am.Peers, "peer"), p.Alertmanagers),
			"Start the missing one, or look at the connection between them.")
	}
	if skewed(am.Skew) {
		trouble("clock-skew", report.Warning, "Alertmanager's clock and this worker's differ by "+long(am.Skew.Abs()), "Set both by NTP: ages and silences' ends are wrong until then.")
	}
	if f.Prometheus != nil && len(f.Prometheus.Watchdogs) > 0 && !hasAlert(f.Alerts, p.Watchdog) {
		trouble("watchdog-not-received", report.High, p.Watchdog+" fires in Prometheus and is not in Alertmanager: alerts don't arrive here",
			"Look at Prometheus' alertmanagers and alert_relabel_configs, and at what lies between the two.")
	}
	return found
}

func skewed(d time.Duration) bool { return d.Abs() > skewest }

func hasAlert(all []Alert, name string) bool {
	for _, a := range all {
		if a.Name() == name {
			return true
		}
	}
	return false
}

// Unsettled tells of a service that has just started: what it does not know yet is no proof of anything.
func (p Policy) Unsettled(what string, started, now time.Time) (reason string, unsettled bool) {
	if up := now.Sub(started); up < p.Settle {
		return fmt.Sprintf("%s started %s ago, and may not know all alerts yet", what, long(max(0, up))), true
	}
	return "", false
}

// Miscounts tells which failed notifications an Alertmanager of that version takes for sent, "" for none.
// https://github.com/prometheus/alertmanager/blob/main/CHANGELOG.md, 0.26.0 (#3121) and 0.28.0 (#4006)
func Miscounts(version string) string {
	major, rest, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	minor, _, _ := strings.Cut(rest, ".")
	number, err := strconv.Atoi(minor)
	switch {
	case err != nil || major != "0" || number >= 28:
		return ""
	case number >= 26:
		return "mail that the relay refuses after DATA"
	}
	return "mail that the relay refuses after DATA, and what Slack refuses with status 200"
}
