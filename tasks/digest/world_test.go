package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/concourse/concourse/atc"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// setting is a Concourse with its bucket, and how they and the watchers answer badly.
type setting struct {
	change func(*concourse.World, morning)
	left   func(line string, b atc.Build, r *report.Report) *report.Report // what a build left; nil: nothing
	also   func(*bucket.Server, *concourse.World, morning) error           // kept beside

	faults, bucket, watch []fault.Fault
}

// lines are those of the config.
var lines = map[string][]string{"production": {"mfa", "stemcells"}, "staging": {"stemcells"}}

// morning ended two hours ago, whenever a test runs.
type morning struct {
	start, stop time.Time
	runs        []time.Time // twelve, the last this morning
}

func newMorning(now time.Time) (m morning) {
	m.stop = now.UTC().Add(-2 * time.Hour).Truncate(time.Minute)
	m.start = m.stop.Add(-time.Hour)
	for day := 11; day >= 0; day-- {
		m.runs = append(m.runs, m.start.Add(5*time.Minute).AddDate(0, 0, -day))
	}
	return m
}

func (m morning) config() string {
	return fmt.Sprintf(`
vars: {morning: {start: "%s", stop: "%s"}}
environments:
  production: {lines: [mfa, stemcells]}
  staging: {lines: [stemcells]}
`, m.start.Format("15:04"), m.stop.Format("15:04"))
}

// keep puts into the bucket what the builds left: a clean report for each that ended, unless the setting says otherwise.
func (set setting) keep(ctx context.Context, w *concourse.World, to *bucket.Server) error {
	store := to.Open()
	for _, p := range w.Pipelines {
		if p.Name != concourse.Group || len(p.Jobs) == 0 {
			continue
		}
		line := fmt.Sprint(p.InstanceVars["line"])
		for _, b := range p.Jobs[0].Builds {
			if b.IsRunning() {
				continue
			}
			r := &report.Report{
				Check: line, Scope: fmt.Sprint(p.InstanceVars["environment"]), Started: time.Unix(b.StartTime, 0).UTC(),
				Examined: []report.Count{{What: "things", Number: 1}},
			}
			if set.left != nil {
				r = set.left(line, b, r)
			}
			if r == nil {
				continue
			}
			if err := store.Keep(ctx, store.Key(r, strconv.Itoa(b.ID)), r); err != nil {
				return err
			}
		}
	}
	return nil
}

// The patterns of what is asked.
const (
	token     = "POST /sky/issuer/token"
	user      = "/api/v1/user"
	pipelines = "/api/v1/teams/main/pipelines"
	jobs      = "/api/v1/teams/main/pipelines/checklist/jobs"
	builds    = "/api/v1/teams/main/pipelines/checklist/jobs/*/builds"
	resources = "/api/v1/teams/main/pipelines/checklist/resources"
)

const signInPage = `<html><body>Sign in to <a href="/login">planted-proxy</a></body></html>`

func box(w *concourse.World, environment, line string) *concourse.Pipeline {
	return w.Pipeline(concourse.Team, concourse.Ref(environment, line))
}

func mfa(w *concourse.World) *concourse.Pipeline { return box(w, "production", "mfa") }

// with is a clean checklist with a change.
func with(change func(*concourse.World, morning)) setting { return setting{change: change} }

// red is a checklist whose mfa in production ended otherwise this morning, and left this.
func red(status atc.BuildStatus, left func(*report.Report) *report.Report) setting {
	return setting{
		change: func(w *concourse.World, _ morning) { mfa(w).Jobs[0].Last().Status = status },
		left: func(line string, b atc.Build, r *report.Report) *report.Report {
			if line == "mfa" && b.Name == "12" {
				return left(r)
			}
			return r
		},
	}
}

func none(*report.Report) *report.Report    { return nil }
func same(r *report.Report) *report.Report  { return r }
func blind(r *report.Report) *report.Report { r.Miss("iam", "403 Forbidden", ""); return r }
func found(r *report.Report) *report.Report {
	r.Find(report.Finding{Rule: "no-mfa", Subject: "production/maria", Severity: report.High, Summary: "maria has no second factor"})
	return r
}

// broken is a clean checklist of which Concourse answers badly.
func broken(faults ...fault.Fault) setting { return setting{faults: faults} }

