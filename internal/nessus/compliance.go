package nessus

import (
	"cmp"
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// checks tells of compliance by the verdict alone: all checks of a kind of system share one plugin, and a severity
// that says nothing.
func (j *judge) checks(s Scan) {
	for _, c := range s.Export.Checks {
		var all grouping
		for _, seen := range c.Sightings {
			if seen.Result != failed {
				continue
			}
			h := s.Export.Hosts[seen.Host]
			for _, p := range j.policy.whose(subject{audit: c.Audit, check: c.Name}, h, nil) {
				all.add(p, h.Label(), "", seen.Actual)
			}
		}
		for _, g := range all.groups {
			j.find(j.check(s, c, g))
		}
	}
}

// title is the check for a reader: some have no name.
func (c Check) title() string { return cmp.Or(c.Name, c.ID, "a check without a name") }

// key is the check from run to run: two of one audit may have the same name.
func (c Check) key() string {
	key := cmp.Or(c.Audit, "audit") + "/" + c.title()
	if c.ID != "" && c.Name != "" {
		key += " #" + c.ID[:min(8, len(c.ID))]
	}
	return key
}

func (j *judge) check(s Scan, c Check, g *group) report.Finding {
	f := report.Finding{Rule: "compliance-failed", Subject: j.Scope + "/" + s.Name + "/" + c.key() + "/" + g.name(), Severity: report.High}
	by := j.by(High, f.Rule, f.Subject, "", j.now)
	wanted, found := "", ""
	if c.Wanted != "" {
		wanted = "wanted: " + c.Wanted
	}
	if len(g.values) > 0 {
		found = "found: " + report.First(g.values, 5, ", ")
	}
	f.Summary = fmt.Sprintf("%s fails on %s: %s, %s", c.title(), report.Number(g.hosts, "host"), g.words(), by.left(j.now))
	f.Detail = report.Lines(by.detail(), c.Audit, c.Reference, wanted, found, "on "+report.First(g.places, most, ", "))
	f.Action = g.action(j.policy)
	f.Attributes = map[string]string{"audit": c.Audit, "check": c.title(), "whose": g.name()}
	return f
}
