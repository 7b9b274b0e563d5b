package nessus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// most hosts, CVEs and values are named in one finding.
const most = 50

// group is what one party must remediate of a weakness or a check.
type group struct {
	party
	hosts  int
	places []string // hosts, each with its port
	values []string // what a check found, host by host
	files  []string // by which it is told whose it is
}

// grouping puts sightings together by who must do something.
type grouping struct {
	groups []*group
	seen   map[string]bool
}

func (g *grouping) add(c claimed, host, port, value string) {
	p := c.party
	i := slices.IndexFunc(g.groups, func(o *group) bool { return o.party == p })
	if i < 0 {
		i = len(g.groups)
		g.groups = append(g.groups, &group{party: p})
	}
	o := g.groups[i]
	if c.path != "" && !slices.Contains(o.files, c.path) {
		o.files = append(o.files, c.path)
	}
	if g.first(p, host) {
		o.hosts++
	}
	place := host
	if port != "" {
		place += ":" + port
	}
	if !g.first(p, "at", place) {
		return
	}
	o.places = append(o.places, place)
	if value != "" {
		o.values = append(o.values, host+": "+value)
	}
}

// first tells whether this was not seen before.
func (g *grouping) first(p party, what ...string) bool {
	if g.seen == nil {
		g.seen = map[string]bool{}
	}
	key := p.name() + "\x00" + strings.Join(what, "\x00")
	defer func() { g.seen[key] = true }()
	return !g.seen[key]
}

func (j *judge) weaknesses(s Scan) {
	for _, w := range s.Export.Weaknesses {
		cve, _ := j.soonest(w.CVEs)
		if _, told := j.policy.Days[w.Severity]; !told && cve == "" {
			continue
		}
		var all grouping
		what := subject{plugin: w.Plugin, name: w.Name, family: w.Family}
		for _, seen := range w.Sightings {
			h := s.Export.Hosts[seen.Host]
			for _, p := range j.policy.whose(what, h, seen.Places) {
				all.add(p, h.Label(), seen.Port, "")
			}
		}
		for _, g := range all.groups {
			j.find(j.weakness(s, w, g))
		}
	}
}

// weakness is one plugin of one party.
func (j *judge) weakness(s Scan, w Weakness, g *group) report.Finding {
	f := report.Finding{Rule: "vulnerability-open", Subject: j.Scope + "/" + s.Name + "/" + w.Plugin + "/" + g.name(), Severity: report.High}
	cve, kev := j.soonest(w.CVEs)
	if cve != "" { // another rule, lest an exception from before it was exploited cover it
		f.Rule = "vulnerability-known-exploited"
	}
	by := j.by(w.Severity, f.Rule, f.Subject, cve, kev)
	if w.Severity < High && cve == "" {
		f.Severity = report.Info
		if by.over(j.now) {
			f.Severity = report.Warning
		}
	}
	exploited, patched, files := "", "", ""
	if len(g.files) > 0 {
		files = "file: " + report.First(g.files, 3, ", ")
	}
	if cve != "" {
		exploited = cve + " is known to be exploited"
	}
	if w.Patched != "" {
		patched = "patch published " + w.Patched
	}
	cves := slices.Clone(w.CVEs)
	slices.SortFunc(cves, func(a, b string) int { return cmp.Compare(b, a) })
	f.Summary = fmt.Sprintf("%s on %s is %s: %s, %s", cmp.Or(w.Name, "plugin "+w.Plugin), report.Number(g.hosts, "host"), w.Severity, g.words(), by.left(j.now))
	f.Detail = report.Lines(by.detail(), exploited, report.First(cves, 10, ", "), patched, files, "on "+report.First(g.places, most, ", "))
	f.Action = g.action(j.policy)
	f.Link = "https://www.tenable.com/plugins/nessus/" + w.Plugin
	f.Attributes = map[string]string{"plugin": w.Plugin, "severity": w.Severity.String(), "whose": g.name()}
	return f
}
