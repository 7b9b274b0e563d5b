package mistake

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// sourced is a line whose resources are told all by vars.
const sourced = `
resource_types: [{name: slack, type: registry-image, source: ((images.slack))}]
resources:
- {name: config, type: git, source: ((config))}
- {name: slack, type: slack, source: ((slack))}
- {name: other, type: git, source: {uri: x((morning))}}
- {name: more, type: mock, source: ((aws))}
jobs: [{name: stemcells}]
`

// TestSources: a slip in what a resource is told, and the box or the parent pipeline is set and never works.
func TestSources(t *testing.T) {
	const who = ": production/stemcells wants it"
	const sources = "images: {slack: {repository: x}}, config: {uri: x}, "
	for vars, want := range map[string][]string{
		"images: {slack: {repository: x}}, config: {uri: x, branch: main}, slack: {url: x}": nil,
		"images: {slack: {repositry: x}}, config: {uri: x}, slack: {url: x}":                {"vars.images.slack has no repository (did you mean repositry?)" + who},
		"images: {slack: {}}, config: {urii: x}, slack: {url: x}":                           {"vars.config has no uri (did you mean urii?)" + who, "vars.images.slack has no repository" + who},
		"images: {slack: {repository: }}, config: {uri: ''}, slack: {url: x}":               {"vars.config has no uri" + who, "vars.images.slack has no repository" + who},
		sources + "slack: {ulr: x}": {
			"vars.slack has no url, nor token and channel" + who, "vars.slack.ulr is no key of the slack resource",
		},
		sources + "slack: {token: x}":                                    {"vars.slack has no url, nor token and channel" + who},
		sources + "slack: {url: '', token: x, channel: x, detail: full}": nil,
		sources + "slack: {url: x, zebra: x}":                            {"vars.slack.zebra is no key of the slack resource"},
	} {
		f := facts(t, `
vars: {morning: {start: 8:00 AM, stop: 9:00 AM}, aws: {region: x}, `+vars+`}
environments: {production: {lines: [stemcells]}}`)
		delete(f.Pipelines, Parent)
		var err error
		f.Pipelines["stemcells"], err = ReadPipeline([]byte(sourced))
		require.NoError(t, err)
		var got []string
		for _, m := range Judge(f) {
			got = append(got, m.Summary)
		}
		require.Equal(t, want, got, vars)
	}
}

// TestSlackTakes: the keys are those of the resource itself, which a task may not import.
func TestSlackTakes(t *testing.T) {
	text, err := os.ReadFile("../../resources/slack/source.go")
	require.NoError(t, err)
	var keys []string
	for _, match := range regexp.MustCompile(`yaml:"(\w+)"`).FindAllSubmatch(text, -1) {
		keys = append(keys, string(match[1]))
	}
	require.Equal(t, keys, sources["slack"].takes)
}
