package nessus_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/kev"
	"github.com/cloud-gov/platform-checklist/internal/nessus"
	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// scan is one that looked at two hosts last night.
func scan(e nessus.Export) nessus.Scan {
	if e.Hosts == nil {
		e.Hosts = []nessus.Host{{Name: "10.0.0.1", Items: 1}, {Name: "db.us-gov-west-1.rds.amazonaws.com", Items: 1}}
	}
	e.Items, e.Ended, e.Plugins = 2, now.Add(-3*time.Hour), now.Add(-20*time.Hour)
	ran := nessus.Run{ID: 1, Status: "completed", Started: now.Add(-4 * time.Hour), Ended: e.Ended}
	return nessus.Scan{Expected: nessus.Expected{Name: "Daily", Kind: nessus.Vulnerability, MaxAge: 26 * time.Hour, Hosts: 2}, Runs: []nessus.Run{ran}, Judged: ran, Export: &e}
}

func judge(s nessus.Scan, policy func(*nessus.Policy), known ...string) []report.Finding {
	p := nessus.DefaultPolicy()
	p.CatalogueSize = 1
	if policy != nil {
		policy(p)
	}
	day, _ := report.ParseDay("2026-11-25")
	c := &kev.Catalogue{Released: now.Add(-time.Hour), Entries: []kev.Entry{{CVE: "CVE-2000-0001", Due: day}}}
	for _, cve := range known {
		c.Entries = append(c.Entries, kev.Entry{CVE: cve, Due: day})
	}
	findings, gaps := nessus.Judge(nessus.Facts{Scope: "production", Scans: []nessus.Scan{s}, Known: c}, *p, since, now)
	if len(gaps) > 0 {
		panic(gaps)
	}
	return findings
}

// since knows one plugin for 40 days.
func since(_, subject string) time.Time {
	if strings.Contains(subject, "/77/") {
		return now.AddDate(0, 0, -40)
	}
	return time.Time{}
}

func weak(plugin string, s nessus.Severity, cve string, seen ...nessus.Sighting) nessus.Export {
	return nessus.Export{Weaknesses: []nessus.Weakness{{Plugin: plugin, Name: "Old TLS", Family: "General", Severity: s, CVEs: []string{cve}, Sightings: seen}}}
}

