package main

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	gc "github.com/concourse/concourse/go-concourse/concourse"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// BenchmarkRead reads 40 boxes with 400 builds each from a Concourse that takes 10 ms for each answer, beside go-concourse alone that
// reads the same, one call after the other.
func BenchmarkRead(b *testing.B) {
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
	s := concourse.New(concourse.Checklist(lines, runs), "")
	defer s.Close()
	s.Inject(fault.Fault{Do: fault.Delay(10 * time.Millisecond)})

	b.Run("digest", func(b *testing.B) {
		c := &check{config: &config{
			Parent: concourse.Parent, Group: concourse.Group, RequestTimeout: time.Minute,
			Concourse: server{URL: s.URL(), Team: concourse.Team, Username: concourse.Viewer, Password: fetch.NewSecret(concourse.Password)},
			checklist: checklist.Config{Environments: map[string]checklist.Environment{}},
		}, policy: digest.DefaultPolicy()}
		for environment, names := range lines {
			c.checklist.Environments[environment] = checklist.Environment{Lines: names}
		}
		for b.Loop() {
			run := &task.Run{Report: &report.Report{Scope: "checklist", Started: time.Now()}}
			facts := c.expected(run)
			r, err := c.open(b.Context())
			require.NoError(b, err)
			c.read(b.Context(), run, r, &facts)
			require.Empty(b, run.Gaps)
			for _, box := range facts.Boxes {
				require.Len(b, box.Builds, builds)
			}
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
