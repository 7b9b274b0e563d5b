package bosh

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"
	"github.com/cloudfoundry/bosh-utils/httpclient"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Options say which director, who asks, how to get there, and how patiently.
type Options struct {
	Environment string // address of the director, as BOSH_ENVIRONMENT; port 25555 unless it says another
	Client      string
	Secret      fetch.Secret
	CACert      string        // PEM; empty: the system's roots
	Proxy       fetch.Secret  // as BOSH_ALL_PROXY; may hold a password
	ProxyKey    fetch.Secret  // the jumpbox's private key; empty: Proxy names its file
	Request     time.Duration // for one request with its tries
	Queue       time.Duration // for a task to start
	Run         time.Duration // for a task to end once it runs
}

// Problems tells all that is wrong with address, certificate and proxy, by the names that the bosh CLI gives them.
func (o Options) Problems() (problems []error) {
	if _, err := o.address(); err != nil {
		problems = append(problems, fmt.Errorf("BOSH_ENVIRONMENT: %w", err))
	}
	if _, err := o.roots(); err != nil {
		problems = append(problems, fmt.Errorf("BOSH_CA_CERT: %w", err))
	}
	if !o.Proxy.IsZero() {
		if err := through(new(http.Transport), o.Proxy.Reveal(), o.ProxyKey); err != nil {
			problems = append(problems, fmt.Errorf("BOSH_ALL_PROXY %w", err))
		}
	}
	return problems
}

// address is host:port.
func (o Options) address() (string, error) {
	config, err := boshdir.NewConfigFromURL(o.Environment)
	return net.JoinHostPort(config.Host, strconv.Itoa(config.Port)), err
}

func (o Options) roots() (*x509.CertPool, error) {
	return boshdir.FactoryConfig{CACert: o.CACert}.CACertPool()
}

// transport is TLS as the bosh CLI does it, through the proxy, with limits.
func (o Options) transport() (http.RoundTripper, error) {
	roots, err := o.roots()
	if err != nil {
		return nil, fmt.Errorf("BOSH_CA_CERT: %w", err)
	}
	raw := httpclient.CreateDefaultClient(roots).Transport
	if !o.Proxy.IsZero() {
		if err := through(raw.(*http.Transport), o.Proxy.Reveal(), o.ProxyKey); err != nil {
			return nil, fmt.Errorf("BOSH_ALL_PROXY %w", err)
		}
	}
	return fetch.Transport(fetch.Options{Timeout: o.Request, Limit: limit, Transport: raw}), nil
}
