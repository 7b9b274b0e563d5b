package stemcell_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// behind is the finding of cf's jammy VMs, whose newest is uploaded and not referenced.
func behind(severity report.Severity, summary, detail string) report.Finding {
	return report.Finding{
		Rule: "stemcell-behind", Subject: "production/cf/ubuntu-jammy", Severity: severity, Summary: summary, Detail: detail,
		Action: "Deploy cf with bosh-aws-xen-hvm-ubuntu-jammy-go_agent 1.1364, which is uploaded already.",
	}
}

func TestLateSinceTheFirstMissed(t *testing.T) {
	uploaded := func(f report.Finding, step, action string) report.Finding {
		f.Subject, f.Action = "production/cf/ubuntu-noble", action
		f.Detail = "first missed: 1.484, published 2026-07-22\nstuck at: " + step + "\nnode/1 i-1 1.460"
		return f
	}
	run(t, []situation{
		{name: "current", fleet: fleet(deployment("cf", vm("1", jammy, "1.1364"), vm("2", noble, "1.484"), vm("3", fips, "1.1331"), vm("4", windows, "2019.102")))},
		{name: "jammy 1.999, text would call it the newest", fleet: fleet(deployment("cf", vm("1", jammy, "1.999"))), want: []report.Finding{behind(report.High,
			"its only VM runs ubuntu-jammy 1.999, 22 versions behind 1.1364: 226 days late",
			"first missed: 1.1015, published 2026-01-08\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.999")}},
		{name: "jammy 1.1330", fleet: fleet(deployment("cf", vm("1", jammy, "1.1330"), vm("2", jammy, "1.1330"))), want: []report.Finding{behind(report.Warning,
			"both VMs run ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
			"first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330\nnode/2 i-2 1.1330")}},
		{name: "noble 1.460", fleet: fleet(deployment("cf", vm("1", noble, "1.460"))), want: []report.Finding{uploaded(behind(report.High,
			"its only VM runs ubuntu-noble 1.460, 1 version behind 1.484: 31 days late", ""), "uploaded, not referenced by the deployment",
			"Deploy cf with bosh-aws-xen-hvm-ubuntu-noble 1.484, which is uploaded already.")}},
		{name: "the oldest of several speaks for all", now: at("2026-08-19T00:00:00Z"),
			fleet: fleet(listing(deployment("cf", vm("1", jammy, "1.1330"), vm("2", jammy, "1.1298"), vm("3", jammy, "1.1364")), jammy, "1.1298")), want: []report.Finding{behind(report.Warning,
				"2 of 3 VMs run ubuntu-jammy 1.1298 to 1.1330, 2 versions behind 1.1364: 12 days late",
				"first missed: 1.1330, published 2026-08-06\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330\nnode/2 i-2 1.1298")}},
	})
}

func TestSeverityTurnsToTheSecond(t *testing.T) {
	red, high := at("2026-08-22T22:09:54Z"), at("2026-09-02T22:09:54Z") // 4 and 15 days after 1.1364 appeared as a light stemcell
	const detail = "first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330"
	const summary = "its only VM runs ubuntu-jammy 1.1330, 1 version behind 1.1364: "
	old := fleet(deployment("cf", vm("1", jammy, "1.1330")))
	old.Director = stemcell.Director{OS: "ubuntu-noble", Version: "1.484"}
	strict := func(p *stemcell.Policy) { p.GraceDays, p.HighDays = 0, 0 }
	run(t, []situation{
		{name: "as it appears", fleet: old, now: at("2026-08-18T22:09:54Z"), want: []report.Finding{behind(report.Info, summary+"0 days late, turns red on 2026-08-22", detail)}},
		{name: "before it appears, in a replay", fleet: old, now: at("2026-08-18T22:09:53Z")},
		{name: "a second before the grace ends", fleet: old, now: red.Add(-time.Second), want: []report.Finding{behind(report.Info, summary+"3 days late, turns red on 2026-08-22", detail)}},
		{name: "as it ends", fleet: old, now: red, want: []report.Finding{behind(report.Warning, summary+"4 days late", detail)}},
		{name: "a second before it is high", fleet: old, now: high.Add(-time.Second), want: []report.Finding{behind(report.Warning, summary+"14 days late", detail)}},
		{name: "then", fleet: old, now: high, want: []report.Finding{behind(report.High, summary+"15 days late", detail)}},
		{name: "no grace at all", fleet: old, now: at("2026-08-18T22:09:54Z"), policy: strict, want: []report.Finding{behind(report.High, summary+"0 days late", detail)}},
		{name: "on an unknown day", fleet: old, lines: undated(jammy, "1.1364"), want: []report.Finding{
			behind(report.Warning, summary+"nobody knows for how long, its date is unknown", "first missed: 1.1364, published an unknown day\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330"),
			{Rule: "line-undated", Subject: "production/ubuntu-jammy", Action: "Give its date in a DATES_FILE.",
				Summary: "nobody knows when ubuntu-jammy 1.1364 was published, so nobody would notice that the line falls silent"},
		}},
	})
}

