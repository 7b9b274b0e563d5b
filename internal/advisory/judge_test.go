package advisory_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/kev"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var now = time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC)

func day(t *testing.T, text string) report.Day {
	d, err := report.ParseDay(text)
	require.NoError(t, err)
	return d
}

// deployed is a director with UAA of a version in cf.
func deployed(uaa string) advisory.Deployed {
	return advisory.Deployed{Director: "283.1.3 (00000000)", Deployments: []advisory.Deployment{
		{Name: "cf", Releases: []advisory.Reference{{"uaa", uaa}, {"my-broker", "1.0"}}, Stemcells: []advisory.Reference{{"bosh-aws-xen-hvm-ubuntu-jammy-go_agent", "1.1364"}}},
		{Name: "tooling", Releases: []advisory.Reference{{"bosh-dns", "1.39.23"}}},
	}}
}

func record(severity advisory.Severity, products ...advisory.Product) *advisory.Record {
	return &advisory.Record{CVE: "CVE-2026-40965", State: "PUBLISHED", Severity: severity, Affected: products}
}

func product(name, from, lessThan string) advisory.Product {
	return advisory.Product{Vendor: "Cloud Foundry", Name: name, Default: "unaffected", Versions: []advisory.Range{{Version: from, Status: "affected", LessThan: lessThan}}}
}

// brief is a finding in a line.
func brief(found []report.Finding) (lines []string) {
	for _, f := range found {
		lines = append(lines, f.Severity.String()+" "+f.Rule+" "+f.Subject+": "+f.Summary)
	}
	return lines
}

