package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/concourse/concourse/atc"
	"github.com/concourse/concourse/go-concourse/concourse"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
)

// answer says the same to every question.
type answer struct{ body, link string }

func (a answer) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}, "Link": {a.link}},
		Body: io.NopCloser(strings.NewReader(a.body)),
	}, nil
}

// FuzzAnswers: whatever Concourse answers, reading it ends, nothing breaks, and a box is clean only by a build that is green.
func FuzzAnswers(f *testing.F) {
	f.Add(`[{"id":7,"name":"mfa","status":"succeeded","start_time":1795442878}]`, `<https://ci/builds?to=6&limit=100>; rel="next"`)
	f.Add(`[{"id":7,"name":"mfa","status":"failed","start_time":1795442878,"finished_build":{"id":9,"status":"succeeded"}}]`, ``)
	f.Add(`[{"name":"mfa","next_build":{"id":-1,"status":"pending"},"build":{"status":"errored"},"pinned_version":{"a":"b"}}]`, `<?to=-1>; rel=next`)
	f.Add(`null`, ``)
	f.Add(`[null]`, `<::>; rel="next"`)
	f.Add(`{}`, ``)
	f.Fuzz(func(t *testing.T, body, link string) {
		d := &door{ctx: context.Background(), timeout: time.Minute, next: answer{body, link}}
		client := concourse.NewClient("https://ci.example.gov", &http.Client{Transport: d}, false)
		r := &reader{client: client, Team: client.Team("main"), base: "https://ci.example.gov"}
		b := digest.Box{Box: checklist.Box{Line: "mfa", Environment: "production"}, Setup: digest.Setup{JobName: "mfa", Pipeline: &digest.Pipeline{}}}
		require.NoError(t, b.Morning.Stop.UnmarshalText([]byte("1 AM")))
		_, problems := r.setup(t.Context(), &b.Setup, atc.PipelineRef{Name: "checklist"}, time.Unix(1795000000, 0))
		if b.Unread {
			require.NotEmpty(t, problems)
		}

		now := time.Unix(1795446000, 0)
		facts := digest.Facts{Boxes: []digest.Box{b}}
		unknown := func(string, string) time.Time { return time.Time{} }
		standings := facts.Standings(*digest.DefaultPolicy(), now, unknown)
		for _, s := range standings {
			if s.State == digest.Clean {
				require.NotNil(t, s.Last)
				require.Equal(t, digest.Succeeded, s.Last.Status)
				require.False(t, s.Last.Started.Before(s.Due))
			}
		}
		digest.Judge(facts, standings, *digest.DefaultPolicy(), now, unknown)
	})
}
