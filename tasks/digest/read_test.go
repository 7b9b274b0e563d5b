package main

import (
	"testing"
	"time"

	"github.com/concourse/concourse/atc"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
)

// The rerun of a build of long ago is on none of the pages that are read, and it counts: the job names it.
func TestFindsRerun(t *testing.T) {
	var runs []time.Time
	for n := range 300 {
		runs = append(runs, time.Now().Add(-time.Duration(300-n)*24*time.Hour))
	}
	w := concourse.Checklist(lines, runs)
	s := concourse.New(w, "")
	defer s.Close()
	job := mfa(w).Jobs[0]
	again := job.Builds[0]
	again.RerunOf = &atc.RerunOfBuild{ID: again.ID, Name: again.Name}
	again.ID, again.Name, again.StartTime = 9000, "1.1", time.Now().Unix()
	job.Builds = append(job.Builds, again)

	c := &config{RequestTimeout: time.Minute, Concourse: server{URL: s.URL(), Team: concourse.Team, Token: fetch.NewSecret(concourse.Token(concourse.Viewer))}}
	r, err := c.open(t.Context())
	require.NoError(t, err)
	jobs, err := r.ListJobs(mfa(w).Ref())
	require.NoError(t, err)
	builds, err := r.builds(mfa(w).Ref(), jobs[0], time.Now().AddDate(0, 0, -31))
	require.NoError(t, err)
	require.Equal(t, "1.1", builds[0].Name)
	require.Equal(t, 101, len(builds))
	require.Equal(t, 1, s.Count("GET /api/v1/*/builds"))
}
