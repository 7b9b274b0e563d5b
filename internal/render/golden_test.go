package render_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden shows the same three reports in every form.
func TestGolden(t *testing.T) {
	build := render.Build{Name: "checklist/stemcells #12", Link: "https://ci.example.gov/builds/12"}
	slack := func(alert render.Alert, detail render.Detail) func(*testing.T, *report.Report) []byte {
		return func(t *testing.T, r *report.Report) []byte {
			return indented(t, render.Slack(render.Post{Report: r, Alert: alert, Detail: detail, Build: build}))
		}
	}
	forms := map[string]func(*testing.T, *report.Report) []byte{
		"txt": func(_ *testing.T, r *report.Report) []byte {
			var b bytes.Buffer
			render.Text(&b, r, false)
			return b.Bytes()
		},
		"md": func(t *testing.T, r *report.Report) []byte {
			var b bytes.Buffer
			require.NoError(t, render.Markdown(&b, r))
			return b.Bytes()
		},
		"slack":         slack("", render.Full),
		"summary.slack": slack("", render.Summary),
		"counts.slack":  slack("", render.Counts),
		"fixed.slack":   slack(render.Fixed, render.Full),
		"reply.slack": func(t *testing.T, r *report.Report) []byte {
			post := render.Post{Report: r, Alert: render.Fixed, Build: build, Calls: mentions(t)[:1]}
			return indented(t, render.Reply(post, render.Change{Before: "FOUND", New: r.Findings, Gaps: r.Gaps, Gone: r.Gone, Others: 1}))
		},
	}
	for _, name := range []string{"clean", "found", "unknown"} {
		for form, show := range forms {
			t.Run(name+"."+form, func(t *testing.T) {
				compare(t, "testdata/"+name+"."+form, show(t, read(t, name)))
			})
		}
	}
}

func compare(t *testing.T, golden string, got []byte) {
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func read(t *testing.T, name string) *report.Report {
	file, err := os.Open("testdata/" + name + ".json")
	require.NoError(t, err)
	defer file.Close()
	r, err := report.Decode(file)
	require.NoError(t, err)
	require.Equal(t, name, string(r.Status()))
	return r
}

func indented(t *testing.T, value any) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	require.NoError(t, e.Encode(value))
	return []byte(b.String())
}
