package concourse_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/concourse/concourse/atc"
	gc "github.com/concourse/concourse/go-concourse/concourse"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
)

// at are mornings, the oldest first.
func at(days int) (runs []time.Time) {
	for day := range days {
		runs = append(runs, time.Date(2026, 8, 1, 12, 5, 0, 0, time.UTC).AddDate(0, 0, day))
	}
	return runs
}

func start(t *testing.T, days int) (*concourse.World, *concourse.Server) {
	w := concourse.Checklist(map[string][]string{"production": {"mfa", "stemcells"}}, at(days))
	s := concourse.New(w, "")
	t.Cleanup(s.Close)
	return w, s
}

// signIn is what fly does for a local user.
func signIn(t *testing.T, s *concourse.Server, user, password string) (*http.Client, error) {
	o := oauth2.Config{ClientID: "fly", ClientSecret: "Zmx5", Endpoint: oauth2.Endpoint{TokenURL: s.URL() + "/sky/issuer/token"}, Scopes: []string{"openid"}}
	token, err := o.PasswordCredentialsToken(t.Context(), user, password)
	if err != nil {
		return nil, err
	}
	return o.Client(context.WithoutCancel(t.Context()), token), nil
}

func viewer(t *testing.T, s *concourse.Server) gc.Client {
	web, err := signIn(t, s, concourse.Viewer, concourse.Password)
	require.NoError(t, err)
	return gc.NewClient(s.URL(), web, false)
}

// The real client reads what the world holds.
func TestClientReads(t *testing.T) {
	w, s := start(t, 3)
	client := viewer(t, s)
	info, err := client.GetInfo()
	require.NoError(t, err)
	require.Equal(t, s.URL(), info.ExternalURL)
	user, err := client.UserInfo()
	require.NoError(t, err)
	require.Equal(t, map[string][]string{"main": {"viewer"}}, user.Teams)

	team := client.Team("main")
	pipelines, err := team.ListPipelines()
	require.NoError(t, err)
	require.Len(t, pipelines, 3)
	box := w.Pipeline("main", concourse.Ref("production", "mfa"))
	require.Equal(t, box.Pipeline, pipelines[1])
	jobs, err := team.ListJobs(box.Ref())
	require.NoError(t, err)
	require.Equal(t, "mfa", jobs[0].Name)
	require.Equal(t, "3", jobs[0].FinishedBuild.Name)
	require.Nil(t, jobs[0].NextBuild)
	resources, err := team.ListResources(box.Ref())
	require.NoError(t, err)
	require.Equal(t, atc.StatusSucceeded, resources[0].Build.Status)
	_, _, found, err := team.JobBuilds(box.Ref(), "other", gc.Page{})
	require.NoError(t, err)
	require.False(t, found)
	_, found, err = team.Pipeline(atc.PipelineRef{Name: "checklist"})
	require.NoError(t, err)
	require.False(t, found)
	_, err = team.PausePipeline(box.Ref())
	require.ErrorContains(t, err, "for reading alone")
}

// Pages go on to the last build, and miss a rerun whose original is older than they are: so does Concourse.
func TestClientPages(t *testing.T) {
	w, s := start(t, 250)
	box := w.Pipeline("main", concourse.Ref("production", "mfa"))
	job := box.Job("mfa")
	oldest := job.Builds[0].ID
	rerun := atc.Build{ID: 9999, Name: "1.1", Status: atc.StatusSucceeded, StartTime: 1, RerunOf: &atc.RerunOfBuild{ID: oldest, Name: "1"}}
	s.Update(func(*concourse.World) { job.Builds = append(job.Builds, rerun) })

	var got []int
	page, pages := &gc.Page{Limit: 100}, 0
	for team := viewer(t, s).Team("main"); page != nil; pages++ {
		builds, next, found, err := team.JobBuilds(box.Ref(), "mfa", *page)
		require.NoError(t, err)
		require.True(t, found)
		for _, b := range builds {
			require.Equal(t, atc.InstanceVars{"environment": "production", "line": "mfa"}, b.PipelineInstanceVars)
			got = append(got, b.ID)
		}
		page = next.Next
	}
	require.Equal(t, 3, pages)
	require.Len(t, got, 250)
	require.False(t, slices.Contains(got, 9999))
	jobs, err := viewer(t, s).Team("main").ListJobs(box.Ref())
	require.NoError(t, err)
	require.Equal(t, 9999, jobs[0].FinishedBuild.ID, strconv.Itoa(len(jobs)))
}

// Who may not see a team gets an empty list and no error; who has a token that is none gets 401.
func TestClientIsKeptOut(t *testing.T) {
	w, s := start(t, 1)
	_, err := signIn(t, s, concourse.Viewer, "wrong")
	require.ErrorContains(t, err, "access_denied")
	web, err := signIn(t, s, "stranger", concourse.Password)
	require.NoError(t, err)
	stranger := gc.NewClient(s.URL(), web, false)
	pipelines, err := stranger.Team("main").ListPipelines()
	require.NoError(t, err)
	require.Empty(t, pipelines)
	_, err = stranger.Team("main").ListJobs(w.Pipelines[0].Ref())
	require.ErrorContains(t, err, "forbidden")
	nobody := gc.NewClient(s.URL(), http.DefaultClient, false)
	pipelines, err = nobody.Team("main").ListPipelines()
	require.NoError(t, err)
	require.Empty(t, pipelines)
	_, err = nobody.UserInfo()
	require.ErrorIs(t, err, gc.ErrUnauthorized)

	client := viewer(t, s)
	s.Expire()
	_, err = client.Team("main").ListPipelines()
	require.ErrorIs(t, err, gc.ErrUnauthorized)
}
