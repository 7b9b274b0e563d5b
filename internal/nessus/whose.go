package nessus

import (
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Owner is who must do something first: the checklist's three, tenants, and nobody known.
type Owner string

// The owners.
const (
	Stemcell Owner = "stemcell"
	Release  Owner = "release"
	Tenant   Owner = "tenant"
	IaaS     Owner = "iaas"
	Unknown  Owner = "unknown"
)

func (o Owner) valid() bool { return slices.Contains([]Owner{Stemcell, Release, Tenant, IaaS}, o) }

// party is an owner, and of a release which.
type party struct {
	Owner
	release string
}

// claimed is a party, and the file that it is told by, if any.
type claimed struct {
	party
	path string
}

func (p party) name() string {
	if p.Owner == Release {
		return "release-" + p.release
	}
	return string(p.Owner)
}

// words name the party in a summary.
func (p party) words() string {
	switch p.Owner {
	case Stemcell:
		return "the stemcell"
	case Release:
		return "the BOSH release " + p.release
	case Tenant:
		return "a tenant's application"
	case IaaS:
		return "the IaaS provider"
	}
	return "whose is not known"
}

// action is the checklist's next step.
func (p party) action(policy Policy) string {
	switch p.Owner {
	case Stemcell:
		return "Ask for a date when new stemcells will be delivered in " + policy.StemcellsAskedIn + "."
	case Release:
		return "Update the BOSH release " + p.release + " and file a PR for the changes; once it is merged, ensure the updated release is deployed to all required VMs."
	case Tenant:
		return "Ask the application's owner to update and push it again; restage it if the file is its buildpack's or cflinuxfs'."
	case IaaS:
		return "Open a case with the IaaS provider and monitor the case until it has been resolved."
	}
	return "Find out whether the IaaS provider, a stemcell or a BOSH release must be updated, and write it into the policy under whose."
}

// hosted are hosts that the IaaS provider runs: RDS is scanned by its endpoint.
var hosted = []report.Glob{"*.amazonaws.com", "*.amazonaws.com.cn"}

// ofStemcell are the families of plugins about packages of an operating system; on a VM of BOSH they are the stemcell's.
var ofStemcell = []report.Glob{"Ubuntu Local Security Checks", "Windows : Microsoft Bulletins"}

// subject is what a claim is held against.
type subject struct{ plugin, name, family, audit, check string }

// whose tells all who must do something about a sighting, which may be several: one output may name files of many.
func (p Policy) whose(s subject, h Host, places []Place) []claimed {
	for _, c := range p.Whose {
		if c.fits(s, h) {
			return []claimed{{party: party{c.Is, c.Release}}}
		}
	}
	if on(hosted, h) {
		return []claimed{{party: party{Owner: IaaS}}}
	}
	var all []claimed
	for _, place := range places {
		one := claimed{party{Owner: place.Owner}, place.Path}
		if place.Owner == Release {
			one.release = place.Package
			if release := p.Releases[place.Package]; release != "" {
				one.release = release
			}
		}
		if !slices.ContainsFunc(all, func(c claimed) bool { return c.party == one.party }) {
			all = append(all, one)
		}
	}
	switch {
	case len(all) > 0:
		return all
	case slices.ContainsFunc(ofStemcell, func(g report.Glob) bool { return g.Match(s.family) }):
		return []claimed{{party: party{Owner: Stemcell}}}
	}
	return []claimed{{party: party{Owner: Unknown}}}
}

func (c Claim) fits(s subject, h Host) bool {
	match := func(g report.Glob, texts ...string) bool { return g == "" || slices.ContainsFunc(texts, g.Match) }
	return match(c.Host, h.Name, h.FQDN) && match(c.Plugin, s.plugin, s.name) && match(c.Family, s.family) && match(c.Audit, s.audit) && match(c.Check, s.check)
}

func on(globs []report.Glob, h Host) bool {
	return slices.ContainsFunc(globs, func(g report.Glob) bool { return g.Match(h.Name) || g.Match(h.FQDN) })
}
