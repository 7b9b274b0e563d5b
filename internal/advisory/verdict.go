package advisory

import (
	"cmp"
	"fmt"
	"slices"
)

// Verdict is what a record says of one product at one place.
type Verdict struct {
	CVE        string `json:"cve"`
	Severity   string `json:"severity"`
	Product    string `json:"product"`    // as the record names it
	Answer     Answer `json:"answer"`     //
	Deployment string `json:"deployment"` // empty where it runs nowhere
	Name       string `json:"name"`       // the release or stemcell
	Running    string `json:"running"`    // its version
	Fixed      string `json:"fixed"`      // from where on it is good
	Why        string `json:"why"`        // why it cannot be told

	mapping  Mapping
	advisory Advisory
}

// Answer is whether an advisory concerns what is deployed.
type Answer string

// The answers.
const (
	Affected    Answer = "affected"
	NotAffected Answer = "not affected"
	NotDeployed Answer = "not deployed"
	CannotTell  Answer = "cannot tell"
)

// Verdicts are on all advisories whose record was read, in the order of CVE, product and deployment.
func Verdicts(f Facts, p Policy) []Verdict {
	return (&judge{Facts: f, policy: p}).verdicts()
}

func (j *judge) verdicts() (all []Verdict) {
	for _, a := range j.Advisories {
		if a.Record != nil && a.Record.State == "PUBLISHED" {
			all = append(all, j.advisory(a)...)
		}
	}
	slices.SortStableFunc(all, func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(a.CVE, b.CVE), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Deployment, b.Deployment))
	})
	return all
}

// productsAtMost is more than any record of Cloud Foundry's names.
const productsAtMost = 200

// advisory judges each product of a record. A bundle matters only where none of its parts, which the record also
// names, is here.
func (j *judge) advisory(a Advisory) (all []Verdict) {
	if len(a.Record.Affected) == 0 {
		return []Verdict{a.verdict("", CannotTell, "its record names no product")}
	}
	if n := len(a.Record.Affected); n > productsAtMost {
		return []Verdict{a.verdict("", CannotTell, fmt.Sprintf("its record names %d products, more than %d", n, productsAtMost))}
	}
	var bundles []Verdict
	parts := 0
	for _, p := range a.Record.Affected {
		verdicts := j.product(a, p)
		if verdicts[0].mapping.Bundle {
			bundles = append(bundles, verdicts...)
			continue
		}
		for _, v := range verdicts {
			if v.Answer == Affected || v.Answer == NotAffected {
				parts++
			}
		}
		all = append(all, verdicts...)
	}
	if parts > 0 || len(all) > 0 && !slices.ContainsFunc(bundles, func(v Verdict) bool { return v.Running != "" }) {
		return all
	}
	return append(all, bundles...)
}

func (j *judge) product(a Advisory, p Product) (all []Verdict) {
	m, err := j.mapped(p)
	if err != nil {
		return []Verdict{a.verdict(p.Name, CannotTell, err.Error())}
	}
	places := j.places(m, p.Name)
	for _, at := range places {
		v := a.verdict(p.Name, NotAffected, "")
		affected, fixed, err := p.status(at.Version)
		switch {
		case err != nil:
			v.Answer, v.Why = CannotTell, err.Error()
		case affected:
			v.Answer, v.Fixed = Affected, fixed
		}
		v.Deployment, v.Name, v.Running, v.mapping = at.deployment, at.Name, at.Version, m
		all = append(all, v)
	}
	if len(places) == 0 {
		v := a.verdict(p.Name, NotDeployed, "")
		if m.Bundle {
			v.Answer, v.Why = CannotTell, "no director knows its version"
		}
		v.mapping = m
		all = append(all, v)
	}
	return all
}

func (a Advisory) verdict(product string, answer Answer, why string) Verdict {
	return Verdict{CVE: a.CVE, Severity: a.Record.Severity.String(), Product: product, Answer: answer, Why: why, advisory: a}
}
