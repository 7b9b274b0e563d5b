package scene

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/sandbox/monitoring"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// monitors are a real Alertmanager and a real Prometheus.
type monitors struct{ alertmanager, prometheus *monitoring.Server }

// The canary's route ends at a receiver that sends nothing on, so nobody will see it.
const alertmanagerConfig = `
route:
  receiver: notifications
  group_wait: 0s
  routes:
  - {matchers: [alertname="DailyChecklistCanary"], receiver: checklist-canary, group_by: [alertname, run_id], group_wait: 0s}
receivers: [{name: notifications}, {name: checklist-canary}]
`

const prometheusConfig = `
global: {scrape_interval: 1s, evaluation_interval: 1s, external_labels: {environment: production}}
alerting: {alertmanagers: [{static_configs: [{targets: [%q]}]}]}
rule_files: [%q]
scrape_configs: [{job_name: monitoring, static_configs: [{targets: [%q, %q]}]}]
`

const rules = `groups: [{name: own, rules: [{alert: Watchdog, expr: vector(1), labels: {severity: none}}]}]`

// alertsPolicy counts from the first second, and sends the canary.
const alertsPolicy = `
grace: 0s
settle: 0s
noise: {weekday: ""}
ignore_apps: [B0WEBHOOK] # what the checklist posts itself
canary: {within: 5s, destinations: [{receiver: checklist-canary, slack_channel: ` + slack.Channel + `}]}
`

// monitor starts both, with three open alerts and a silence that matches everything.
func (s *Scene) monitor(ctx context.Context) (err error) {
	if s.monitors.alertmanager, err = monitoring.Alertmanager(ctx, s.Host, monitoring.DebianAlertmanager, s.folder, alertmanagerConfig); err != nil {
		return err
	}
	file := filepath.Join(s.folder, "rules.yml")
	if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
		return err
	}
	address := strings.TrimPrefix(s.monitors.alertmanager.URL, "http://")
	config := func(itself string) string { return fmt.Sprintf(prometheusConfig, address, file, address, itself) }
	if s.monitors.prometheus, err = monitoring.Prometheus(ctx, s.Host, s.folder, config(address)); err != nil {
		return err
	}
	// Its own port is known only now that it runs.
	itself := strings.TrimPrefix(s.monitors.prometheus.URL, "http://")
	if err := os.WriteFile(filepath.Join(s.folder, "prometheus.yml"), []byte(config(itself)), 0o600); err != nil {
		return err
	}
	if err := s.monitors.prometheus.Reload(); err != nil {
		return err
	}
	now := time.Now().UTC()
	var alerts []any
	for name, severity := range map[string]string{"BackupMissing": "critical", "CertificateExpires": "warning", "DiskWillFillUp": "warning"} {
		alerts = append(alerts, map[string]any{
			"labels":      map[string]string{"alertname": name, "severity": severity, "deployment": "cf"},
			"annotations": map[string]string{"runbook_url": "https://cloud.gov/docs/ops/runbook/"},
			"startsAt":    now.Add(-3 * time.Hour), "endsAt": now.Add(24 * time.Hour),
		})
	}
	silence := map[string]any{
		"createdBy": "jane.doe", "comment": "noise", "startsAt": now.Add(time.Second), "endsAt": now.Add(48 * time.Hour),
		"matchers": []any{map[string]any{"name": "severity", "value": ".+", "isRegex": true, "isEqual": true}},
	}
	return errors.Join(s.tell(ctx, "alerts", alerts), s.tell(ctx, "silences", silence))
}

// tell posts to Alertmanager what people and Prometheus servers do.
func (s *Scene) tell(ctx context.Context, what string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.monitors.alertmanager.URL+"/api/v2/"+what, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("post %s to Alertmanager: %s", what, answer.Status)
	}
	return nil
}

func (m monitors) stop() {
	for _, server := range []*monitoring.Server{m.alertmanager, m.prometheus} {
		if server != nil {
			server.Stop()
		}
	}
}
