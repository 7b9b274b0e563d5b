package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	httptransport "github.com/go-openapi/runtime/client"
	"github.com/prometheus/alertmanager/api/v2/client"
	alerts "github.com/prometheus/alertmanager/api/v2/client/alert"
	"github.com/prometheus/alertmanager/api/v2/client/general"
	"github.com/prometheus/alertmanager/api/v2/client/receiver"
	"github.com/prometheus/alertmanager/api/v2/client/silence"
	"github.com/prometheus/alertmanager/api/v2/models"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// alertmanagerClient asks one, by its official client, which takes an empty answer for an empty list:
// here it is an error.
type alertmanagerClient struct {
	*door
	api     *client.AlertmanagerAPI
	http    *http.Client
	base    *url.URL
	timeout time.Duration
}

var errEmpty = errors.New("the answer is empty")

func (c *config) alertmanager() *alertmanagerClient {
	base, _ := url.Parse(c.Alertmanager.URL) // Problems has read it
	web, d := c.open(c.Alertmanager)
	transport := httptransport.NewWithClient(base.Host, base.JoinPath("api", "v2").Path, []string{base.Scheme}, web)
	return &alertmanagerClient{d, client.New(transport, nil), web, base, c.RequestTimeout}
}

// get reads a page that is outside of the API.
func (a *alertmanagerClient) get(ctx context.Context, page string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base.JoinPath(page).String(), nil)
	if err != nil {
		return nil, err
	}
	return a.http.Do(request)
}

func (a *alertmanagerClient) ready(ctx context.Context) error {
	response, err := a.get(ctx, "/-/ready")
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// configLoaded tells whether the last reading of the configuration went well, which only a metric tells.
func (a *alertmanagerClient) configLoaded(ctx context.Context) (bool, error) {
	response, err := a.get(ctx, "/metrics")
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(response.Body)
	if err != nil {
		return false, err
	}
	const name = "alertmanager_config_last_reload_successful"
	if f := families[name]; f != nil && len(f.Metric) > 0 && f.Metric[0].Gauge != nil {
		return f.Metric[0].Gauge.GetValue() == 1, nil
	}
	return false, fmt.Errorf("no metric %s", name)
}

func (a *alertmanagerClient) status(ctx context.Context) (*models.AlertmanagerStatus, error) {
	answer, err := a.api.General.GetStatus(general.NewGetStatusParamsWithContext(ctx).WithTimeout(a.timeout))
	if err != nil {
		return nil, err
	}
	s := answer.Payload
	switch {
	case s == nil:
		return nil, errEmpty
	case s.Config == nil || s.Config.Original == nil || *s.Config.Original == "":
		return nil, errors.New("the status tells no configuration")
	case s.Uptime == nil || s.Cluster == nil || s.Cluster.Status == nil || s.VersionInfo == nil || s.VersionInfo.Version == nil:
		return nil, errors.New("the status tells no uptime, cluster or version")
	}
	return s, nil
}

func (a *alertmanagerClient) receivers(ctx context.Context) ([]*models.Receiver, error) {
	answer, err := a.api.Receiver.GetReceivers(receiver.NewGetReceiversParamsWithContext(ctx).WithTimeout(a.timeout))
	if err != nil {
		return nil, err
	}
	if answer.Payload == nil {
		return nil, errEmpty
	}
	for _, r := range answer.Payload {
		if r == nil || r.Name == nil || *r.Name == "" {
			return nil, errors.New("the answer has a receiver without a name")
		}
	}
	return answer.Payload, nil
}

// alerts lists those of every state that match all filters.
func (a *alertmanagerClient) alerts(ctx context.Context, filters ...string) (models.GettableAlerts, error) {
	yes := true
	answer, err := a.api.Alert.GetAlerts(alerts.NewGetAlertsParamsWithContext(ctx).WithTimeout(a.timeout).
		WithActive(&yes).WithSilenced(&yes).WithInhibited(&yes).WithUnprocessed(&yes).WithFilter(filters))
	if err != nil {
		return nil, err
	}
	if answer.Payload == nil {
		return nil, errEmpty
	}
	for _, one := range answer.Payload {
		if one == nil || len(one.Labels) == 0 || one.StartsAt == nil || one.Status == nil || one.Status.State == nil {
			return nil, errors.New("an alert has no labels, start or status")
		}
	}
	return answer.Payload, nil
}

func (a *alertmanagerClient) silences(ctx context.Context) (models.GettableSilences, error) {
	answer, err := a.api.Silence.GetSilences(silence.NewGetSilencesParamsWithContext(ctx).WithTimeout(a.timeout))
	if err != nil {
		return nil, err
	}
	if answer.Payload == nil {
		return nil, errEmpty
	}
	for _, s := range answer.Payload {
		if s == nil || s.ID == nil || s.StartsAt == nil || s.EndsAt == nil || s.Status == nil || s.Status.State == nil {
			return nil, errors.New("a silence has no ID, start, end or status")
		}
	}
	return answer.Payload, nil
}

// post gives Alertmanager an alert. Given twice, it is one.
func (a *alertmanagerClient) post(ctx context.Context, one *models.PostableAlert) error {
	_, err := a.api.Alert.PostAlerts(alerts.NewPostAlertsParamsWithContext(ctx).WithTimeout(a.timeout).WithAlerts(models.PostableAlerts{one}))
	return err
}