// worlds are what the scripts look at, by the name that they call it by.
var worlds = map[string]setting{
	"clean":     {},
	"found":     red(atc.StatusFailed, found),
	"blind":     red(atc.StatusFailed, blind),
	"mute":      red(atc.StatusFailed, none),
	"errored":   red(atc.StatusErrored, none),
	"aborted":   red(atc.StatusAborted, none),
	"unproven":  red(atc.StatusSucceeded, none),
	"differing": red(atc.StatusFailed, same),
	"missing":   with(func(w *concourse.World, _ morning) { w.Remove(concourse.Team, concourse.Ref("production", "mfa")) }),
	"archived":  with(func(w *concourse.World, _ morning) { mfa(w).Archived, mfa(w).Paused = true, true }),
	"paused": with(func(w *concourse.World, m morning) {
		mfa(w).Paused, mfa(w).PausedBy, mfa(w).PausedAt = true, "jane\x1b[31m", m.start.Unix()
		mfa(w).Jobs[0].Builds = mfa(w).Jobs[0].Builds[:10]
	}),
	"job paused": with(func(w *concourse.World, m morning) {
		mfa(w).Jobs[0].Paused, mfa(w).Jobs[0].PausedBy = true, "jane"
	}),
	"not run": with(func(w *concourse.World, _ morning) { mfa(w).Jobs[0].Builds = mfa(w).Jobs[0].Builds[:11] }),
	"waiting": with(func(w *concourse.World, _ morning) {
		j := mfa(w).Jobs[0]
		last := j.Last()
		last.Status, last.StartTime, last.EndTime = atc.StatusPending, 0, 0
		j.Waits = map[int]atc.BuildPreparation{last.ID: {
			Inputs:              map[string]atc.BuildPreparationStatus{"image": atc.BuildPreparationStatusBlocking},
			MissingInputReasons: atc.MissingInputReasons{"image": "no versions available"},
		}}
	}),
	"running": with(func(w *concourse.World, _ morning) {
		last := mfa(w).Jobs[0].Last()
		last.Status, last.EndTime = atc.StatusStarted, 0
	}),
	"check fails": with(func(w *concourse.World, _ morning) {
		mfa(w).Resources[1].Build.Status = atc.StatusErrored
		mfa(w).Resources[0].PinnedVersion, mfa(w).Resources[0].PinComment = atc.Version{"ref": "1"}, "for *now*"
	}),
	"by hand":  with(func(w *concourse.World, _ morning) { mfa(w).ParentJobID, mfa(w).ParentBuildID = 0, 0 }),
	"outdated": with(func(w *concourse.World, m morning) { setAgain(w, m, atc.StatusSucceeded) }),
	"leftover": with(func(w *concourse.World, _ morning) {
		w.Pipelines = append(w.Pipelines,
			&concourse.Pipeline{Pipeline: atc.Pipeline{ID: 901, Name: "checklist", TeamName: "main", InstanceVars: atc.InstanceVars{"environment": "staging", "line": "mfa"}}},
			&concourse.Pipeline{Pipeline: atc.Pipeline{ID: 902, Name: "checklist", TeamName: "main", InstanceVars: atc.InstanceVars{"environment": "old", "line": "mfa"}, Archived: true}},
			&concourse.Pipeline{Pipeline: atc.Pipeline{ID: 903, Name: "other", TeamName: "main"}})
	}),
	"orphans":    with(func(w *concourse.World, _ morning) { w.Remove(concourse.Team, concourse.Parent) }),
	"red parent": with(func(w *concourse.World, m morning) { setAgain(w, m, atc.StatusFailed) }),
	"new": with(func(w *concourse.World, m morning) {
		mfa(w).Jobs[0].Builds, mfa(w).LastUpdated = nil, m.stop.Add(time.Minute).Unix()
	}),
	"all three": with(func(w *concourse.World, m morning) {
		box(w, "staging", "stemcells").Paused = true
		mfa(w).Resources[1].Build.Status = atc.StatusFailed
		box(w, "production", "stemcells").Jobs[0].Builds = box(w, "production", "stemcells").Jobs[0].Builds[:11]
	}),
	"many builds": with(func(w *concourse.World, m morning) {
		j := mfa(w).Jobs[0]
		for n := range 350 {
			b := j.Builds[11]
			b.ID, b.Name, b.StartTime = 1000+n, fmt.Sprint(13+n), b.StartTime+int64(n)
			j.Builds = append(j.Builds, b)
		}
	}),

	"nobody":              with(func(w *concourse.World, _ morning) { w.Users[0].Roles = nil }),
	"empty":               with(func(w *concourse.World, _ morning) { w.Pipelines = nil }),
	"denied":              broken(fault.Fault{Path: "GET /api/v1/teams/*", Do: fault.Answer(403, "forbidden")}),
	"half denied":         broken(fault.Fault{Path: builds, Times: 1, Do: fault.Answer(403, "forbidden")}),
	"no jobs":             broken(fault.Fault{Path: jobs, Do: fault.Answer(500, "sorry")}),
	"no resources":        broken(fault.Fault{Path: resources, Do: fault.Answer(400, "sorry")}),
	"HTML":                broken(fault.Fault{Path: "GET *", Do: fault.Answer(200, signInPage, "Content-Type", "text/html")}),
	"HTML everywhere":     broken(fault.Fault{Do: fault.Answer(200, signInPage, "Content-Type", "text/html; charset=utf-8")}),
	"redirect":            broken(fault.Fault{Path: "GET *", Do: fault.Answer(302, "", "Location", "https://planted-login.example.gov/")}),
	"proxy 404":           broken(fault.Fault{Path: builds, Do: fault.Answer(404, signInPage, "Content-Type", "text/html")}),
	"null":                broken(fault.Fault{Path: pipelines, Do: fault.Answer(200, "null", "Content-Type", "application/json")}),
	"null builds":         broken(fault.Fault{Path: builds, Do: fault.Answer(200, "null", "Content-Type", "application/json")}),
	"no builds listed":    broken(fault.Fault{Path: builds, Do: fault.Answer(200, "[]", "Content-Type", "application/json")}),
	"no resources listed": broken(fault.Fault{Path: resources, Do: fault.Answer(200, "[]", "Content-Type", "application/json")}),
	"no jobs listed":      broken(fault.Fault{Path: jobs, Do: fault.Answer(200, "[]", "Content-Type", "application/json")}),
	"empty answer":        broken(fault.Fault{Path: pipelines, Do: fault.Answer(200, "", "Content-Type", "application/json")}),
	"half an answer":      broken(fault.Fault{Path: pipelines, Do: fault.Truncate(100)}),
	"silent":              broken(fault.Fault{Path: pipelines, Do: fault.Hang}),
	"busy":                broken(fault.Fault{Path: pipelines, Times: 1, Do: fault.Answer(429, "", "Retry-After", "1")}, fault.Fault{Path: builds, Times: 1, Do: fault.Answer(503, "")}),
	"loud":                broken(fault.Fault{Path: pipelines, Do: fault.Answer(200, "[]", "Content-Type", "application/json", "X-Concourse-Policy-Check-Warning", "planted-warning")}),
	"circle": broken(fault.Fault{Path: builds, Do: fault.Answer(200, `[{"id":7,"name":"7","status":"succeeded"}]`, "Content-Type", "application/json",
		"Link", `<https://planted.example.gov/builds?to=7&limit=100>; rel="next"`)}),

	"no bucket":        {bucket: []fault.Fault{{Do: fault.Answer(403, `<Error><Code>AccessDenied</Code></Error>`)}}},
	"torn report":      {bucket: []fault.Fault{{Path: "GET /evidence/production/mfa/*", Do: fault.Answer(200, "{}")}}},
	"deaf watchers":    {watch: []fault.Fault{{Do: fault.Answer(404, "no check planted-uuid")}}},
	"sign-in watchers": {watch: []fault.Fault{{Path: "POST /ping/*", Do: fault.Answer(200, signInPage, "Content-Type", "text/html; charset=utf-8")}}},
	"slow watchers":    {watch: []fault.Fault{{Do: fault.Hang}}},
}

// setAgain is a further run of the parent, which reached all boxes but one, or none.
func setAgain(w *concourse.World, m morning, status atc.BuildStatus) {
	parent := w.Pipeline(concourse.Team, concourse.Parent).Jobs[0]
	parent.Builds = append(parent.Builds, atc.Build{ID: 800, Name: "2", Status: status, StartTime: m.start.Unix(), EndTime: m.start.Unix() + 60})
	for _, p := range w.Pipelines {
		if p.ParentBuildID > 0 && p != mfa(w) && status == atc.StatusSucceeded {
			p.ParentBuildID = 800
		}
	}
}