func TestJudgeWeaknesses(t *testing.T) {
	here, there := nessus.Sighting{Host: 0, Port: "443/tcp"}, nessus.Sighting{Host: 1, Port: "5432/tcp"}
	in := func(p ...nessus.Place) nessus.Sighting { return nessus.Sighting{Places: p} }
	medium := func(p *nessus.Policy) { p.Days[nessus.Medium] = 30 }
	for name, c := range map[string]struct {
		export nessus.Export
		policy func(*nessus.Policy)
		known  []string
		want   []string // severity, rule, subject: summary
	}{
		"nothing":         {export: nessus.Export{}},
		"medium":          {export: weak("1", nessus.Medium, "", here)},
		"medium, told":    {export: weak("1", nessus.Medium, "", here), policy: medium, want: []string{"info vulnerability-open production/Daily/1/unknown: Old TLS on 1 host is medium: whose is not known, 30 days left"}},
		"medium, overdue": {export: weak("77", nessus.Medium, "", here), policy: medium, want: []string{"warning vulnerability-open production/Daily/77/unknown: Old TLS on 1 host is medium: whose is not known, overdue by 11 days"}},
		"low, exploited":  {export: weak("1", nessus.Low, "CVE-1", here), known: []string{"CVE-1"}, want: []string{"high vulnerability-known-exploited production/Daily/1/unknown: Old TLS on 1 host is low: whose is not known, 3 days left"}},
		"CISA's date wins": {export: weak("77", nessus.Critical, "CVE-1", here), known: []string{"CVE-1"}, want: []string{
			"high vulnerability-known-exploited production/Daily/77/unknown: Old TLS on 1 host is critical: whose is not known, 3 days left"}},
		"two ports of a host are one host": {export: weak("1", nessus.High, "", here, nessus.Sighting{Port: "8443/tcp"}, here), want: []string{
			"high vulnerability-open production/Daily/1/unknown: Old TLS on 1 host is high: whose is not known, 30 days left"}},
		"a host of the provider": {export: weak("1", nessus.High, "", here, there), want: []string{
			"high vulnerability-open production/Daily/1/iaas: Old TLS on 1 host is high: the IaaS provider, 30 days left",
			"high vulnerability-open production/Daily/1/unknown: Old TLS on 1 host is high: whose is not known, 30 days left"}},
		"files of several": {export: weak("1", nessus.High, "", in(nessus.Place{Owner: nessus.Tenant}, nessus.Place{Owner: nessus.Release, Package: "uaa", Path: "/x"})), want: []string{
			"high vulnerability-open production/Daily/1/release-uaa: Old TLS on 1 host is high: the BOSH release uaa, 30 days left",
			"high vulnerability-open production/Daily/1/tenant: Old TLS on 1 host is high: a tenant's application, 30 days left"}},
		"a package of another release": {export: weak("1", nessus.High, "", in(nessus.Place{Owner: nessus.Release, Package: "ruby-3.2"})),
			policy: func(p *nessus.Policy) { p.Releases = map[string]string{"ruby-3.2": "capi"} },
			want:   []string{"high vulnerability-open production/Daily/1/release-capi: Old TLS on 1 host is high: the BOSH release capi, 30 days left"}},
		"the policy knows best": {export: weak("1", nessus.High, "", there),
			policy: func(p *nessus.Policy) { p.Whose = []nessus.Claim{{Is: nessus.Stemcell, Plugin: "Old*"}} },
			want:   []string{"high vulnerability-open production/Daily/1/stemcell: Old TLS on 1 host is high: the stemcell, 30 days left"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range judge(scan(c.export), c.policy, c.known...) {
				got = append(got, f.Severity.String()+" "+f.Rule+" "+f.Subject+": "+f.Summary)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// A finding whole, with its evidence and next step.
func TestJudgeTellsAll(t *testing.T) {
	s := scan(nessus.Export{Weaknesses: []nessus.Weakness{{
		Plugin: "42", Name: "Ubuntu 22.04 : kernel", Family: "Ubuntu Local Security Checks", Severity: nessus.High,
		CVEs: []string{"CVE-2023-1", "CVE-2024-1"}, Patched: "2024/04/08", Sightings: []nessus.Sighting{{Host: 0}},
	}}})
	require.Equal(t, []report.Finding{{
		Rule: "vulnerability-known-exploited", Subject: "production/Daily/42/stemcell", Severity: report.High,
		Summary:    "Ubuntu 22.04 : kernel on 1 host is high: the stemcell, 3 days left",
		Detail:     "due 2026-11-25, as CISA sets it for CVE-2023-1\nCVE-2023-1 is known to be exploited\nCVE-2024-1, CVE-2023-1\npatch published 2024/04/08\non 10.0.0.1",
		Action:     "Ask for a date when new stemcells will be delivered in #security in the CF Slack (https://cloudfoundry.slack.com/).",
		Link:       "https://www.tenable.com/plugins/nessus/42",
		Attributes: map[string]string{"plugin": "42", "severity": "high", "whose": "stemcell"},
	}}, judge(s, nil, "CVE-2023-1"))
}

// Checks are judged by their verdict alone, each for itself, though all share a plugin.
func TestJudgeCompliance(t *testing.T) {
	check := func(name, id string, results ...string) nessus.Check {
		c := nessus.Check{Audit: "CIS.audit", ID: id, Name: name, Wanted: "1"}
		for host, r := range results {
			c.Sightings = append(c.Sightings, nessus.Sighting{Host: host, Result: r, Actual: "0\n-> 0"})
		}
		return c
	}
	s := scan(nessus.Export{
		Hosts:   []nessus.Host{{Name: "a", Items: 1}, {Name: "b", FQDN: "b.internal", Items: 1}},
		Results: map[string]int{"FAILED": 4, "WARNING": 1},
		Checks:  []nessus.Check{check("one", "11112222333", "FAILED", "FAILED"), check("one", "99998888777", "FAILED"), check("two", "", "WARNING"), check("", "", "FAILED")},
	})
	var got []string
	for _, f := range judge(s, nil) {
		got = append(got, f.Subject+": "+f.Summary)
	}
	require.Equal(t, []string{
		"production/Daily/CIS.audit/a check without a name/unknown: a check without a name fails on 1 host: whose is not known, 30 days left",
		"production/Daily/CIS.audit/one #11112222/unknown: one fails on 2 hosts: whose is not known, 30 days left",
		"production/Daily/CIS.audit/one #99998888/unknown: one fails on 1 host: whose is not known, 30 days left",
	}, got)
	require.Contains(t, judge(s, nil)[1].Detail, "wanted: 1\nfound: a: 0 -> 0, b.internal (b): 0 -> 0\non a, b.internal (b)")
}

// Many hosts are told by their number, and the first of them by name.
func TestJudgeNamesNotAllOfMany(t *testing.T) {
	var e nessus.Export
	e.Weaknesses = weak("1", nessus.High, "").Weaknesses
	for n := range 60 {
		e.Hosts = append(e.Hosts, nessus.Host{Name: "h" + time.Unix(int64(n), 0).UTC().Format("05"), Items: 1})
		e.Weaknesses[0].Sightings = append(e.Weaknesses[0].Sightings, nessus.Sighting{Host: n})
	}
	f := judge(scan(e), nil)[0]
	require.Contains(t, f.Summary, "on 60 hosts")
	require.True(t, strings.HasSuffix(f.Detail, "h48, h49, +10 more"), f.Detail)
}

// What is younger than the moment judged hides how old it is, and tells nothing of that moment.
func TestJudgeTheFuture(t *testing.T) {
	next := now.Add(2 * time.Hour)
	s := scan(nessus.Export{})
	s.Export.Ended = next
	facts := nessus.Facts{Scope: "production", Server: &nessus.Server{Plugins: next, Expires: now.AddDate(1, 0, 0)}, Scans: []nessus.Scan{s},
		Known: &kev.Catalogue{Released: next, Entries: []kev.Entry{{CVE: "CVE-2000-0001"}}}}
	p := nessus.DefaultPolicy()
	p.CatalogueSize = 1
	findings, gaps := nessus.Judge(facts, *p, since, now)
	require.Empty(t, findings)
	var told []string
	for _, g := range gaps {
		told = append(told, g.Subject+": "+g.Reason)
	}
	require.Equal(t, []string{
		"production/nessus: its plugins were made on 2026-11-23 11:00 UTC, which is yet to come",
		"production/kev: CISA's catalogue is of 2026-11-23 11:00 UTC, which is yet to come",
		"production/Daily: it ended on 2026-11-23 11:00 UTC, which is yet to come",
	}, told)
	_, gaps = nessus.Judge(facts, *p, since, now.Add(time.Hour))
	require.Empty(t, gaps, "two clocks may differ by an hour")
}

// A channel that must not see hosts sees none.
func TestSlackSummaryNamesNoHost(t *testing.T) {
	e := weak("1", nessus.High, "CVE-1", nessus.Sighting{Host: 0, Port: "443/tcp"})
	e.Hosts = []nessus.Host{{Name: "10.9.8.7", FQDN: "secret-host.internal", Items: 1, Login: nessus.No}}
	s := scan(e)
	s.Credentialed, s.Expected.Hosts = true, 1
	findings, gaps := nessus.Judge(nessus.Facts{Scope: "production", Scans: []nessus.Scan{s}}, *nessus.DefaultPolicy(), since, now)
	require.Len(t, findings, 1)
	require.Len(t, gaps, 1)
	r := &report.Report{Check: "nessus", Scope: "production", Findings: findings, Gaps: gaps}
	for detail, named := range map[render.Detail]bool{render.Full: true, render.Summary: false, render.Counts: false} {
		text, err := json.Marshal(render.Slack(render.Post{Report: r, Detail: detail}))
		require.NoError(t, err)
		require.Equal(t, named, strings.Contains(string(text), "secret-host") || strings.Contains(string(text), "10.9.8.7"), string(text))
	}
}

func TestPolicyProblems(t *testing.T) {
	p := nessus.DefaultPolicy()
	p.Scans = []nessus.Expected{{Name: "Daily", Kind: nessus.Vulnerability, MaxAge: time.Hour, Hosts: 1}}
	require.Empty(t, p.Problems())
	p.Scans = append(p.Scans, p.Scans[0])
	p.Days[nessus.Info] = 3
	p.Whose = []nessus.Claim{{Is: nessus.Release, Host: "*"}, {Is: nessus.IaaS, Release: "x", Host: "*"}}
	p.PluginAge, p.CatalogueSize, p.StemcellsAskedIn = 0, 0, ""
	require.Len(t, p.Problems(), 7, "%v", p.Problems())
	require.NotEmpty(t, nessus.DefaultPolicy().Problems(), "no scan is expected")
}