// undated makes the date of a stemcell unknown.
func undated(name, text string) func(map[string]stemcell.Line) {
	return func(lines map[string]stemcell.Line) {
		for i, s := range lines[name].All {
			if s.Version.String() == text {
				lines[name].All[i].Date = time.Time{}
			}
		}
	}
}

func TestStuckOnAStep(t *testing.T) {
	old := deployment("cf", vm("1", jammy, "1.1330"))
	half := listing(old, jammy, "1.1330", "1.1364")
	find := func(step, action string) []report.Finding {
		f := behind(report.Warning, "its only VM runs ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
			"first missed: 1.1364, published 2026-08-18\nstuck at: "+step+"\nnode/1 i-1 1.1330")
		f.Action = action
		return []report.Finding{f}
	}
	bare := fleet(old)
	bare.Uploaded = nil
	done := listing(old, jammy, "1.1364")
	failed, locked := done, done
	failed.LastError = "'node/1' is\nnot running"
	locked.Locked = true
	run(t, []situation{
		{name: "published", fleet: bare, want: find("published, not uploaded to the director", "Upload "+jammy+" 1.1364 to the director, then deploy cf.")},
		{name: "uploaded", fleet: fleet(old), want: find("uploaded, not referenced by the deployment", "Deploy cf with "+jammy+" 1.1364, which is uploaded already.")},
		{name: "referenced", fleet: fleet(done), want: find("referenced, not on every VM", "Deploy cf again, and look why its last deploy left VMs out.")},
		{name: "referenced, failed", fleet: fleet(failed), want: find("referenced, not on every VM; the last deploy ended with: 'node/1' is not running", "Mend what stopped the deploy of cf and deploy it again.")},
		{name: "referenced, running", fleet: fleet(locked), want: find("referenced, a deploy is running now", "Watch the deploy of cf to its end: bosh -d cf task.")},
		{name: "half-way", fleet: fleet(half), want: append([]report.Finding{{
			Rule: "deploy-unfinished", Subject: "production/cf/ubuntu-jammy", Severity: report.Warning,
			Summary: "cf lists ubuntu-jammy 1.1330 and 1.1364: its last deploy stopped half-way, or its manifest asks for both",
			Detail:  "no error of it is recorded", Action: "Mend what stopped it and deploy cf again.",
		}}, find("referenced, not on every VM", "Deploy cf again, and look why its last deploy left VMs out.")...)},
	})
}

