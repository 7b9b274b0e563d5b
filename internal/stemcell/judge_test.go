package stemcell_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

func TestDirector(t *testing.T) {
	on := func(os, version string, uploaded ...stemcell.Uploaded) stemcell.Fleet {
		return stemcell.Fleet{Scope: "production", Director: stemcell.Director{OS: os, Version: version}, Uploaded: uploaded}
	}
	late := func(os, name, summary, missed string, severity report.Severity) []report.Finding {
		return []report.Finding{{Rule: "director-behind", Subject: "production/(director)/" + os, Severity: severity,
			Summary: "the director's own VM runs " + os + " " + summary, Detail: missed + "\nstuck at: published; the director itself is not redeployed",
			Action: "Deploy the director with " + name + "."}}
	}
	unknown := func(os, version string) []report.Finding {
		return []report.Finding{{Rule: "stemcell-unknown", Subject: "production/(director)", Severity: report.Warning,
			Summary: "the director does not say which stemcell its own VM runs", Detail: fmt.Sprintf("OS %q, version %q", os, version),
			Action: "Look at the director that deployed it; one too old to say (before 2018) needs an exception with a reason."}}
	}
	const jammyMissed, nobleMissed = "first missed: 1.1364, published 2026-08-18", "first missed: 1.484, published 2026-07-22"
	run(t, []situation{
		{name: "current", fleet: on("ubuntu-jammy", "1.1364")},
		{name: "behind, jammy by its usual name", fleet: on("ubuntu-jammy", "1.1330"),
			want: late("ubuntu-jammy", jammy+" 1.1364", "1.1330, 1 version behind 1.1364: 4 days late", jammyMissed, report.Warning)},
		{name: "behind, noble by its usual name", fleet: on("ubuntu-noble", "1.460"),
			want: late("ubuntu-noble", noble+" 1.484", "1.460, 1 version behind 1.484: 31 days late", nobleMissed, report.High)},
		{name: "by the name of an uploaded stemcell", fleet: on("ubuntu-jammy", "1.1", stemcell.Uploaded{Name: "bosh-vsphere-esxi-ubuntu-jammy-go_agent", OS: "ubuntu-jammy", Version: "1.1"})},
		{name: "does not say", fleet: on("-", "-"), want: unknown("-", "-")},
		{name: "too old to say", fleet: on("", ""), want: unknown("", "")},
		{name: "says nonsense", fleet: on("ubuntu-jammy", "-"), want: unknown("ubuntu-jammy", "-")},
	})
}

func TestLinesThatEnd(t *testing.T) {
	old := fleet(deployment("cf", vm("1", jammy, "1.1364")), deployment("db", vm("1", jammy, "1.1364")), deployment("ui", vm("1", noble, "1.484")))
	silent := func(line, since, days, users string) report.Finding {
		return report.Finding{Rule: "line-silent", Subject: "production/" + line, Severity: report.Warning,
			Summary: "no " + line + " stemcell was published since " + since + " (" + days + " days); it is used by " + users,
			Action:  "Ask whether the line has ended, and whether BOSH_IO_URL answers with today's list."}
	}
	ended := func(line, date, users string) report.Finding {
		return report.Finding{Rule: "line-ended", Subject: "production/" + line, Severity: report.High,
			Summary: line + " has had no security updates since " + date + "; it is used by " + users, Action: "Move them to a line that is maintained."}
	}
	run(t, []situation{
		{name: "newest of a dead line", fleet: fleet(deployment("legacy", vm("1", xenial, "621.125"))), want: []report.Finding{ended("ubuntu-xenial", "2021-04-30", "legacy")}},
		{name: "only listed, or planned", fleet: fleet(listing(deployment("a"), xenial, "621.125"), unread(listing(deployment("b"), xenial, "621.125"))),
			want: []report.Finding{ended("ubuntu-xenial", "2021-04-30", "a, b")}},
		{name: "an end that nobody could read the line of", fleet: fleet(deployment("legacy", vm("1", xenial, "621.125"))),
			lines: func(l map[string]stemcell.Line) { delete(l, xenial) }, want: []report.Finding{ended("ubuntu-xenial", "2021-04-30", "legacy")}},
		{name: "silent for 90 days to the second", fleet: old, now: at("2026-11-16T22:09:54Z"), want: []report.Finding{silent("ubuntu-noble", "2026-07-22", "117", "ui")}},
		{name: "and a second more", fleet: old, now: at("2026-11-16T22:09:55Z"), want: []report.Finding{
			silent("ubuntu-jammy", "2026-08-18", "90", "cf, db, the director's own VM"), silent("ubuntu-noble", "2026-07-22", "117", "ui")}},
		{name: "jammy on its last day", fleet: old, now: at("2027-06-30T23:59:59Z"), policy: func(p *stemcell.Policy) { p.SilenceDays = 1000 }},
		{name: "jammy after it", fleet: old, now: at("2027-07-01T00:00:00Z"), policy: func(p *stemcell.Policy) { p.SilenceDays = 1000 },
			want: []report.Finding{ended("ubuntu-jammy", "2027-06-30", "cf, db, the director's own VM")}},
	})
}

