package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"

	"github.com/cloud-gov/platform-checklist/internal/alert"
)

const (
	mostSamples = 2_000_000 // of a review; a larger one is measured in longer steps
	pageSamples = 200_000   // of one answer, about 5 MB
)

// reviewNoise looks back over a week of ALERTS on the day that the policy names, since Alertmanager
// keeps no history.
func (l *looker) reviewNoise(ctx context.Context) {
	now := l.run.Now()
	if !l.policy.Weekly.Today(now) {
		l.run.LeaveOut(l.run.Scope+"/noise", "reviewed once a week (noise.weekday), on "+cmp.Or(l.policy.Weekly.Weekday, "no day"))
		return
	}
	if l.prometheus == nil || l.facts.Alertmanager == nil {
		return // a gap already
	}
	span := time.Duration(l.policy.Weekly.Days) * 24 * time.Hour
	firings, step, err := l.prometheus.history(ctx, now.Add(-span), now)
	if err != nil {
		l.miss("noise", "read the history of ALERTS", err, "")
		return
	}
	l.facts.Noise = alert.Review(firings, l.facts.Silences, step, now)
	l.run.See("alerts in the noise review", len(l.facts.Noise))
	if err := l.run.WriteText("noise.md", alert.Card(l.run.Scope, l.facts.Noise, *l.policy, step, now)); err != nil {
		l.miss("noise", "keep noise.md", err, "")
	}
}

// history reads when each alert fired, in as many pages as its size asks for.
func (p *prometheusClient) history(ctx context.Context, from, to time.Time) ([]alert.Firing, time.Duration, error) {
	external, err := p.external(ctx)
	if err != nil {
		return nil, 0, err
	}
	samples, err := p.vector(ctx, fmt.Sprintf(`sum(count_over_time(ALERTS{alertstate="firing"}[%ds]))`, int(to.Sub(from).Seconds())))
	if err != nil || len(samples) == 0 {
		return nil, time.Minute, err
	}
	step := time.Minute * time.Duration(1+int(samples[0].Value)/mostSamples)
	page := to.Sub(from) / time.Duration(max(7, 1+int(samples[0].Value)/pageSamples))
	page = max(page.Truncate(step), step)
	found := map[model.Fingerprint]*alert.Firing{}
	for left := to.Sub(from).Truncate(step) - step; left >= 0; left -= page { // so that the last measure is now
		value, warnings, err := p.QueryRange(ctx, `ALERTS{alertstate="firing"}`, v1.Range{Start: to.Add(-left), End: to.Add(-max(0, left-page+step)), Step: step})
		if err := complete(warnings, err); err != nil {
			return nil, 0, err
		}
		series, is := value.(model.Matrix)
		if !is {
			return nil, 0, fmt.Errorf("the answer is no matrix")
		}
		add(found, series, external)
	}
	var all []alert.Firing
	for _, f := range found {
		all = append(all, *f)
	}
	return all, step, nil
}

func add(found map[model.Fingerprint]*alert.Firing, series model.Matrix, external alert.Labels) {
	for _, s := range series {
		key := s.Metric.Fingerprint()
		if found[key] == nil {
			found[key] = &alert.Firing{Labels: sent(s.Metric, external)}
		}
		for _, v := range s.Values {
			found[key].At = append(found[key].At, v.Timestamp.Unix())
		}
	}
}
