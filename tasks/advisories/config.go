package main

import (
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// config are the parameters.
type config struct {
	bosh.Parameters
	CloudFoundry       string `name:"cf-feed-url" env:"CF_FEED_URL" default:"https://www.cloudfoundry.org/category/security/feed/" help:"Feed of Cloud Foundry's security advisories."`
	CloudFoundryMirror string `name:"cf-feed-mirror-url" env:"CF_FEED_MIRROR_URL" help:"Where it is read when it cannot be read there; nobody publishes one, a mirror of one's own perhaps."`
	CVE                string `name:"cve-url" env:"CVE_URL" default:"https://cveawg.mitre.org/api/cve/{id}" help:"CVE records; {id}, {year} and {thousands} stand for CVE-2026-40965, 2026 and 40xxx."`
	CVEMirror          string `name:"cve-mirror-url" env:"CVE_MIRROR_URL" default:"https://raw.githubusercontent.com/CVEProject/cvelistV5/main/cves/{year}/{thousands}/{id}.json" help:"Where they are read otherwise."`
	KEV                string `name:"kev-url" env:"KEV_URL" default:"https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json" help:"CISA's catalogue of known exploited vulnerabilities."`
	KEVMirror          string `name:"kev-mirror-url" env:"KEV_MIRROR_URL" default:"https://raw.githubusercontent.com/cisagov/kev-data/develop/known_exploited_vulnerabilities.json" help:"Where it is read otherwise."`
	CISA               string `name:"cisa-url" env:"CISA_URL" default:"https://www.cisa.gov/cybersecurity-advisories/all.xml" help:"CISA's advisories, as RSS or as a CSAF feed."`
	CISAMirror         string `name:"cisa-mirror-url" env:"CISA_MIRROR_URL" default:"https://raw.githubusercontent.com/cisagov/CSAF/develop/csaf_files/IT/white/cisa-csaf-it-feed-tlp-white.json" help:"Where they are read otherwise, as one or the other."`
	Ubuntu             string `name:"ubuntu-url" env:"UBUNTU_URL" default:"https://ubuntu.com/security/notices.json" help:"Ubuntu's security notices, as its JSON or as RSS."`
	UbuntuMirror       string `name:"ubuntu-mirror-url" env:"UBUNTU_MIRROR_URL" default:"https://ubuntu.com/security/notices/rss.xml" help:"Where they are read otherwise, as one or the other."`
}

// Problems tells all that is wrong with the values.
func (c *config) Problems() []error {
	problems := c.Parameters.Problems()
	for _, a := range []struct{ name, value string }{
		{"CF_FEED_URL", c.CloudFoundry}, {"CF_FEED_MIRROR_URL", c.CloudFoundryMirror}, {"CVE_URL", c.CVE}, {"CVE_MIRROR_URL", c.CVEMirror},
		{"KEV_URL", c.KEV}, {"KEV_MIRROR_URL", c.KEVMirror}, {"CISA_URL", c.CISA}, {"CISA_MIRROR_URL", c.CISAMirror},
		{"UBUNTU_URL", c.Ubuntu}, {"UBUNTU_MIRROR_URL", c.UbuntuMirror},
	} {
		if _, ok := fetch.Address(a.value); a.value != "" && !ok {
			problems = append(problems, fmt.Errorf("%s wants an address that begins with https://", a.name))
		}
	}
	return problems
}

func line() task.Line {
	c := &check{config: new(config), policy: advisory.DefaultPolicy()}
	return task.Line{
		Name:    "advisories",
		Title:   "No security advisory concerns what is deployed and is unhandled",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#review-vulnerability-and-compliance-reports",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