func TestExpectedAndNotes(t *testing.T) {
	policy := func(p *stemcell.Policy) {
		p.Expected = []string{"cf", "nessus-manager"}
		p.Notes = []stemcell.Note{{Deployment: "nessus*", Note: "have the licence key ready.", Link: "https://runbook.test"}, {Deployment: "cf", Note: "tell the customers."}}
	}
	noted := behind(report.Warning, "its only VM runs ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
		"first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330")
	noted.Subject = "production/nessus-manager/ubuntu-jammy"
	noted.Action = "Deploy nessus-manager with " + jammy + " 1.1364, which is uploaded already.\nNote: have the licence key ready. https://runbook.test"
	run(t, []situation{{name: "both", policy: policy, fleet: fleet(deployment("nessus-manager", vm("1", jammy, "1.1330"))), want: []report.Finding{
		{Rule: "deployment-missing", Subject: "production/cf", Severity: report.High, Summary: "cf is expected and the director does not list it",
			Action: "Deploy it, or take it out of expected_deployments in the policy file."}, noted}}})
}

func TestDeployRunning(t *testing.T) {
	d := listing(deployment("cf", vm("1", jammy, "1.1364")), jammy, "1.1330", "1.1364")
	d.Locked = true
	run(t, []situation{{name: "running", fleet: fleet(d), want: []report.Finding{{Rule: "deploy-running", Subject: "production/cf/ubuntu-jammy",
		Summary: "cf lists ubuntu-jammy 1.1330 and 1.1364: a deploy is running now", Action: "Watch it to its end: bosh -d cf task."}}}})
}

// TestWhatCouldNotBeReadIsLeftToTheGap holds that a line that nobody could list is not judged, neither green nor red.
func TestWhatCouldNotBeReadIsLeftToTheGap(t *testing.T) {
	run(t, []situation{{name: "no lines", fleet: fleet(deployment("cf", vm("1", jammy, "1.999"))), lines: func(l map[string]stemcell.Line) { clear(l) }}})
}

func TestLines(t *testing.T) {
	f := fleet(deployment("cf", vm("1", noble, "1.484")), listing(deployment("db"), xenial, "621.125"))
	require.Equal(t, []string{jammy, noble, xenial}, f.Lines(), "the director's, a VM's and a listed one; each once, none without a name")
	require.Empty(t, stemcell.Fleet{}.Lines())
}

// TestOrderOfTheFactsDoesNotMatter shuffles a fleet with something of everything.
func TestOrderOfTheFactsDoesNotMatter(t *testing.T) {
	f := fleet(
		listing(deployment("cf", vm("1", jammy, "1.1364"), ignored(vm("2", jammy, "1.999")), vm("3", jammy, "1.918"), vm("4", jammy, "1.926"), vm("5", "", ""), vm("6", noble, "1.460"), vm("6", noble, "1.484")), jammy, "1.918", "1.1364"),
		deployment("db", vm("1", xenial, "621.1"), vm("2", jammy, "1.1365"), vm("3", jammy, "1.1298")),
		unread(listing(deployment("ui", made(vm("1", "", ""), "2020-01-01T00:00:00Z"), made(vm("2", "", ""), "2020-01-01T00:00:00Z")), noble, "1.460", "1.484")),
	)
	f.Director.Version = "1.1298"
	f.Uploaded = append(f.Uploaded, stemcell.Uploaded{Name: "another-jammy", OS: "ubuntu-jammy", Version: "1.1"})
	f.Orphans = []stemcell.Orphan{{CID: "i-1", Deployment: "cf"}, {CID: "i-2", Deployment: "cf"}}
	lines := published(t)
	publish(lines, "another-jammy", stemcell.Published{Version: version(t, "1.1364"), Regular: "https://regular"})
	policy := *stemcell.DefaultPolicy()
	want := stemcell.Judge(f, lines, policy, now)
	require.Greater(t, len(want), 14)
	keys := map[string]bool{}
	for _, finding := range want {
		require.False(t, keys[finding.Key()], "two of one identity: %s", finding.Key())
		keys[finding.Key()] = true
	}
	wanted := len(stemcell.Undated(f, lines, policy, now))
	random := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		shuffle(random, f.Deployments)
		shuffle(random, f.Uploaded)
		shuffle(random, f.Orphans)
		for i := range f.Deployments {
			shuffle(random, f.Deployments[i].VMs)
			shuffle(random, f.Deployments[i].Stemcells)
		}
		for _, line := range lines {
			shuffle(random, line.All)
		}
		require.Equal(t, want, stemcell.Judge(f, lines, policy, now))
		require.Len(t, stemcell.Undated(f, lines, policy, now), wanted)
	}
}

func shuffle[T any](random *rand.Rand, all []T) {
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

// TestUndated holds that only dates which the judgement turns on are asked for, and that they suffice.
func TestUndated(t *testing.T) {
	f := fleet(deployment("cf", vm("1", jammy, "1.1298"), vm("2", jammy, "1.1298"), vm("3", fips, "1.1331")), unread(listing(deployment("db"), noble, "1.460")))
	lines, dated := published(t), published(t)
	for _, line := range lines {
		for i := range line.All {
			line.All[i].Date = time.Time{}
		}
	}
	for name := range lines {
		if !slices.Contains([]string{jammy, fips, noble}, name) {
			delete(lines, name)
		}
	}
	policy := *stemcell.DefaultPolicy()
	var asked []string
	for _, s := range stemcell.Undated(f, lines, policy, now) {
		asked = append(asked, s.String())
		for _, p := range dated[s.Name].All {
			if p.Version.Compare(s.Version) == 0 {
				lines[s.Name].Date(s.Version, p.Date)
			}
		}
	}
	slices.Sort(asked)
	require.Equal(t, []string{"ubuntu-jammy 1.1330", "ubuntu-jammy 1.1364", "ubuntu-jammy-fips 1.1331", "ubuntu-noble 1.460", "ubuntu-noble 1.484"}, asked)
	require.Empty(t, stemcell.Undated(f, lines, policy, now))
	require.Equal(t, stemcell.Judge(f, dated, policy, now), stemcell.Judge(f, lines, policy, now))
}
