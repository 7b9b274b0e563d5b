package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters; those of the director have the bosh CLI's own names.
type config struct {
	Environment string       `name:"bosh-environment" env:"BOSH_ENVIRONMENT" help:"Address of the director."`
	Client      string       `name:"bosh-client" env:"BOSH_CLIENT" help:"Client of its UAA with bosh.read, or user."`
	Secret      fetch.Secret `name:"bosh-client-secret" env:"BOSH_CLIENT_SECRET" help:"Its secret, or password."`
	CACert      string       `name:"bosh-ca-cert" env:"BOSH_CA_CERT" help:"Certificate of the authority that signed the director's, PEM or a file; the system's when empty."`
	AllProxy    fetch.Secret `name:"bosh-all-proxy" env:"BOSH_ALL_PROXY" help:"Jumpbox: ssh+socks5://user@host:22 or socks5://host:port."`
	ProxyKey    fetch.Secret `name:"bosh-jumpbox-private-key" env:"BOSH_JUMPBOX_PRIVATE_KEY" help:"The jumpbox's private key itself; else BOSH_ALL_PROXY names its file with ?private-key=."`

	BoshIO    string `name:"bosh-io-url" env:"BOSH_IO_URL" default:"https://bosh.io" help:"Where published stemcells are listed; a mirror perhaps."`
	DatesFile string `env:"DATES_FILE" help:"YAML file of publication dates, name: {version: date}, where the tarballs' Last-Modified won't do."`

	Concurrency    int           `env:"CONCURRENCY" default:"3" help:"Deployments read at the same time, 1 to 5: a director has few workers."`
	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"30s" help:"For one request, with its tries."`
	QueueTimeout   time.Duration `env:"QUEUE_TIMEOUT" default:"2m" help:"For the director to begin listing a deployment's VMs."`
	TaskTimeout    time.Duration `env:"TASK_TIMEOUT" default:"5m" help:"For the director to end it."`

	dates dates
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() (problems []error) {
	for _, p := range []struct{ name, value, remedy string }{
		{"BOSH_ENVIRONMENT", c.Environment, "give the director's address, as bosh env shows it"},
		{"BOSH_CLIENT", c.Client, "give a client of the director's UAA that has bosh.read"},
		{"BOSH_CLIENT_SECRET", c.Secret.Reveal(), "give that client's secret"},
	} {
		if p.value == "" {
			problems = append(problems, fmt.Errorf("%s is missing: %s", p.name, p.remedy))
		}
	}
	if u, err := url.Parse(c.BoshIO); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		problems = append(problems, errors.New("BOSH_IO_URL wants an address such as https://bosh.io"))
	}
	if c.Concurrency < 1 || c.Concurrency > 5 {
		problems = append(problems, fmt.Errorf("CONCURRENCY wants 1 to 5, not %d", c.Concurrency))
	}
	for _, t := range []struct {
		name  string
		value time.Duration
	}{{"REQUEST_TIMEOUT", c.RequestTimeout}, {"QUEUE_TIMEOUT", c.QueueTimeout}, {"TASK_TIMEOUT", c.TaskTimeout}} {
		if t.value <= 0 {
			problems = append(problems, fmt.Errorf("%s wants more than no time, not %s", t.name, t.value))
		}
	}
	return append(problems, c.read()...)
}

// read takes in the files that parameters name, and looks at the director's parameters.
func (c *config) read() (problems []error) {
	ca, err := c.authority()
	if err != nil {
		problems = append(problems, err)
	}
	c.CACert = ca
	if c.dates, err = readDates(c.DatesFile); err != nil {
		problems = append(problems, err)
	}
	if c.Environment == "" {
		return problems
	}
	return append(problems, c.director().Problems()...)
}

// authority takes BOSH_CA_CERT for a file where it is no certificate, as the bosh CLI does.
func (c *config) authority() (string, error) {
	if c.CACert == "" || strings.Contains(c.CACert, "-----BEGIN") {
		return c.CACert, nil
	}
	file, err := os.ReadFile(c.CACert)
	if err != nil {
		return "", errors.New("BOSH_CA_CERT is neither a PEM certificate nor a file that can be read")
	}
	return string(file), nil
}

func (c *config) director() bosh.Options {
	return bosh.Options{
		Environment: c.Environment, Client: c.Client, Secret: c.Secret, CACert: c.CACert,
		Proxy: c.AllProxy, ProxyKey: c.ProxyKey,
		Request: c.RequestTimeout, Queue: c.QueueTimeout, Run: c.TaskTimeout,
	}
}

func line() task.Line {
	c := &check{config: new(config), policy: stemcell.DefaultPolicy()}
	return task.Line{
		Name:    "stemcells",
		Title:   "Every VM runs the current stemcell of its line",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#ensure-all-vms-are-running-the-current-stemcell",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