func TestPins(t *testing.T) {
	pinned := func(pin stemcell.Pin) func(*stemcell.Policy) {
		return func(p *stemcell.Policy) {
			pin.Reason = "its releases are compiled for it"
			if pin.Until.IsZero() {
				pin.Until = day("2026-12-31")
			}
			p.Pins = []stemcell.Pin{pin}
		}
	}
	const ended = "its releases are compiled for it"
	old := fleet(deployment("cf", vm("1", jammy, "1.1330")))
	late := behind(report.Warning, "its only VM runs ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
		"first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330")
	withPin := late
	withPin.Detail += "\npinned to 1 until 2026-12-31: its releases are compiled for it"
	run(t, []situation{
		{name: "to the version that it runs", fleet: old, policy: pinned(stemcell.Pin{Line: "*jammy-go_agent", Version: "1.1330"})},
		{name: "to its major version", fleet: old, policy: pinned(stemcell.Pin{Line: jammy, Version: "1"}), want: []report.Finding{withPin}},
		{name: "of another deployment", fleet: old, policy: pinned(stemcell.Pin{Line: "*", Deployment: "db*", Version: "1.1330"}), want: []report.Finding{late}},
		{name: "of another line", fleet: old, policy: pinned(stemcell.Pin{Line: "*noble*", Version: "1.1330"}), want: []report.Finding{late}},
		{name: "on its last day", fleet: old, policy: pinned(stemcell.Pin{Line: "*", Version: "1.1330", Deployment: "cf", Until: day("2026-08-22")})},
		{name: "that has ended", fleet: old, policy: pinned(stemcell.Pin{Line: "*", Version: "1.1330", Deployment: "cf", Until: day("2026-08-21")}), want: []report.Finding{late, {
			Rule: "pin-ended", Subject: "production/pin * 1.1330 cf", Severity: report.Warning, Summary: "the pin of * to 1.1330 ended on 2026-08-21",
			Detail: "reason: " + ended, Action: "Remove it from the policy file, or renew it with a new reason and date.",
		}}},
		{name: "to what is not published", fleet: old, policy: pinned(stemcell.Pin{Line: "*", Version: "1.1331", Deployment: "cf"}), want: []report.Finding{{
			Rule: "pin-unpublished", Subject: "production/cf/ubuntu-jammy", Severity: report.Warning,
			Summary: "cf is pinned to ubuntu-jammy 1.1331 and nothing published is within it, so nobody would see it fall behind",
			Detail:  "reason: " + ended, Action: "Correct the version of the pin in the policy file, or remove the pin.",
		}}},
	})
}

// TestOffered holds which stemcells count as missed, line by line.
func TestOffered(t *testing.T) {
	policy := *stemcell.DefaultPolicy()
	missed := func(lines map[string]stemcell.Line, line, running string) (all []string) {
		for _, s := range lines[line].Missed(policy, "cf", version(t, running), now) {
			all = append(all, s.Version.String())
		}
		return all
	}
	lines := published(t)
	require.Equal(t, []string{"1.1364"}, missed(lines, jammy, "1.1330"))
	require.Equal(t, []string{"2019.101", "2019.102"}, missed(lines, windows, "2019.100"), "numbers, not floats; light is all there is")
	require.NotContains(t, missed(lines, jammy, "1.915"), "1.918", "denied")
	require.NotContains(t, missed(lines, jammy, "1.915"), "1.926", "denied")
	require.Equal(t, missed(lines, jammy, "1.915"), missed(lines, jammy, "1.918"), "a denied one may be left behind")
	require.Contains(t, missed(lines, xenial, "456.160"), "621.125", "another major version, if no pin forbids it")
	require.NotContains(t, missed(lines, xenial, "97.10"), "97.79", "it never had a light stemcell")
	require.NotContains(t, missed(lines, xenial, "97.10"), "170.91", "nor had this")
	require.Equal(t, []string{"1.1331"}, missed(lines, fips, "1.1330"), "FIPS has no light ones at all")

	publish(lines, jammy, stemcell.Published{Version: version(t, "1.1400"), Regular: "https://regular/1.1400"})
	require.Equal(t, []string{"1.1364"}, missed(lines, jammy, "1.1330"), "its light stemcell is not out yet")
	publish(lines, jammy, stemcell.Published{Version: version(t, "2.1"), Light: "https://light/2.1"})
	require.Equal(t, []string{"1.1364", "2.1"}, missed(lines, jammy, "1.1330"))
	publish(lines, noble, stemcell.Published{Version: version(t, "0.999"), Light: "https://light/0.999"})
	require.Equal(t, []string{"1.484"}, missed(lines, noble, "1.460"), "nobody goes back to 0.x")
	require.Contains(t, missed(lines, noble, "0.156"), "0.999", "but from 0.x to 0.x")
}
