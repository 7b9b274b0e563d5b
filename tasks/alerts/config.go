package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	Alertmanager server `embed:"" prefix:"alertmanager-" envprefix:"ALERTMANAGER_"`
	Prometheus   server `embed:"" prefix:"prometheus-" envprefix:"PROMETHEUS_"`
	CACert       string `name:"ca-cert" env:"CA_CERT" help:"Certificate of the authority that signed both servers', PEM or a file; the system's when empty."`

	SlackToken   fetch.Secret `env:"SLACK_TOKEN" help:"A bot's token that may read the channel's history; without it notifications are left out."`
	SlackChannel string       `env:"SLACK_CHANNEL" help:"ID of the channel that notifications go to, such as C0123456789."`
	SlackAPI     string       `name:"slack-api-url" env:"SLACK_API_URL" default:"https://slack.com/api/" help:"Slack's Web API; https://slack-gov.com/api/ in GovSlack."`

	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"30s" help:"For one request, with its tries."`

	authorities *x509.CertPool
}

// server is one of the two, and how to sign in.
type server struct {
	URL      string       `name:"url" env:"URL" help:"Its address."`
	Username string       `env:"USERNAME" help:"For basic authentication."`
	Password fetch.Secret `env:"PASSWORD" help:"For basic authentication."`
	Token    fetch.Secret `env:"TOKEN" help:"For bearer authentication."`
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() []error {
	problems := append(c.Alertmanager.problems("ALERTMANAGER"), c.Prometheus.problems("PROMETHEUS")...)
	if (c.SlackChannel == "") != c.SlackToken.IsZero() {
		problems = append(problems, errors.New("SLACK_TOKEN and SLACK_CHANNEL go together: give both, or neither to leave notifications out"))
	}
	if c.SlackChannel != "" && !slackapi.IsChannel(c.SlackChannel) {
		problems = append(problems, fmt.Errorf("SLACK_CHANNEL wants a channel's ID such as C0123456789, which its details show, not %q", c.SlackChannel))
	}
	if u, ok := fetch.Address(c.SlackAPI); !ok || u.User != nil {
		problems = append(problems, errors.New("SLACK_API_URL wants an address such as https://slack.com/api/"))
	}
	if c.RequestTimeout <= 0 {
		problems = append(problems, fmt.Errorf("REQUEST_TIMEOUT is %s: give a time such as 30s", c.RequestTimeout))
	}
	var ok bool
	if c.authorities, ok = fetch.Authorities(c.CACert); !ok {
		problems = append(problems, errors.New("CA_CERT is neither a PEM certificate nor a file with one"))
	}
	return problems
}

func (s server) problems(name string) (problems []error) {
	if u, ok := fetch.Address(s.URL); !ok || u.User != nil {
		problems = append(problems, fmt.Errorf("%s_URL wants an http or https address without user and password", name))
	}
	if (s.Username == "") != s.Password.IsZero() {
		problems = append(problems, fmt.Errorf("%[1]s_USERNAME and %[1]s_PASSWORD go together: give both or neither", name))
	}
	if s.Username != "" && !s.Token.IsZero() {
		problems = append(problems, fmt.Errorf("%[1]s_USERNAME and %[1]s_TOKEN exclude each other: give the one that the server wants", name))
	}
	return problems
}

func line() task.Line {
	c := &check{config: new(config), policy: alert.DefaultPolicy()}
	return task.Line{
		Name:    "alerts",
		Title:   "Open alerts are handled, and monitoring is proven alive",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#review-and-respond-to-open-alerts",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