func TestJudge(t *testing.T) {
	uaa, bundle := product("uaa_release", "76.12.0", "78.13.0"), product("CF Deployment", "30.0.0", "56.1.0")
	exploited := &kev.Catalogue{Entries: []kev.Entry{{CVE: "CVE-2026-40965", Vendor: "x", Product: "y", Added: day(t, "2026-11-01"), Due: day(t, "2026-11-22")}}}
	for name, c := range map[string]struct {
		facts  advisory.Facts
		policy func(*advisory.Policy)
		want   []string
	}{
		"affected": {facts: advisory.Facts{Deployed: deployed("78.2.0"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.Critical, uaa, bundle)}}},
			want: []string{"high advisory-affects production/cf/uaa/CVE-2026-40965: cf runs uaa 78.2.0, which CVE-2026-40965 (CRITICAL) affects: fixed in 78.13.0"}},
		"fixed": {facts: advisory.Facts{Deployed: deployed("78.13.0"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.Critical, uaa, bundle)}}}},
		"medium": {facts: advisory.Facts{Deployed: deployed("78.2.0"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.Medium, uaa)}}},
			want: []string{"info advisory-affects production/cf/uaa/CVE-2026-40965: cf runs uaa 78.2.0, which CVE-2026-40965 (MEDIUM) affects: fixed in 78.13.0"}},
		"medium and known to be exploited": {facts: advisory.Facts{Deployed: deployed("78.2.0"), Catalogue: exploited, Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.Medium, uaa)}}},
			want: []string{"high advisory-affects production/cf/uaa/CVE-2026-40965: cf runs uaa 78.2.0, which CVE-2026-40965 (MEDIUM) affects: fixed in 78.13.0"}},
		"unrated": {facts: advisory.Facts{Deployed: deployed("78.2.0"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.Unrated, uaa)}}},
			want: []string{"warning advisory-affects production/cf/uaa/CVE-2026-40965: cf runs uaa 78.2.0, which CVE-2026-40965 (unrated) affects: fixed in 78.13.0"}},
		"a release of the product's name": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, product("My_Broker Release", "0", "1.1"))}}},
			want: []string{"high advisory-affects production/cf/my-broker/CVE-2026-40965: cf runs my-broker 1.0, which CVE-2026-40965 (HIGH) affects: fixed in 1.1"}},
		"a stemcell": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, product("Ubuntu Jammy Stemcells", "1.0", "1.1400"))}}},
			want: []string{"high advisory-affects production/cf/bosh-aws-xen-hvm-ubuntu-jammy-go_agent/CVE-2026-40965: cf runs bosh-aws-xen-hvm-ubuntu-jammy-go_agent 1.1364, which CVE-2026-40965 (HIGH) affects: fixed in 1.1400"}},
		"the director": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, product("BOSH Director", "0", "283.2.0"))}}},
			want: []string{"high advisory-affects production/director/bosh/CVE-2026-40965: director runs bosh 283.1.3, which CVE-2026-40965 (HIGH) affects: fixed in 283.2.0"}},
		"a bundle alone": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, bundle)}}},
			want: []string{"warning advisory-unclear production/CVE-2026-40965/CF Deployment: whether CVE-2026-40965 (HIGH) affects CF Deployment cannot be told: no director knows its version"}},
		"a bundle that the policy knows": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, bundle)}}},
			policy: func(p *advisory.Policy) {
				p.Running = []advisory.Running{{Product: "cf deployment", Version: "v55.0.0"}}
			},
			want: []string{"high advisory-affects production/CF Deployment/CVE-2026-40965: production runs CF Deployment v55.0.0, which CVE-2026-40965 (HIGH) affects: fixed in 56.1.0"}},
		"a known release that is not deployed": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, product("credhub", "1", "2"), bundle)}}}},
		"another vendor's": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, advisory.Product{Vendor: "Acme", Name: "uaa"})}}},
			want: []string{`warning advisory-unclear production/CVE-2026-40965/uaa: whether CVE-2026-40965 (HIGH) affects uaa cannot be told: it is a product of "Acme", whose versions are not those of a BOSH release`}},
		"another vendor's that the policy knows": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, advisory.Product{Vendor: "Acme", Name: "Gadget"})}}},
			policy: func(p *advisory.Policy) { p.Products = []advisory.Mapping{{Product: "gadget", Absent: true}} }},
		"a release named twice": {facts: advisory.Facts{Deployed: deployed("78.2.0"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, product("uaa", "70.0", "71.0"), uaa, product("UAA", "78.0", "78.3"), product("uaa release", "78.0", "79.0"))}}},
			want: []string{"high advisory-affects production/cf/uaa/CVE-2026-40965: cf runs uaa 78.2.0, which CVE-2026-40965 (HIGH) affects: fixed in 79.0"}},
		"more products than anybody has": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, make([]advisory.Product, 201)...)}}},
			want: []string{"warning advisory-unclear production/CVE-2026-40965: whether CVE-2026-40965 (HIGH) affects anything here cannot be told: its record names 201 products, more than 200"}},
		"an unknown name": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High, product("Zebra", "1", "2"))}}},
			want: []string{"warning advisory-unclear production/CVE-2026-40965/Zebra: whether CVE-2026-40965 (HIGH) affects Zebra cannot be told: nobody has said what this product is called on the director"}},
		"an unknown name, rated low": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.Low, product("Zebra", "1", "2"))}}},
			want: []string{"info advisory-unclear production/CVE-2026-40965/Zebra: whether CVE-2026-40965 (LOW) affects Zebra cannot be told: nobody has said what this product is called on the director"}},
		"no product": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: record(advisory.High)}}},
			want: []string{"warning advisory-unclear production/CVE-2026-40965: whether CVE-2026-40965 (HIGH) affects anything here cannot be told: its record names no product"}},
		"no record published": {facts: advisory.Facts{Deployed: deployed("1"), Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Unpublished: true}}},
			want: []string{"warning advisory-unclear production/CVE-2026-40965: whether CVE-2026-40965 affects anything here cannot be told: its record is not published"}},
		"a reserved record": {facts: advisory.Facts{Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: &advisory.Record{State: "RESERVED"}}}},
			want: []string{"warning advisory-unclear production/CVE-2026-40965: whether CVE-2026-40965 affects anything here cannot be told: its record is not published"}},
		"a rejected record": {facts: advisory.Facts{Advisories: []advisory.Advisory{{CVE: "CVE-2026-40965", Record: &advisory.Record{State: "REJECTED"}}}},
			want: []string{"info advisory-rejected production/CVE-2026-40965: CVE-2026-40965 was rejected: its record says that there is no such vulnerability"}},
		"an advisory without a CVE": {facts: advisory.Facts{Advisories: []advisory.Advisory{{Item: advisory.Item{Title: "Hello", Link: "https://example.org/blog/hello/"}}}},
			want: []string{"warning advisory-unclear production/hello: what an advisory means here cannot be told: it names no CVE"}},
		"a watched vendor that is not here": {
			facts: advisory.Facts{Deployed: deployed("1"), CISA: []advisory.Item{{Title: "Acme gadget", Published: now, Link: "https://cisa.gov/a"}}},
			policy: func(p *advisory.Policy) {
				p.Watch = []advisory.Watched{{Vendor: "Acme*", Product: "*", Release: "gadget", Whose: "release"}}
			},
			want: []string{"info cisa-advisory-unwatched production/cisa: 1 new advisory of CISA names nobody on the watch list"}},
		"a word within another": {
			facts:  advisory.Facts{Deployed: deployed("1"), CISA: []advisory.Item{{Title: "Acmetron gadget", Published: now, Link: "https://cisa.gov/a"}}},
			policy: func(p *advisory.Policy) { p.Watch = []advisory.Watched{{Vendor: "Acme", Product: "*", Whose: "iaas"}} },
			want:   []string{"info cisa-advisory-unwatched production/cisa: 1 new advisory of CISA names nobody on the watch list"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := advisory.DefaultPolicy()
			if c.policy != nil {
				c.policy(p)
			}
			require.Empty(t, p.Problems())
			c.facts.Scope = "production"
			require.Equal(t, c.want, brief(advisory.Judge(c.facts, *p, now)))
		})
	}
}

