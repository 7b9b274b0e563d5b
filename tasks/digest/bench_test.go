package main

import (
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	gc "github.com/concourse/concourse/go-concourse/concourse"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/page"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// Benchmark40Boxes looks at 40 boxes with 400 builds each, a report of each, and a Concourse that takes 10 ms for each answer;
// beside it the reading of Concourse alone, and the same by go-concourse, one call after the other.
func Benchmark40Boxes(b *testing.B) {
	const boxes, builds = 40, 400
	var runs []time.Time
	for n := range builds {
		runs = append(runs, time.Now().Add(-time.Duration(builds-n)*time.Hour))
	}
	lines := map[string][]string{}
	for n := range boxes {
		environment := fmt.Sprintf("e%d", n/8)
		lines[environment] = append(lines[environment], fmt.Sprintf("line-%d", n%8))
	}
	world := concourse.Checklist(lines, runs)
	s, kept := concourse.New(world, ""), bucket.New()
	defer s.Close()
	defer kept.Close()
	require.NoError(b, setting{}.keep(b.Context(), world, kept))
	s.Inject(fault.Fault{Do: fault.Delay(10 * time.Millisecond)})

	c := &check{config: &config{
		Parent: concourse.Parent, Group: concourse.Group, RequestTimeout: time.Minute,
		Concourse: server{URL: s.URL(), Team: concourse.Team, Username: concourse.Viewer, Password: fetch.NewSecret(concourse.Password)},
		Parameters: evidence.Parameters{
			EvidenceBucket: bucket.Name, EvidenceEndpoint: kept.URL,
			EvidenceAccessKeyID: fetch.NewSecret(bucket.AccessKeyID), EvidenceSecretAccessKey: fetch.NewSecret(bucket.Secret),
		},
		checklist: checklist.Config{Environments: map[string]checklist.Environment{}},
	}, policy: digest.DefaultPolicy()}
	for environment, names := range lines {
		c.checklist.Environments[environment] = checklist.Environment{Lines: names}
	}
	read := func(b *testing.B) (*task.Run, digest.Facts) {
		run := &task.Run{Report: &report.Report{Scope: "checklist", Started: time.Now()}}
		facts := c.expected(run)
		r, err := c.open(b.Context())
		require.NoError(b, err)
		c.read(b.Context(), run, r, &facts)
		for _, box := range facts.Boxes {
			require.Equal(b, builds, len(box.Builds))
		}
		return run, facts
	}
	b.Run("digest", func(b *testing.B) {
		for b.Loop() {
			run, facts := read(b)
			c.reports(b.Context(), run, &facts)
			require.Empty(b, run.Gaps)
			require.Equal(b, builds, len(facts.Boxes[0].Reports))
			standings := facts.Standings(*c.policy, run.Now(), run.Since)
			grid := facts.Grid(*c.policy, run.Now(), standings)
			grid.Findings = digest.Judge(facts, standings, *c.policy, run.Now(), run.Since)
			require.NotEmpty(b, digest.Markdown(grid, standings))
			require.NoError(b, page.HTML(io.Discard, grid))
		}
	})
	b.Run("read Concourse", func(b *testing.B) {
		for b.Loop() {
			read(b)
		}
	})
	b.Run("go-concourse alone", func(b *testing.B) {
		team := gc.NewClient(s.URL(), &http.Client{Transport: bearer{}}, false).Team(concourse.Team)
		for b.Loop() {
			pipelines, err := team.ListPipelines()
			require.NoError(b, err)
			for _, p := range pipelines {
				jobs, err := team.ListJobs(p.Ref())
				require.NoError(b, err)
				_, err = team.ListResources(p.Ref())
				require.NoError(b, err)
				for page := (&gc.Page{Limit: perPage}); page != nil; {
					_, next, _, err := team.JobBuilds(p.Ref(), jobs[0].Name, *page)
					require.NoError(b, err)
					page = next.Next
				}
			}
		}
	})
}

type bearer struct{}

func (bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+concourse.Token(concourse.Viewer))
	return http.DefaultTransport.RoundTrip(r)
}
