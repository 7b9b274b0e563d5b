package bosh

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Parameters are what a task is told about a director, under the bosh CLI's own names.
type Parameters struct {
	Environment    string        `name:"bosh-environment" env:"BOSH_ENVIRONMENT" help:"Address of the director."`
	Client         string        `name:"bosh-client" env:"BOSH_CLIENT" help:"Client of its UAA with bosh.read, or user."`
	Secret         fetch.Secret  `name:"bosh-client-secret" env:"BOSH_CLIENT_SECRET" help:"Its secret, or password."`
	CACert         string        `name:"bosh-ca-cert" env:"BOSH_CA_CERT" help:"Certificate of the authority that signed the director's, PEM or a file; the system's when empty."`
	AllProxy       fetch.Secret  `name:"bosh-all-proxy" env:"BOSH_ALL_PROXY" help:"Jumpbox: ssh+socks5://user@host:22 or socks5://host:port."`
	ProxyKey       fetch.Secret  `name:"bosh-jumpbox-private-key" env:"BOSH_JUMPBOX_PRIVATE_KEY" help:"The jumpbox's private key itself; else BOSH_ALL_PROXY names its file with ?private-key=."`
	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"30s" help:"For one request, with its tries."`
}

// Problems tells all that is wrong with the values. It reads the file that BOSH_CA_CERT may name.
func (p *Parameters) Problems() (problems []error) {
	for _, needed := range []struct{ name, value, remedy string }{
		{"BOSH_ENVIRONMENT", p.Environment, "give the director's address, as bosh env shows it"},
		{"BOSH_CLIENT", p.Client, "give a client of the director's UAA that has bosh.read"},
		{"BOSH_CLIENT_SECRET", p.Secret.Reveal(), "give that client's secret"},
	} {
		if needed.value == "" {
			problems = append(problems, fmt.Errorf("%s is missing: %s", needed.name, needed.remedy))
		}
	}
	if p.RequestTimeout <= 0 {
		problems = append(problems, fmt.Errorf("REQUEST_TIMEOUT is %s: give a time such as 30s", p.RequestTimeout))
	}
	certificate, err := p.authority()
	if err != nil {
		problems = append(problems, err)
	}
	p.CACert = certificate
	if p.Environment == "" {
		return problems
	}
	return append(problems, p.Options().Problems()...)
}

// authority takes BOSH_CA_CERT for a file where it is no certificate, as the bosh CLI does.
func (p *Parameters) authority() (string, error) {
	if p.CACert == "" || strings.Contains(p.CACert, "-----BEGIN") {
		return p.CACert, nil
	}
	file, err := os.ReadFile(p.CACert)
	if err != nil {
		return "", errors.New("BOSH_CA_CERT is neither a PEM certificate nor a file that can be read")
	}
	return string(file), nil
}

// Options are those of the director that the parameters name.
func (p *Parameters) Options() Options {
	return Options{
		Environment: p.Environment, Client: p.Client, Secret: p.Secret, CACert: p.CACert,
		Proxy: p.AllProxy, ProxyKey: p.ProxyKey, Request: p.RequestTimeout,
	}
}
