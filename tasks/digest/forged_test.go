package main

import (
	"context"
	"maps"
	"strconv"
	"time"

	"github.com/concourse/concourse/atc"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
)

func init() { maps.Copy(worlds, forged) }

// forged are the worlds in which something passes itself off as a proof.
var forged = map[string]setting{
	"foreign report": {
		change: worlds["not run"].change,
		also: func(to *bucket.Server, _ *concourse.World, m morning) error {
			return to.Keep(proof("mfa", "production", m.runs[11]), "99999")
		},
	},
	"old report": {
		left: worlds["unproven"].left,
		also: func(to *bucket.Server, w *concourse.World, m morning) error {
			return to.Keep(proof("mfa", "production", m.runs[1].Add(time.Hour)), newest(w))
		},
	},
	"report of another": {
		left: worlds["unproven"].left,
		also: func(to *bucket.Server, w *concourse.World, m morning) error {
			store := to.Open()
			key := store.Key(proof("mfa", "production", m.runs[11]), newest(w))
			return store.Keep(context.Background(), key, proof("stemcells", "staging", m.runs[11]))
		},
	},
	"two reports": {
		left: red(atc.StatusSucceeded, found).left,
		also: func(to *bucket.Server, w *concourse.World, m morning) error {
			return to.Keep(proof("mfa", "production", m.runs[11].Add(time.Minute)), newest(w))
		},
	},
	"future": with(func(w *concourse.World, _ morning) {
		mfa(w).Jobs[0].Last().StartTime = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	}),
	"rerun": {
		change: func(w *concourse.World, m morning) {
			j := mfa(w).Jobs[0]
			j.Last().Status = atc.StatusFailed
			again, at := j.Builds[3], m.stop.Add(time.Hour)
			again.RerunOf = &atc.RerunOfBuild{ID: again.ID, Name: again.Name}
			again.ID, again.Name, again.StartTime, again.EndTime = 5000, again.Name+".1", at.Unix(), at.Add(time.Minute).Unix()
			j.Builds = append(j.Builds, again)
		},
		left: worlds["found"].left,
	},
}

// proof is a clean report.
func proof(line, environment string, at time.Time) *report.Report {
	return &report.Report{Check: line, Scope: environment, Started: at.UTC(), Examined: []report.Count{{What: "things", Number: 1}}}
}

// newest is the ID of the newest build of mfa in production.
func newest(w *concourse.World) string { return strconv.Itoa(mfa(w).Jobs[0].Last().ID) }
