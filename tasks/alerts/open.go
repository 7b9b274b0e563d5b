package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/alertmanager/api/v2/models"

	"github.com/cloud-gov/platform-checklist/internal/alert"
)

// readAlertmanager reads how it is, then what it has. Silences come after alerts, so that each that
// silences an alert is known.
func (l *looker) readAlertmanager(ctx context.Context) {
	l.alertmanager = l.config.alertmanager()
	own, err := l.askAlertmanager(ctx)
	l.run.Examine("Alertmanagers", oneIf(err == nil))
	if err != nil {
		l.miss("alertmanager", "ask Alertmanager how it is", err, "Look whether it runs at ALERTMANAGER_URL and whether the credentials are right.")
		return
	}
	l.run.Examine("receivers", own.Receivers)
	listed, err := l.alertmanager.alerts(ctx)
	if err != nil {
		l.miss("alertmanager/alerts", "list alerts", err, "")
		return
	}
	l.facts.Alertmanager = own
	young := 0
	l.inhibitors = map[string]string{}
	for _, a := range listed {
		one := fromAlert(a)
		young += oneIf(l.policy.Young(one, l.run.Now()))
		l.facts.Alerts = append(l.facts.Alerts, one)
		if a.Fingerprint != nil {
			l.inhibitors[*a.Fingerprint] = one.Name()
		}
	}
	l.run.See("alerts", len(listed))
	l.run.See("alerts within the grace time", young)
	l.readSilences(ctx)
}

func (l *looker) askAlertmanager(ctx context.Context) (*alert.Alertmanager, error) {
	if err := l.alertmanager.ready(ctx); err != nil {
		return nil, err
	}
	status, err := l.alertmanager.status(ctx)
	if err != nil {
		return nil, err
	}
	receivers, err := l.alertmanager.receivers(ctx)
	if err != nil {
		return nil, err
	}
	loaded, err := l.alertmanager.configLoaded(ctx)
	if err != nil {
		return nil, err
	}
	own := &alert.Alertmanager{
		Version: *status.VersionInfo.Version, Started: time.Time(*status.Uptime), Cluster: *status.Cluster.Status,
		Peers: len(status.Cluster.Peers), Receivers: len(receivers), ConfigLoaded: loaded, Skew: l.alertmanager.ahead(),
	}
	if reason, unsettled := l.policy.Unsettled("Alertmanager", own.Started, l.run.Now()); unsettled {
		l.miss("alertmanager/start", "believe Alertmanager", errors.New(reason), "Run it again in some minutes.")
	}
	if hidden := alert.Miscounts(own.Version); hidden != "" {
		l.run.LeaveOut(l.run.Scope+"/failed notifications", "Alertmanager "+own.Version+" takes for sent: "+hidden)
	}
	return own, nil
}

func fromAlert(a *models.GettableAlert) alert.Alert {
	one := alert.Alert{
		Labels: alert.Labels(a.Labels), Annotations: alert.Labels(a.Annotations), Since: time.Time(*a.StartsAt), Source: a.GeneratorURL.String(),
		SilencedBy: a.Status.SilencedBy, InhibitedBy: a.Status.InhibitedBy, MutedBy: a.Status.MutedBy,
	}
	for _, r := range a.Receivers {
		if r != nil && r.Name != nil {
			one.Receivers = append(one.Receivers, *r.Name)
		}
	}
	return one
}

func (l *looker) readSilences(ctx context.Context) {
	listed, err := l.alertmanager.silences(ctx)
	active := 0
	for _, s := range listed {
		one, bad := fromSilence(s)
		err = errors.Join(err, bad)
		active += oneIf(one.State == models.SilenceStatusStateActive)
		l.facts.Silences = append(l.facts.Silences, one)
	}
	if err != nil {
		l.miss("alertmanager/silences", "list silences", err, "")
		return
	}
	l.run.See("active silences", active)
}

func fromSilence(s *models.GettableSilence) (alert.Silence, error) {
	one := alert.Silence{
		ID: *s.ID, State: *s.Status.State, Starts: time.Time(*s.StartsAt), Ends: time.Time(*s.EndsAt),
		Author: text(s.CreatedBy), Comment: text(s.Comment),
	}
	for _, m := range s.Matchers {
		if m == nil || m.Name == nil || m.Value == nil || m.IsRegex == nil {
			return one, errors.New("silence " + one.ID + " has a matcher without name or value")
		}
		matcher, err := alert.NewMatcher(*m.Name, *m.Value, *m.IsRegex, m.IsEqual != nil && !*m.IsEqual)
		if err != nil {
			return one, err
		}
		one.Matchers = append(one.Matchers, matcher)
	}
	return one, nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
