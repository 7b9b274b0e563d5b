package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/alert"
)

// readPrometheus reads whether monitoring is alive: also on a morning with alerts, since those that
// are there say nothing of those that are not.
func (l *looker) readPrometheus(ctx context.Context) {
	var err error
	if l.prometheus, err = l.config.prometheus(); err == nil {
		err = l.askPrometheus(ctx)
	}
	l.run.Examine("Prometheus servers", oneIf(err == nil))
	if err != nil {
		l.prometheus = nil
		l.miss("prometheus", "ask Prometheus how it is", err, "Look whether it runs at PROMETHEUS_URL and whether the credentials are right.")
		return
	}
	l.readRules(ctx)
	l.readFired(ctx)
}

func (l *looker) askPrometheus(ctx context.Context) error {
	own, err := l.prometheus.Runtimeinfo(ctx)
	if err != nil {
		return err
	}
	if own.StartTime.IsZero() {
		return errors.New("it tells no start time")
	}
	if reason, unsettled := l.policy.Unsettled("Prometheus", own.StartTime, l.run.Now()); unsettled {
		l.miss("prometheus/start", "believe Prometheus", errors.New(reason), "Run it again in some minutes.")
	}
	l.facts.Prometheus = &alert.Prometheus{ConfigLoaded: own.ReloadConfigSuccess, Skew: l.prometheus.ahead()}
	l.readCounters(ctx, l.run.Now().Sub(own.StartTime))
	return nil
}

// readCounters looks back no further than to shortly after Prometheus' start: what it drops before it
// has discovered Alertmanager is sent again within a minute.
func (l *looker) readCounters(ctx context.Context, up time.Duration) {
	for _, c := range alert.Counters {
		c.Over = max(time.Minute, min(c.Over, up-2*time.Minute))
		grown, known, err := l.prometheus.increases(ctx, c)
		if err == nil && !known && c.Vital {
			err = errors.New("Prometheus has no such series: it does not scrape itself")
		}
		switch {
		case err != nil:
			l.miss("prometheus/"+c.Metric, "read "+c.Metric, err, "Let Prometheus scrape itself, or accept it as a gap.")
		case !known:
			l.run.LeaveOut(l.run.Scope+"/"+c.Metric, "Prometheus has no such series")
		}
		l.facts.Prometheus.Increases = append(l.facts.Prometheus.Increases, grown...)
	}
}

func (l *looker) readRules(ctx context.Context) {
	facts := l.facts.Prometheus
	var err error
	if facts.Watchdogs, err = l.prometheus.watchdogs(ctx, l.policy.Watchdog); err != nil {
		l.miss("prometheus/"+l.policy.Watchdog, "read the watchdog's series", err, "")
	}
	var fire int
	if facts.Rules, fire, err = l.prometheus.rules(ctx); err != nil {
		l.miss("prometheus/rules", "list rules", err, "")
	}
	l.run.Examine("alerting rules", fire)
	if facts.Targets, err = l.prometheus.targets(ctx); err != nil {
		l.miss("prometheus/targets", "list targets", err, "")
	}
	l.run.Examine("targets", len(facts.Targets))
	if facts.Alertmanagers, err = l.prometheus.alertmanagers(ctx); err != nil {
		facts.Alertmanagers = nil
		l.miss("prometheus/alertmanagers", "list the Alertmanagers that it sends to", err, "")
	}
}

// readFired reads what fired since a silence must have matched something.
func (l *looker) readFired(ctx context.Context) {
	external, err := l.prometheus.external(ctx)
	if err != nil {
		l.miss("prometheus/configuration", "read the labels that Prometheus adds", err, "")
		return
	}
	vector, err := l.prometheus.vector(ctx, fmt.Sprintf(`last_over_time(ALERTS{alertstate="firing"}[%ds])`, int(l.policy.SilenceUnused.Seconds())))
	if err != nil {
		l.miss("prometheus/ALERTS", "read what fired", err, "")
		return
	}
	l.facts.Fired = []alert.Labels{}
	for _, sample := range vector {
		l.facts.Fired = append(l.facts.Fired, sent(sample.Metric, external))
	}
}
