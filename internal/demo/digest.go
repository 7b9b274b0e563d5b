package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/concourse/concourse/atc"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
)

// digest plays today, two hours after a morning on which one of its boxes is red, one could not look and one is paused.
func digest() act {
	stop := time.Now().UTC().Add(-2 * time.Hour).Truncate(time.Minute)
	start := stop.Add(-time.Hour)
	var runs []time.Time
	for day := range 31 {
		runs = append(runs, start.Add(5*time.Minute).AddDate(0, 0, day-30))
	}
	world := concourse.Checklist(map[string][]string{
		"production": {"stemcells", "cloudtrail", "mfa", "alerts", "nessus", "advisories"}, "staging": {"stemcells", "cloudtrail"}, "support": {"tickets"},
	}, runs)
	ci, kept := concourse.New(world, ""), bucket.New()
	m := morning{world, kept.Open()}
	m.redden()
	config := temporary(fmt.Sprintf(`vars: {morning: {start: "%s", stop: "%s"}}
environments:
  production: {lines: [stemcells, cloudtrail, mfa, alerts, nessus, advisories]}
  staging: {lines: [stemcells, cloudtrail]}
  support: {lines: [tickets]}
`, start.Format("15:04"), stop.Format("15:04")))
	params := map[string]string{
		"CONFIG": config, "SCOPE": "platform", "POLICY": "config/policy/digest.yml",
		"CONCOURSE_URL": ci.URL(), "CONCOURSE_USERNAME": concourse.Viewer, "CONCOURSE_PASSWORD": concourse.Password,
	}
	set(params, kept.Env())
	return act{
		task: "digest", params: params, brief: true, page: "digest.html",
		mend:  func() { ci.Update(func(*concourse.World) { m.mend(stop.Add(90 * time.Minute)) }) },
		close: func() { ci.Close(); kept.Close(); os.Remove(config) },
	}
}

// morning is a Concourse and the reports that its builds left.
type morning struct {
	*concourse.World
	store *evidence.Store
}

func (m morning) box(environment, line string) *concourse.Pipeline {
	return m.Pipeline(concourse.Team, concourse.Ref(environment, line))
}

// redden spoils this morning's last builds, and keeps what all builds left.
func (m morning) redden() {
	mfa, nessus, paused := m.box("production", "mfa"), m.box("production", "nessus"), m.box("staging", "stemcells")
	mfa.Jobs[0].Last().Status, nessus.Jobs[0].Last().Status = atc.StatusFailed, atc.StatusFailed
	paused.Paused, paused.PausedBy = true, "jane"
	paused.Jobs[0].Builds = paused.Jobs[0].Builds[:30]
	for _, p := range m.Pipelines[1:] { // the first is the parent
		for _, b := range p.Jobs[0].Builds {
			m.keep(p, b, func(r *report.Report) {
				switch {
				case b.Status == atc.StatusSucceeded:
				case p == mfa:
					r.Find(report.Finding{Rule: "user-without-mfa", Subject: "production/maria", Severity: report.High, Summary: "maria has a password and no second factor"})
				default:
					r.Miss("production/nessus", "list scans: 403 Forbidden", "Look at the user's rights.")
				}
			})
		}
	}
}

// mend does what the digest asks for: whatever did not end well runs again at this moment, and is green.
func (m morning) mend(at time.Time) {
	for i, p := range []*concourse.Pipeline{m.box("production", "mfa"), m.box("production", "nessus"), m.box("staging", "stemcells")} {
		p.Paused = false
		name := fmt.Sprint(len(p.Jobs[0].Builds) + 1)
		b := atc.Build{ID: 9000 + i, Name: name, Status: atc.StatusSucceeded, StartTime: at.Unix(), EndTime: at.Add(time.Minute).Unix()}
		p.Jobs[0].Builds = append(p.Jobs[0].Builds, b)
		m.keep(p, b, func(*report.Report) {})
	}
}

// keep keeps the report of a build, clean but for what is told of it.
func (m morning) keep(p *concourse.Pipeline, b atc.Build, tell func(*report.Report)) {
	r := &report.Report{
		Check: p.Jobs[0].Name, Scope: fmt.Sprint(p.InstanceVars["environment"]), Started: time.Unix(b.StartTime, 0).UTC(),
		Examined: []report.Count{{What: "things", Number: 1}},
	}
	tell(r)
	if err := m.store.Keep(context.Background(), m.store.Key(r, strconv.Itoa(b.ID)), r); err != nil {
		panic(err)
	}
}
