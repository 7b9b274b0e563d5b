package resource

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/concourse/concourse/atc"
	"github.com/stretchr/testify/require"
)

func TestBuild(t *testing.T) {
	long := strings.Repeat("long-", 80)
	for name, c := range map[string]struct {
		environment map[string]string
		want        Build
	}{
		"outside Concourse": {nil, Build{}},
		"before 8.0": {
			map[string]string{"BUILD_ID": "4711", "BUILD_NAME": "12.1", "BUILD_JOB_NAME": "stem cells", "BUILD_PIPELINE_NAME": "checklist",
				"BUILD_TEAM_NAME": "main", "ATC_EXTERNAL_URL": "https://ci.example.gov/"},
			Build{ID: "4711", Name: "checklist/stem cells #12.1", Link: "https://ci.example.gov/teams/main/pipelines/checklist/jobs/stem%20cells/builds/12.1"},
		},
		"since 8.2": {
			map[string]string{"BUILD_ID": "4711", "BUILD_NAME": "12", "BUILD_JOB_NAME": "stemcells", "BUILD_PIPELINE_NAME": "checklist",
				"BUILD_TEAM_NAME": "main", "ATC_EXTERNAL_URL": "https://ci.example.gov", "BUILD_URL": "https://ci.example.gov/its/own", "BUILD_STATUS": "failed"},
			Build{ID: "4711", Name: "checklist/stemcells #12", Link: "https://ci.example.gov/its/own", Status: "failed"},
		},
		"8.0.0, an instance": {
			map[string]string{"BUILD_ID": "4711", "BUILD_NAME": "10.1", "BUILD_JOB_NAME": "stemcells", "BUILD_PIPELINE_NAME": "checklist",
				"BUILD_TEAM_NAME": "main", "ATC_EXTERNAL_URL": "https://ci.example.gov", "BUILD_PIPELINE_INSTANCE_VARS": `{"line":"stemcells"}`,
				"BUILD_URL": "https://ci.example.gov/teams/main/pipelines/checklist/jobs/stemcells/builds/10.1?vars=%7B%7D"},
			Build{ID: "4711", Name: "checklist/line:stemcells/stemcells #10.1",
				Link: "https://ci.example.gov/teams/main/pipelines/checklist/jobs/stemcells/builds/10.1?vars.line=%22stemcells%22"},
		},
		"long instance vars": {
			map[string]string{"BUILD_ID": "4711", "BUILD_NAME": "12", "BUILD_JOB_NAME": "stemcells", "BUILD_PIPELINE_NAME": "checklist",
				"BUILD_TEAM_NAME": "main", "ATC_EXTERNAL_URL": "https://ci.example.gov", "BUILD_PIPELINE_INSTANCE_VARS": `{"line":"` + long + `"}`},
			Build{ID: "4711", Name: "checklist/line:" + long + "/stemcells #12", Link: "https://ci.example.gov/builds/4711"},
		},
		"fly execute": {
			map[string]string{"BUILD_ID": "4711", "BUILD_TEAM_NAME": "main", "ATC_EXTERNAL_URL": "https://ci.example.gov"},
			Build{ID: "4711", Name: "4711", Link: "https://ci.example.gov/builds/4711"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			setenv(t, c.environment)
			require.Equal(t, c.want, build())
		})
	}
}

// TestInstancedLink holds the address against Concourse's own way of writing instance vars.
func TestInstancedLink(t *testing.T) {
	for _, vars := range []atc.InstanceVars{
		{"environment": "production"},
		{"line": "stemcells", "number": 7, "on": true, "none": nil},
		{"nested": map[string]any{"a": map[string]any{"b": "c & d"}, "e.f": []any{"g", 1.5}}, "with space": "ü/?#"},
	} {
		document, err := json.Marshal(vars)
		require.NoError(t, err)
		setenv(t, map[string]string{"BUILD_ID": "4711", "BUILD_NAME": "12", "BUILD_JOB_NAME": "stemcells", "BUILD_PIPELINE_NAME": "checklist",
			"BUILD_TEAM_NAME": "main", "ATC_EXTERNAL_URL": "https://ci.example.gov", "BUILD_PIPELINE_INSTANCE_VARS": string(document)})
		want := "https://ci.example.gov/teams/main/pipelines/checklist/jobs/stemcells/builds/12?" +
			atc.PipelineRef{Name: "checklist", InstanceVars: vars}.QueryParams().Encode()
		require.Equal(t, want, build().Link)
	}
}

func setenv(t *testing.T, environment map[string]string) {
	for _, name := range []string{"BUILD_ID", "BUILD_NAME", "BUILD_JOB_NAME", "BUILD_PIPELINE_NAME", "BUILD_TEAM_NAME", "BUILD_URL",
		"BUILD_STATUS", "BUILD_PIPELINE_INSTANCE_VARS", "ATC_EXTERNAL_URL"} {
		t.Setenv(name, environment[name])
	}
}
