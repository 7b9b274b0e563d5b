// Alerts asks what the checklist asks of open alerts: "Review and respond to open alerts", and "Are there
// no alerts or notifications? Verify the monitoring system is functioning correctly and confirm that alerts are
// reaching their expected destinations".
//
// It reads Alertmanager's API v2 (status, receivers, alerts, silences), /-/ready and /metrics; Prometheus'
// API (rules, targets, alertmanagers, its own counters, the watchdog's series, and on one day of the week the
// history of ALERTS); and with SLACK_TOKEN the notifications channel. It writes one thing, when the policy asks for
// it: a test alert, the canary, which is looked for where its receivers deliver, and resolved afterwards.
//
// It reports open alerts, silences that hide too much, notifications that nobody handled, whatever in monitoring is
// not alive, and alerts that are noise.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