// A deploy in the middle runs two versions of a release: both are told.
func TestTwoVersionsOfARelease(t *testing.T) {
	d := deployed("78.2.0")
	d.Deployments[0].Releases = append(d.Deployments[0].Releases, advisory.Reference{Name: "uaa", Version: "77.0.0"})
	found := advisory.Judge(advisory.Facts{Scope: "production", Deployed: d, Advisories: []advisory.Advisory{
		{CVE: "CVE-2026-40965", Record: record(advisory.High, product("uaa_release", "76.12.0", "78.13.0"))},
	}}, *advisory.DefaultPolicy(), now)
	require.Len(t, found, 1)
	told := found[0].Summary + found[0].Detail
	require.Contains(t, told, "uaa 78.2.0")
	require.Contains(t, told, "uaa 77.0.0")
}

// Whose it is to mend is said in the checklist's own words.
func TestRemedies(t *testing.T) {
	facts := advisory.Facts{Scope: "production", Catalogue: &kev.Catalogue{Entries: []kev.Entry{
		{CVE: "CVE-2026-1", Vendor: "Acme", Product: "Hypervisor", Added: day(t, "2026-11-18"), Due: day(t, "2026-12-09")},
	}}}
	for whose, says := range map[string]string{
		"iaas": "Open a case with the IaaS provider", "stemcell": "Ask in #security", "release": "Update the BOSH release and file a PR", "tenant": "Tell the tenants",
	} {
		p := advisory.DefaultPolicy()
		p.Watch = []advisory.Watched{{Vendor: "Acme", Product: "*", Whose: whose}}
		found := advisory.Judge(facts, *p, now)
		require.Equal(t, []string{"high known-exploited production/CVE-2026-1: CVE-2026-1 in Acme Hypervisor is known to be exploited, to be remedied by 2026-12-09"}, brief(found))
		require.Contains(t, found[0].Action, says)
	}
}

// The real record of CVE-2026-40965, where the samples are at hand, joined with what somebody may have deployed.
func TestJoinWithTheRealRecord(t *testing.T) {
	document, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "services", "cve5_CVE-2026-40965_cloudfoundry_uaa.json"))
	if err != nil {
		t.Log("without the real record")
		return
	}
	t.Log("with the real record")
	r, err := advisory.ParseRecord("CVE-2026-40965", document)
	require.NoError(t, err)
	require.Equal(t, advisory.Critical, r.Severity)
	for uaa, want := range map[string]advisory.Answer{
		"76.11.0": advisory.NotAffected, "76.12.0": advisory.Affected, "78.2.0": advisory.Affected, "78.12.0": advisory.Affected,
		"78.13.0": advisory.NotAffected, "latest": advisory.CannotTell,
	} {
		verdicts := advisory.Verdicts(advisory.Facts{Deployed: deployed(uaa), Advisories: []advisory.Advisory{{CVE: r.CVE, Record: r}}}, *advisory.DefaultPolicy())
		var of []advisory.Verdict
		for _, v := range verdicts {
			if strings.HasPrefix(v.Product, "uaa") {
				of = append(of, v)
			}
		}
		require.Len(t, of, 1)
		require.Equal(t, want, of[0].Answer, uaa)
		require.Equal(t, "cf", of[0].Deployment)
		if want == advisory.Affected {
			require.Equal(t, "78.13.0", of[0].Fixed)
		}
	}
}
