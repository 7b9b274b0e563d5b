package alert

import (
	"fmt"
	"math"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Counter is a counter of Prometheus that must not grow. Totals tell nothing: Prometheus drops the
// first notifications after its start, before it has discovered Alertmanager.
type Counter struct {
	Metric, By string        // By is the label that tells its parts apart
	Over       time.Duration // looked back
	Vital      bool          // without it, nobody knows whether alerts arrive
	rule       string
	severity   report.Severity
	says       string // with the increase, part and duration
	action     string
}

// Counters are those that are read.
var Counters = []Counter{
	{Metric: "prometheus_notifications_dropped_total", By: "instance", Over: 15 * time.Minute, Vital: true,
		rule: "notification-dropped", severity: report.High, says: "Prometheus %[2]s dropped %[1]d notifications in the last %[3]s",
		action: "Look whether Alertmanager answers, and at Prometheus' log; what was dropped is sent again while it still fires."},
	{Metric: "prometheus_notifications_errors_total", By: "alertmanager", Over: 15 * time.Minute,
		rule: "notification-refused", severity: report.High, says: "Alertmanager %[2]s refused %[1]d notifications of Prometheus in the last %[3]s",
		action: "Read Prometheus' log for the answer, and mend Alertmanager."},
	{Metric: "prometheus_rule_evaluation_failures_total", By: "rule_group", Over: time.Hour, Vital: true,
		rule: "rule-evaluation-failed", severity: report.Warning, says: "rules of group %[2]s failed %[1]d times in the last %[3]s",
		action: "Read Prometheus' page Rules or its log, and mend the rule: it could not fire meanwhile."},
	{Metric: "alertmanager_notifications_failed_total", By: "integration", Over: 24 * time.Hour,
		rule: "notification-failed", severity: report.Warning, says: "Alertmanager could not deliver %[1]d notifications by %[2]s in the last %[3]s",
		action: "Read Alertmanager's log, mend the receiver, and look whether somebody missed an alert."},
}

// Increase is by how much a part of a counter grew.
type Increase struct {
	Counter
	Part string
	By   float64
}

func (m Prometheus) counters(Policy, time.Time) (found []report.Finding) {
	for _, i := range m.Increases {
		if n := int(math.Ceil(i.By - 0.01)); n > 0 { // Prometheus extrapolates an increase
			found = append(found, report.Finding{
				Rule: i.rule, Subject: "prometheus/" + i.Metric + "/" + i.Part, Severity: i.severity,
				Summary: fmt.Sprintf(i.says, n, i.Part, long(i.Over)), Action: i.action,
			})
		}
	}
	return found
}
