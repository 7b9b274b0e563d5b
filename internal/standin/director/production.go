package director

import (
	"slices"
	"time"
)

// Day is the Friday morning on which [Morning] plays. Versions and dates of stemcells
// are the real ones; deployments and ids are invented.
var Day = time.Date(2026, 8, 21, 9, 0, 0, 0, time.UTC)

// The newest stemcell of each line on that day, and the day of its publication.
var (
	jammy   = Jammy("1.1364")         // 18 August
	fips    = JammyFIPS("1.1331")     // 18 August
	noble   = Noble("1.484")          // 22 July
	windows = Windows2019("2019.102") // 13 August
)

// Morning is a production director on a red morning:
//
//	admin-ui        current
//	cf              current, on FIPS and Windows, with an errand that has no VM
//	defectdojo      current
//	kubernetes      eight versions behind, since 29 May
//	logsearch       a deploy failed half-way: two versions, VMs on both, no lock
//	nessus-manager  held on 1.999, as the checklist's note tells, since 8 January
//	opensearch      current, but one agent does not answer and one instance is detached
//	postfix         a team's, one version behind since 18 August: within the days of grace
//	prometheus      current, but for an ignored VM that was left behind on 3 March
//
// The director's own VM is two versions behind, since 6 August.
func Morning() Fleet {
	opensearch := slices.Concat(Group("manager", 3, noble, date(7, 27)), Group("data", 4, noble, date(7, 27)))
	opensearch[4].VMs[0].JobState = Unresponsive
	opensearch[6].State, opensearch[6].VMs = "detached", nil
	prometheus := Group("prometheus", 2, jammy, date(8, 20))
	prometheus[1].Ignore, prometheus[1].VMs = true, []VM{{Stemcell: Jammy("1.1065"), Created: date(2, 17)}}

	f := Fleet{
		Name: "production-bosh", StemcellOS: "ubuntu-jammy", StemcellVersion: "1.1298",
		Uploads: []Upload{{Stemcell: Jammy("1.1298")}, {Stemcell: Noble("1.460")}},
		Deployments: []Deployment{
			deployed("admin-ui", Group("admin-ui", 2, jammy, date(8, 20))),
			deployed("cf",
				Group("api", 3, fips, date(8, 20)),
				Group("diego-cell", 6, fips, date(8, 20)),
				Group("windows2019-cell", 2, windows, date(8, 17)),
				[]Instance{{Job: "smoke-tests", AZ: "z1", Errand: true}}),
			deployed("defectdojo", Group("defectdojo", 2, noble, date(7, 28))),
			deployed("kubernetes",
				Group("master", 3, Jammy("1.1202"), date(5, 13)),
				Group("worker", 4, Jammy("1.1202"), date(5, 13))),
			deployed("logsearch",
				Group("elasticsearch_data", 2, jammy, date(8, 20)),
				Group("ingestor", 3, Jammy("1.1330"), date(8, 10))),
			deployed("nessus-manager", Group("nessus-manager", 1, Jammy("1.999"), date(0, 8))),
			deployed("opensearch", opensearch),
			deployed("postfix", Group("postfix", 2, Jammy("1.1330"), date(8, 11))),
			deployed("prometheus", prometheus),
		},
		Events: []Event{
			deploy("cf", "211", date(8, 19), ""),
			deploy("logsearch", "214", date(8, 20),
				"'ingestor/0' is not running after update. Review logs for failed jobs: ingestor_syslog"),
		},
	}
	f.find("postfix").Teams = []string{"customer-squad"}
	f.find("prometheus").Stemcells = []Stemcell{jammy} // a plan does not know what ignored VMs run
	return f
}

// Upgraded is [Morning]'s director as it should have been: every VM on the newest
// stemcell of its line since dawn, nothing ignored, detached, unresponsive or half done.
func Upgraded() Fleet {
	dawn := Day.Add(-3 * time.Hour)
	f := Morning()
	f.StemcellVersion = jammy.Version
	f.Uploads = nil
	for i := range f.Deployments {
		f.Deployments[i].upgrade(dawn)
	}
	f.Events = append(f.Events, deploy("logsearch", "230", dawn, ""))
	return f
}

// upgrade makes anew each VM that is missing, unwell or behind.
func (d *Deployment) upgrade(at time.Time) {
	for n := range d.Instances {
		i := &d.Instances[n]
		if i.State == "detached" {
			i.VMs = []VM{{Stemcell: d.Stemcells[0]}}
		}
		i.State, i.Ignore = "", false
		for m, vm := range i.VMs {
			if newest := current(vm.Stemcell); vm.Stemcell != newest || vm.JobState != "" || vm.Created.IsZero() {
				i.VMs[m] = VM{Stemcell: newest, Created: at}
			}
		}
	}
	d.Stemcells = d.running()
}

// current is the newest stemcell of a line.
func current(s Stemcell) Stemcell {
	lines := []Stemcell{jammy, fips, noble, windows}
	return lines[slices.IndexFunc(lines, func(l Stemcell) bool { return l.Name == s.Name })]
}

// deployed is a deployment whose plan is what its VMs run.
func deployed(name string, groups ...[]Instance) Deployment {
	d := Deployment{
		Name:      name,
		Releases:  []Release{{Name: "bosh-dns", Version: "1.39.23"}, {Name: name, Version: "12.4.0"}},
		Instances: slices.Concat(groups...),
	}
	d.Stemcells = d.running()
	return d
}

// deploy is the end of a deploy in the history; no error: it went well.
func deploy(name, task string, at time.Time, failure string) Event {
	return Event{
		Time: at, User: "ci", Action: "update", ObjectType: "deployment", ObjectName: name,
		Deployment: name, Task: task, Error: failure,
	}
}

// date is a day of 2026 after the noon UTC; month 0 is December 2025.
func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 14, 0, 0, 0, time.UTC)
}
