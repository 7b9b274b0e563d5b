package nessus

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Memory tells since when a finding is known; zero for one that is new.
type Memory func(rule, subject string) time.Time

// Judge tells what must be remediated, and what no scan looked at: silence of a scan that was not done, or not done
// well, is no good news.
func Judge(facts Facts, policy Policy, since Memory, now time.Time) ([]report.Finding, []report.Gap) {
	j := &judge{Facts: facts, exploited: index(facts.Known), policy: policy, since: since, now: now}
	j.server()
	j.catalogue()
	for _, s := range facts.Scans {
		j.scan(s)
	}
	report.Sort(j.findings)
	return j.findings, j.gaps
}

type judge struct {
	Facts
	exploited
	policy   Policy
	since    Memory
	now      time.Time
	findings []report.Finding
	gaps     []report.Gap
}

func (j *judge) find(f report.Finding) { j.findings = append(j.findings, f) }

func (j *judge) miss(subject, action, reason string, values ...any) {
	j.gaps = append(j.gaps, report.Gap{Subject: j.Scope + "/" + subject, Reason: fmt.Sprintf(reason, values...), Action: action})
}

// server judges the scanner itself.
func (j *judge) server() {
	if j.Server == nil {
		return
	}
	if early(j.Server.Plugins, j.now) {
		j.miss("nessus", setClock, "its plugins were made on %s, which is yet to come", stamp(j.Server.Plugins))
	} else if age := j.now.Sub(j.Server.Plugins); age > j.policy.PluginAge {
		j.find(report.Finding{
			Rule: "plugins-old", Subject: j.Scope + "/nessus", Severity: report.Warning,
			Summary: fmt.Sprintf("Nessus' plugins are %s old: what was published since is not found", span(age)),
			Detail:  fmt.Sprintf("made %s, Nessus %s", stamp(j.Server.Plugins), j.Server.Version),
			Action:  "Find out why Nessus does not update its plugins: its licence, its feed or the network.",
		})
	}
	switch left := j.Server.Expires.Sub(j.now); {
	case left <= 0:
		j.find(report.Finding{
			Rule: "licence-ended", Subject: j.Scope + "/nessus", Severity: report.High,
			Summary: "Nessus' licence ended on " + j.Server.Expires.Format(time.DateOnly) + ": it gets no plugins any more",
			Action:  "Renew the licence and have the System Owner activate it.",
		})
	case left < j.policy.LicenceEnds:
		j.find(report.Finding{
			Rule: "licence-ends", Subject: j.Scope + "/nessus", Severity: report.Warning,
			Summary: fmt.Sprintf("Nessus' licence ends on %s, in %s", j.Server.Expires.Format(time.DateOnly), span(left)),
			Action:  "Renew the licence before that day.",
		})
	}
}

const setClock = "Set the scanner's clock and its time zone; in a replay (AS_OF), give a later time."

// early tells of what is younger than the moment judged: it hides how old it is, and what was so then.
func early(t, now time.Time) bool {
	const hour = time.Hour // between two clocks
	return t.After(now.Add(hour))
}

// catalogue doubts CISA's.
func (j *judge) catalogue() {
	if j.Known == nil {
		return
	}
	const action = "Look at KEV_URL, KEV_MIRROR_URL or KEV_FILE; without the catalogue nobody knows what is exploited already."
	if early(j.Known.Released, j.now) {
		j.miss("kev", action, "CISA's catalogue is of %s, which is yet to come", stamp(j.Known.Released))
	} else if age := j.now.Sub(j.Known.Released); age > j.policy.CatalogueAge {
		j.miss("kev", action, "CISA's catalogue is of %s, %s old: newer entries are not in it", stamp(j.Known.Released), span(age))
	}
	if n := len(j.Known.Entries); n < j.policy.CatalogueSize {
		j.miss("kev", action, "CISA's catalogue has %d vulnerabilities, at least %d are expected: it is not whole", n, j.policy.CatalogueSize)
	}
}

// deadline is by when something must be gone, and what to say of it.
type deadline struct {
	due   time.Time
	after string // what it is counted from
}

// by counts the days of the table from when something was first seen; CISA's date wins.
func (j *judge) by(severity Severity, rule, subject, cve string, kev time.Time) deadline {
	if cve != "" {
		return deadline{kev.AddDate(0, 0, 1), "as CISA sets it for " + cve}
	}
	first, days := j.since(rule, subject), j.policy.Days[severity]
	if first.IsZero() {
		first = j.now
	}
	return deadline{first.AddDate(0, 0, days), report.Number(days, "day") + " after it was first seen"}
}

func (d deadline) over(now time.Time) bool { return !now.Before(d.due) }

// left is how much time there is.
func (d deadline) left(now time.Time) string {
	if d.over(now) {
		return "overdue by " + report.Number(int(now.Sub(d.due)/(24*time.Hour))+1, "day")
	}
	return report.Number(int((d.due.Sub(now)+24*time.Hour-1)/(24*time.Hour)), "day") + " left"
}

func (d deadline) detail() string {
	return "due " + d.due.Add(-time.Second).Format(time.DateOnly) + ", " + d.after
}

// span is a duration for a reader: hours up to two days, then days.
func span(d time.Duration) string {
	if d < 48*time.Hour {
		return report.Number(int(d/time.Hour), "hour")
	}
	return report.Number(int(d/(24*time.Hour)), "day")
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
