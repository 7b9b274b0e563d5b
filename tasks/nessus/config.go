package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/nessus"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	URL       string       `name:"nessus-url" env:"NESSUS_URL" help:"Address of Nessus Manager; or EXPORTS."`
	AccessKey fetch.Secret `name:"nessus-access-key" env:"NESSUS_ACCESS_KEY" help:"Access key of a user who may see the scans."`
	SecretKey fetch.Secret `name:"nessus-secret-key" env:"NESSUS_SECRET_KEY" help:"Its secret key."`
	CACert    string       `name:"nessus-ca-cert" env:"NESSUS_CA_CERT" help:"Certificate of the authority that signed Nessus', PEM or a file; the system's when empty."`
	Exports   string       `env:"EXPORTS" help:"Folder of .nessus files to read instead of a server."`

	KEVURL    string `name:"kev-url" env:"KEV_URL" default:"https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json" help:"CISA's catalogue of known exploited vulnerabilities."`
	KEVMirror string `name:"kev-mirror-url" env:"KEV_MIRROR_URL" default:"https://raw.githubusercontent.com/cisagov/kev-data/develop/known_exploited_vulnerabilities.json" help:"Where it is read otherwise."`
	KEVFile   string `name:"kev-file" env:"KEV_FILE" help:"The catalogue as a file, which is read instead of both."`

	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"1m" help:"For one request with its tries."`
	ExportTimeout  time.Duration `env:"EXPORT_TIMEOUT" default:"10m" help:"For Nessus to make one export, and to read it."`

	authorities *x509.CertPool
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() (problems []error) {
	if (c.URL == "") == (c.Exports == "") {
		problems = append(problems, errors.New("NESSUS_URL or EXPORTS: give one of both, a server or a folder"))
	}
	if c.URL != "" {
		problems = append(problems, c.server()...)
	}
	c.URL = strings.TrimSuffix(c.URL, "/")
	if !isAddress(c.KEVURL) {
		problems = append(problems, errors.New("KEV_URL wants an http or https address without user and password"))
	}
	if !isAddress(c.KEVMirror) {
		problems = append(problems, errors.New("KEV_MIRROR_URL wants an http or https address without user and password"))
	}
	for _, d := range []struct {
		key   string
		value time.Duration
	}{{"REQUEST_TIMEOUT", c.RequestTimeout}, {"EXPORT_TIMEOUT", c.ExportTimeout}} {
		if d.value <= 0 {
			problems = append(problems, fmt.Errorf("%s is %s: give a time such as 1m", d.key, d.value))
		}
	}
	return problems
}

func (c *config) server() (problems []error) {
	if !isAddress(c.URL) || !private(c.URL) {
		problems = append(problems, errors.New("NESSUS_URL wants an https address such as https://nessus.example.gov:8834, without user and password"))
	}
	if c.AccessKey.IsZero() || c.SecretKey.IsZero() {
		problems = append(problems, errors.New("NESSUS_ACCESS_KEY and NESSUS_SECRET_KEY: give both"))
	}
	if strings.ContainsAny(c.AccessKey.Reveal()+c.SecretKey.Reveal(), ";\r\n ") {
		problems = append(problems, errors.New("NESSUS_ACCESS_KEY or NESSUS_SECRET_KEY holds a blank, a line's end or a semicolon, which no key does"))
	}
	var trusted bool
	if c.authorities, trusted = fetch.Authorities(c.CACert); !trusted {
		problems = append(problems, errors.New("NESSUS_CA_CERT is neither a PEM certificate nor a file with one"))
	}
	return problems
}

func isAddress(text string) bool {
	u, is := fetch.Address(text)
	return is && u.User == nil
}

// private tells whether keys that go to an address can be read by nobody on the way.
func private(address string) bool {
	u, _ := url.Parse(address)
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || ip != nil && ip.IsLoopback()
}

func line() task.Line {
	c := &check{config: new(config), policy: nessus.DefaultPolicy()}
	return task.Line{
		Name:    "nessus",
		Title:   "No scan finds a HIGH vulnerability or a failed compliance check that nobody accepted",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#review-vulnerability-and-compliance-reports",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
