package nessus

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

const lookAtScan = "Open the scan in Nessus, find out why, and launch it again."

// scan judges one expected scan: what was looked at, then what was seen.
func (j *judge) scan(s Scan) {
	j.runs(s)
	if s.Export == nil {
		return
	}
	j.age(s)
	j.hosts(s)
	j.login(s)
	j.plugins(s)
	j.contents(s)
	j.weaknesses(s)
	j.checks(s)
}

// runs tells of a scan that is not done, or whose newest run did not end well.
func (j *judge) runs(s Scan) {
	if s.Disabled {
		j.find(report.Finding{
			Rule: "scan-disabled", Subject: j.Scope + "/" + s.Name, Severity: report.Warning,
			Summary: s.Name + "'s schedule is turned off", Action: "Turn it on in Nessus, or take the scan out of the policy.",
		})
	}
	completed, _, newest := Newest(s.Runs)
	switch {
	case newest == nil:
		j.miss(s.Name, lookAtScan, "the scan was never run")
	case completed == nil && underway[newest.Status]:
		j.miss(s.Name, "Run this again when the scan has ended.", "its only run is still %s, since %s", newest.Status, stamp(newest.Started))
	case completed == nil:
		j.miss(s.Name, lookAtScan, "no run ended well: the newest, of %s, is %s", stamp(newest.Started), newest.Status)
	case newest == completed:
	case underway[newest.Status]:
		j.find(report.Finding{
			Rule: "scan-running", Subject: j.Scope + "/" + s.Name, Severity: report.Info,
			Summary: fmt.Sprintf("%s is %s since %s: the run before it is judged", s.Name, newest.Status, stamp(newest.Started)),
			Action:  "Run this again when the scan has ended.",
		})
	default:
		j.find(report.Finding{
			Rule: "scan-aborted", Subject: j.Scope + "/" + s.Name, Severity: report.Warning,
			Summary: fmt.Sprintf("%s's newest run, of %s, is %s: the run before it is judged", s.Name, stamp(newest.Started), newest.Status),
			Action:  lookAtScan,
		})
	}
}

// ended is when the judged run did: its last host knows best, since a run may be modified later.
func (s Scan) ended() time.Time {
	if s.Export != nil && !s.Export.Ended.IsZero() {
		return s.Export.Ended
	}
	return s.Judged.Ended
}

func (j *judge) age(s Scan) {
	switch ended := s.ended(); {
	case ended.IsZero():
		j.miss(s.Name, lookAtScan, "it does not say when it ended, so nobody knows how old it is")
	case early(ended, j.now):
		j.miss(s.Name, setClock, "it ended on %s, which is yet to come", stamp(ended))
	case j.now.Sub(ended) > s.MaxAge:
		j.miss(s.Name, lookAtScan, "its newest whole run ended on %s, %s ago: it may be %s old", stamp(ended), span(j.now.Sub(ended)), span(s.MaxAge))
	}
}

// Scanned counts the hosts of which Nessus tells anything: a dead one is in the export, too.
func (e *Export) Scanned() (n int) {
	for _, h := range e.Hosts {
		if h.Items > 0 {
			n++
		}
	}
	return n
}

func (j *judge) hosts(s Scan) {
	const action = "Find out which hosts are missing: the network, the scan's targets or its agents."
	n := s.Export.Scanned()
	if n < s.Expected.Hosts {
		j.miss(s.Name, action, "it scanned %s, at least %d are expected", report.Number(n, "host"), s.Expected.Hosts)
	} else if s.Before != nil && n*100 < s.Before.Hosts*j.policy.KeepHosts {
		j.miss(s.Name, action, "it scanned %s, its run of %s scanned %d", report.Number(n, "host"), stamp(s.Before.Ended), s.Before.Hosts)
	}
}

func (j *judge) login(s Scan) {
	if !s.Credentialed {
		return
	}
	var refused, silent []string
	for _, h := range s.Export.Hosts {
		switch {
		case h.Items == 0:
		case h.Login == No:
			refused = append(refused, h.Label())
		case h.Login == Unsaid:
			silent = append(silent, h.Label())
		}
	}
	const action = "Mend the scan's credentials: what only shows from inside was not looked at."
	if n := len(refused); n > 0 {
		j.miss(s.Name+"/credentials", action, "Nessus could not log in to %s: %s", report.Number(n, "host"), report.First(refused, 10, ", "))
	}
	if n := len(silent); n > 0 {
		j.miss(s.Name+"/credentials", action, "it does not say whether Nessus logged in to %s: %s", report.Number(n, "host"), report.First(silent, 10, ", "))
	}
}

// plugins judges with which plugins the run was done, which may be older than the scanner's own now.
func (j *judge) plugins(s Scan) {
	made := s.Export.Plugins
	if made.IsZero() {
		if j.Server == nil && s.Kind == Vulnerability {
			j.miss(s.Name, "Turn plugin 19506, Nessus Scan Information, on in the scan's policy.", "it does not say how old its plugins are")
		}
		return
	}
	if age := s.ended().Sub(made); age > j.policy.PluginAge {
		j.find(report.Finding{
			Rule: "plugins-old", Subject: j.Scope + "/" + s.Name, Severity: report.Warning,
			Summary: fmt.Sprintf("%s was done with plugins that were %s old: what was published since was not found", s.Name, span(age)),
			Detail:  "made " + stamp(made),
			Action:  "Update the plugins of the scanner and its agents, and launch the scan again.",
		})
	}
}

// contents doubts an export that lacks what it is read for.
func (j *judge) contents(s Scan) {
	results, checks := s.Export.Results, 0
	for _, n := range results {
		checks += n
	}
	switch {
	case s.Kind == Compliance && checks == 0:
		j.miss(s.Name, "Give the scan its audit files.", "it holds no result of a compliance check")
	case s.Kind == Vulnerability && s.Export.Items == 0:
		j.miss(s.Name, lookAtScan, "it holds no result of a plugin")
	}
	if n := s.Export.Unrated; n > 0 {
		j.miss(s.Name+"/items", "Export the scan again; if it stays so, tell us.", "%s of its results lack a plugin or a severity", countOf(n, s.Export.Items))
	}
	if n := results[""]; n > 0 {
		j.miss(s.Name+"/checks", "Look at these checks in Nessus.", "%s of its compliance checks have no verdict: %s", countOf(n, checks), j.named(s, ""))
	}
	if n := results[errored]; n > 0 {
		j.miss(s.Name+"/checks", "Look at these checks in Nessus: they could not be evaluated.", "%s of its compliance checks ended with ERROR: %s", countOf(n, checks), j.named(s, errored))
	}
}

func countOf(n, all int) string { return fmt.Sprintf("%d of %d", n, all) }

// named names the checks that have a verdict somewhere.
func (j *judge) named(s Scan, verdict string) string {
	var names []string
	for _, c := range s.Export.Checks {
		for _, seen := range c.Sightings {
			if known(seen.Result) == verdict {
				names = append(names, c.title())
				break
			}
		}
	}
	return report.First(names, 5, ", ")
}
