package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/alert"
)

// prometheusClient asks one, by its official client.
type prometheusClient struct {
	*door
	v1.API
}

func (c *config) prometheus() (*prometheusClient, error) {
	web, d := c.open(c.Prometheus)
	client, err := api.NewClient(api.Config{Address: c.Prometheus.URL, Client: web})
	if err != nil {
		return nil, err
	}
	return &prometheusClient{d, v1.NewAPI(client)}, nil
}

// vector asks for a vector at Prometheus' own time. A warning is an error: it tells that parts are missing.
func (p *prometheusClient) vector(ctx context.Context, query string) (model.Vector, error) {
	value, warnings, err := p.Query(ctx, query, time.Time{})
	if err := complete(warnings, err); err != nil {
		return nil, err
	}
	vector, is := value.(model.Vector)
	if !is {
		return nil, fmt.Errorf("%s: the answer is no vector", query)
	}
	return vector, nil
}

func complete(warnings v1.Warnings, err error) error {
	if err != nil {
		return err
	}
	for _, w := range warnings {
		if !strings.HasPrefix(w, "PromQL info") {
			return fmt.Errorf("the answer is not whole: %s", w)
		}
	}
	return nil
}

// watchdogs are the ages of the series of an alert that always fires, none when it doesn't.
func (p *prometheusClient) watchdogs(ctx context.Context, name string) ([]time.Duration, error) {
	vector, err := p.vector(ctx, fmt.Sprintf(`time() - timestamp(ALERTS{alertname=%q,alertstate="firing"})`, name))
	if err != nil {
		return nil, err
	}
	ages := []time.Duration{}
	for _, sample := range vector {
		ages = append(ages, time.Duration(float64(sample.Value)*float64(time.Second)))
	}
	return ages, nil
}

func (p *prometheusClient) rules(ctx context.Context) (all []alert.Rule, fire int, err error) {
	result, err := p.Rules(ctx, nil)
	for _, group := range result.Groups {
		interval := time.Duration(group.Interval * float64(time.Second))
		for _, one := range group.Rules {
			switch r := one.(type) {
			case v1.AlertingRule:
				fire++
				all = append(all, alert.Rule{Group: group.Name, Name: r.Name, Error: r.LastError, Healthy: r.Health == v1.RuleHealthGood, Evaluated: r.LastEvaluation, Interval: interval})
			case v1.RecordingRule:
				all = append(all, alert.Rule{Group: group.Name, Name: r.Name, Error: r.LastError, Healthy: r.Health == v1.RuleHealthGood, Evaluated: r.LastEvaluation, Interval: interval})
			}
		}
	}
	return all, fire, err
}

func (p *prometheusClient) targets(ctx context.Context) (all []alert.Target, err error) {
	result, err := p.Targets(ctx)
	for _, t := range result.Active {
		job := string(t.Labels[model.JobLabel])
		if job == "" {
			job = t.ScrapePool
		}
		all = append(all, alert.Target{Job: job, Address: string(t.Labels[model.InstanceLabel]), Error: t.LastError, Up: t.Health == v1.HealthGood})
	}
	return all, err
}

func (p *prometheusClient) alertmanagers(ctx context.Context) ([]string, error) {
	result, err := p.AlertManagers(ctx)
	all := []string{}
	for _, a := range result.Active {
		all = append(all, a.URL)
	}
	return all, err
}

// increases tells by how much each part of a counter grew; known: Prometheus has the counter at all.
func (p *prometheusClient) increases(ctx context.Context, c alert.Counter) (grown []alert.Increase, known bool, err error) {
	vector, err := p.vector(ctx, fmt.Sprintf("sum by (%s) (increase(%s[%ds]))", c.By, c.Metric, int(c.Over.Seconds())))
	for _, sample := range vector {
		part := string(sample.Metric[model.LabelName(c.By)])
		part = part[strings.LastIndex(part, ";")+1:] // a rule group's is file;name
		grown = append(grown, alert.Increase{Counter: c, Part: part, By: float64(sample.Value)})
	}
	return grown, len(vector) > 0, err
}

// external are the labels that Prometheus adds to what it sends, and not to its series.
func (p *prometheusClient) external(ctx context.Context) (alert.Labels, error) {
	result, err := p.Config(ctx)
	if err != nil {
		return nil, err
	}
	var file struct {
		Global struct {
			Labels alert.Labels `yaml:"external_labels"`
		}
	}
	if err := yaml.Unmarshal([]byte(result.YAML), &file); err != nil {
		return nil, fmt.Errorf("parse its configuration: %w", err)
	}
	return file.Global.Labels, nil
}

// sent are the labels of a series of ALERTS as Alertmanager gets them.
func sent(metric model.Metric, external alert.Labels) alert.Labels {
	labels := alert.Labels{}
	for name, value := range external {
		labels[name] = value
	}
	for name, value := range metric {
		if name != model.MetricNameLabel && name != "alertstate" {
			labels[string(name)] = string(value)
		}
	}
	return labels
}
