package stemcell_test

import (
	"testing"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

const doNotUse = "https://github.com/cloudfoundry/bosh-deployment/issues/490"

func TestStanding(t *testing.T) {
	finding := func(rule string, severity report.Severity, subject, summary, detail, action string) report.Finding {
		return report.Finding{Rule: rule, Severity: severity, Subject: "production/" + subject, Summary: summary, Detail: detail, Action: action}
	}
	denied := func(summary, detail string) report.Finding {
		f := finding("stemcell-denied", report.High, "cf/ubuntu-jammy", summary, detail, "Deploy cf with another stemcell of the line.")
		f.Link = doNotUse
		return f
	}
	on := func(line string, versions ...string) stemcell.Deployment {
		d := deployment("cf")
		for i, v := range versions {
			d.VMs = append(d.VMs, vm(string(rune('1'+i)), line, v))
		}
		return d
	}
	october := at("2025-10-10T00:00:00Z") // 1.926 was the newest then
	newestDenied := func(lines map[string]stemcell.Line) { onlyUntil(lines, jammy, "1.926") }
	beside := on(jammy, "1.918", "1.926")
	beside.VMs[1].Ignored = true
	old := fleet(on(jammy, "1.926"))
	old.Director.Version = "1.915"
	run(t, []situation{
		{name: "denied", fleet: fleet(on(jammy, "1.918", "1.926", "1.1364")), want: []report.Finding{
			denied("2 of 3 VMs run ubuntu-jammy 1.918 to 1.926, which should not be used", "node/1 i-1 1.918\nnode/2 i-2 1.926")}},
		{name: "denied, though the newest of all", fleet: old, now: october, lines: newestDenied, want: []report.Finding{
			denied("its only VM runs ubuntu-jammy 1.926, which should not be used", "node/1 i-1 1.926")}},
		{name: "denied and ignored, said once", fleet: fleet(beside), want: []report.Finding{
			denied("both VMs run ubuntu-jammy 1.918 to 1.926, which should not be used", "node/1 i-1 1.918\nnode/2 i-2 1.926 ignored"),
			finding("vm-ignored", report.Info, "cf", "ignored: deploys pass over 1 VM", "node/2 i-2 1.926 ignored", "Find out why, and run bosh -d cf unignore INSTANCE when it is over."),
		}},
		{name: "denied for jammy is not for FIPS", fleet: fleet(on(fips, "1.1331")),
			policy: func(p *stemcell.Policy) {
				p.Deny = append(p.Deny, stemcell.Denied{Line: "*-ubuntu-jammy-go_agent", Version: "1.1331"})
			}},
		{name: "denied by the same number, written otherwise", fleet: fleet(on(jammy, "1.1364")),
			policy: func(p *stemcell.Policy) {
				p.Deny = []stemcell.Denied{{Line: "*", Version: "1.1364.0", Source: doNotUse}}
			}, want: []report.Finding{
				func() report.Finding {
					f := denied("the director's own VM runs ubuntu-jammy 1.1364, which should not be used", "")
					f.Subject, f.Action = "production/(director)/ubuntu-jammy", "Deploy the director with another stemcell of the line."
					return f
				}(),
				denied("its only VM runs ubuntu-jammy 1.1364, which should not be used", "node/1 i-1 1.1364"),
			}},
		{name: "ahead", fleet: fleet(on(jammy, "1.1364", "1.1365")), want: []report.Finding{finding("stemcell-ahead", report.Warning, "cf/ubuntu-jammy",
			"1 of 2 VMs runs ubuntu-jammy 1.1365: a stemcell newer than any published (1.1364)", "node/2 i-2 1.1365",
			"Find out where this stemcell came from; a candidate or self-made one needs an exception with a reason.")}},
		{name: "a leading zero is not the number, and ahead", fleet: fleet(on(jammy, "1.01364")), want: []report.Finding{finding("stemcell-ahead", report.Warning, "cf/ubuntu-jammy",
			"its only VM runs ubuntu-jammy 1.01364: a stemcell newer than any published (1.1364)", "node/1 i-1 1.01364",
			"Find out where this stemcell came from; a candidate or self-made one needs an exception with a reason.")}},
		{name: "the same number, written otherwise, is current", fleet: fleet(on(jammy, "1.1364.0"))},
		{name: "withdrawn, and late besides", now: at("2026-08-20T00:00:00Z"), fleet: fleet(on(jammy, "1.1330")), lines: func(l map[string]stemcell.Line) { withdraw(l, jammy, "1.1330") }, want: []report.Finding{
			finding("stemcell-withdrawn", report.Warning, "cf/ubuntu-jammy", "its only VM runs ubuntu-jammy 1.1330: a stemcell that is not published, or no longer",
				"node/1 i-1 1.1330", "Deploy cf with a published stemcell."),
			behind(report.Info, "its only VM runs ubuntu-jammy 1.1330, 1 version behind 1.1364: 1 day late, turns red on 2026-08-22",
				"first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment\nnode/1 i-1 1.1330"),
		}},
		{name: "never published, but older than one that is not light yet", fleet: fleet(on(jammy, "1.1390")),
			lines: func(l map[string]stemcell.Line) {
				publish(l, jammy, stemcell.Published{Version: version(t, "1.1400"), Regular: "https://regular/1.1400"})
			}, want: []report.Finding{finding("stemcell-withdrawn", report.Warning, "cf/ubuntu-jammy",
				"its only VM runs ubuntu-jammy 1.1390: a stemcell that is not published, or no longer", "node/1 i-1 1.1390", "Deploy cf with a published stemcell.")}},
		{name: "major version 0, though the newest", fleet: fleet(on(resolute, "0.93")), want: []report.Finding{finding("stemcell-pre-release", report.Warning, "cf/ubuntu-resolute",
			"its only VM runs ubuntu-resolute 0.93: a stemcell of major version 0, not yet offered for general use", "node/1 i-1 0.93",
			"Deploy cf with a released stemcell, of another line if this one has none.")}},
	})
}

const resolute = "bosh-aws-xen-hvm-ubuntu-resolute"

// onlyUntil takes back what is newer than a version.
func onlyUntil(lines map[string]stemcell.Line, name, version string) {
	line := lines[name]
	for i, s := range line.All { // newest first
		if s.Version.String() == version {
			line.All = line.All[i:]
			break
		}
	}
	lines[name] = line
}
