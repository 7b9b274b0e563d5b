package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/strict"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	Config    string `env:"CONFIG" default:"config/checklist.yml" help:"The team's config (YAML): which boxes must exist."`
	Concourse server `embed:"" prefix:"concourse-" envprefix:"CONCOURSE_"`
	Parent    string `env:"PARENT" default:"checklist-parent" help:"Pipeline that sets the boxes."`
	Group     string `env:"GROUP" default:"checklist" help:"Group of pipelines whose instances are the boxes."`

	evidence.Parameters

	HeartbeatURL   fetch.Secret `name:"heartbeat-url" env:"HEARTBEAT_URL" help:"Address that is pinged when everything was read; its path is a secret."`
	PushgatewayURL fetch.Secret `name:"pushgateway-url" env:"PUSHGATEWAY_URL" help:"Address of a Prometheus Pushgateway, for the boxes as metrics."`

	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"30s" help:"For one request, with its tries."`

	checklist checklist.Config
}

// server is Concourse, and how to sign in.
type server struct {
	URL      string       `name:"url" env:"URL" help:"Address of Concourse, such as https://ci.example.gov."`
	Team     string       `env:"TEAM" default:"main" help:"Team that has the pipelines."`
	Username string       `env:"USERNAME" help:"Local user with the role viewer in the team."`
	Password fetch.Secret `env:"PASSWORD" help:"Password of the user."`
	Token    fetch.Secret `env:"TOKEN" help:"Bearer token instead of a user; it expires."`
	CACert   string       `name:"ca-cert" env:"CA_CERT" help:"Certificate of the authority that signed Concourse's, PEM or a file; the system's when empty."`

	authorities *x509.CertPool
}

// Problems tells all that is wrong with the values and with the config.
func (c *config) Problems() []error {
	problems := append(c.Concourse.problems(), c.Parameters.Problems()...)
	for _, address := range []struct {
		key   string
		value fetch.Secret
	}{{"HEARTBEAT_URL", c.HeartbeatURL}, {"PUSHGATEWAY_URL", c.PushgatewayURL}} {
		if _, ok := fetch.Address(address.value.Reveal()); !ok && !address.value.IsZero() {
			problems = append(problems, fmt.Errorf("%s wants an http or https address", address.key))
		}
	}
	if c.RequestTimeout <= 0 {
		problems = append(problems, fmt.Errorf("REQUEST_TIMEOUT is %s: give a time such as 30s", c.RequestTimeout))
	}
	return append(problems, c.decode()...)
}

func (s *server) problems() (problems []error) {
	if u, ok := fetch.Address(s.URL); !ok || !bare(u) {
		problems = append(problems, errors.New("CONCOURSE_URL wants an address such as https://ci.example.gov, without user, path or query"))
	}
	s.URL = strings.TrimRight(s.URL, "/")
	switch user := s.Username != "" || !s.Password.IsZero(); {
	case user && !s.Token.IsZero():
		problems = append(problems, errors.New("CONCOURSE_TOKEN and CONCOURSE_USERNAME exclude each other: give one, the user best"))
	case user && (s.Username == "" || s.Password.IsZero()):
		problems = append(problems, errors.New("CONCOURSE_USERNAME and CONCOURSE_PASSWORD go together: give both, or CONCOURSE_TOKEN instead"))
	case !user && s.Token.IsZero():
		problems = append(problems, errors.New("CONCOURSE_USERNAME is missing: give a local user with the role viewer and its CONCOURSE_PASSWORD, or CONCOURSE_TOKEN"))
	}
	var ok bool
	if s.authorities, ok = fetch.Authorities(s.CACert); !ok {
		problems = append(problems, errors.New("CONCOURSE_CA_CERT is neither a PEM certificate nor a file with one"))
	}
	return problems
}

// bare wants no more of an address than where it is.
func bare(u *url.URL) bool {
	return u.User == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}

// decode fills in the team's config, and tells all that is wrong with it.
func (c *config) decode() []error {
	text, err := os.ReadFile(c.Config)
	if err != nil {
		return []error{fmt.Errorf("CONFIG: %w", err)}
	}
	if c.checklist, err = checklist.Read(text); err != nil {
		return strict.At(c.Config, strict.Each(err))
	}
	problems := c.checklist.Problems()
	for _, b := range c.checklist.Boxes() {
		if _, err := c.checklist.BoxVars(b).Morning(); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", b, err))
		}
	}
	return strict.At(c.Config, problems)
}

func line() task.Line {
	c := &check{config: new(config), policy: digest.DefaultPolicy()}
	return task.Line{
		Name:    "digest",
		Title:   "The whole checklist was asked, and every box left its report",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
