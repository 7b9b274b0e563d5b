package advisory

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// known are names that Cloud Foundry's records give to what a director has, as seen in records and advisories of
// https://www.cloudfoundry.org/category/security/.
var known = []Mapping{
	{Product: "cf deployment", Bundle: true},
	{Product: "cf-deployment", Bundle: true},
	{Product: "cloud foundry", Bundle: true},
	{Product: "bosh director", Director: true},
	{Product: "bosh", Director: true},
	{Product: "uaa*", Release: "uaa"},
	{Product: "cloud foundry uaa*", Release: "uaa"},
	{Product: "capi*", Release: "capi"},
	{Product: "cloud controller*", Release: "capi"},
	{Product: "routing*", Release: "routing"},
	{Product: "gorouter*", Release: "routing"},
	{Product: "diego*", Release: "diego"},
	{Product: "garden*", Release: "garden-runc"},
	{Product: "credhub*", Release: "credhub"},
	{Product: "loggregator-agent*", Release: "loggregator-agent"},
	{Product: "loggregator*", Release: "loggregator"},
	{Product: "cf-networking*", Release: "cf-networking"},
	{Product: "cf networking*", Release: "cf-networking"},
	{Product: "silk*", Release: "silk"},
	{Product: "nats*", Release: "nats"},
	{Product: "bosh-dns*", Release: "bosh-dns"},
	{Product: "bosh dns*", Release: "bosh-dns"},
	{Product: "cflinuxfs3*", Release: "cflinuxfs3"},
	{Product: "cflinuxfs4*", Release: "cflinuxfs4"},
	{Product: "*jammy*stemcell*", Stemcell: "*-ubuntu-jammy*"},
	{Product: "*noble*stemcell*", Stemcell: "*-ubuntu-noble*"},
	{Product: "*windows*stemcell*", Stemcell: "*-windows*"},
}

// vendors are those who number BOSH releases. Others number what is in a release: NATS' 2.10 is not nats-release's.
var vendors = []report.Glob{"*cloud*foundry*", "pivotal*", "vmware*"}

// mapped finds what a product is called here: by the policy, by what is known, or since a release has its name.
func (j *judge) mapped(p Product) (m Mapping, err error) {
	if m, found := first(j.policy.Products, p.Name); found {
		return m, nil
	}
	vendor := strings.ToLower(p.Vendor)
	if !slices.ContainsFunc(vendors, func(g report.Glob) bool { return g.Match(vendor) }) {
		return Mapping{}, fmt.Errorf("it is a product of %q, whose versions are not those of a BOSH release", p.Vendor)
	}
	if m, found := first(known, p.Name); found {
		return m, nil
	}
	for _, at := range j.Deployed.named(releases, func(release string) bool { return normal(release) == normal(p.Name) }) {
		return Mapping{Release: at.Name}, nil
	}
	return Mapping{}, errors.New("nobody has said what this product is called on the director")
}

func first(list []Mapping, product string) (m Mapping, found bool) {
	for _, m := range list {
		if fold(m.Product).Match(strings.ToLower(product)) {
			return m, true
		}
	}
	return Mapping{}, false
}

func fold(g report.Glob) report.Glob { return report.Glob(strings.ToLower(string(g))) }

// normal makes uaa_release, "UAA Release" and uaa the same.
func normal(name string) string {
	name = strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(strings.TrimSpace(name)))
	return strings.TrimSuffix(name, "-release")
}

// places are where a product runs; none where it is not deployed.
func (j *judge) places(m Mapping, product string) []place {
	switch {
	case m.Director:
		version, _, _ := strings.Cut(j.Deployed.Director, " ") // 283.1.3 (00000000)
		return []place{{"director", Reference{"bosh", version}}}
	case m.Release != "":
		return j.Deployed.named(releases, func(name string) bool { return name == m.Release })
	case m.Stemcell != "":
		return j.Deployed.named(stemcells, m.Stemcell.Match)
	case m.Bundle:
		for _, r := range j.policy.Running {
			if fold(r.Product).Match(strings.ToLower(product)) {
				return []place{{j.Scope, Reference{product, r.Version}}}
			}
		}
	}
	return nil
}
