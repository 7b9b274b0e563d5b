package mistake

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// two is a project of two lines and the parent pipeline.
var two = map[string]string{
	"mfa": `
resources: [{name: morning, type: time, source: ((morning))}]
jobs:
- {name: mfa, plan: [{task: mfa, file: checklist/tasks/mfa/task.yml, params: {REGION: ((aws.region)), POLICY: config/policy/mfa.yml}}]}`,
	"stemcells": `
resources: [{name: morning, type: time, source: ((morning))}, {name: slack, type: slack, source: ((slack))}]
jobs: [{name: stemcells, plan: [{get: morning}]}]`,
	"parent": `
resources: [{name: morning, type: time, source: ((parent.morning))}, {name: slack, type: slack, source: ((vars.slack))}]
jobs: [{name: pipelines, plan: [{set_pipeline: checklist, file: checklist/pipelines/((.:box.line)).yml, var_files: [config/checklist.yml]}]}]`,
}

const right = `
parent: {morning: {start: 9:15 AM, stop: 9:45 AM}}
vars: {slack: {url: ((slack-url))}, aws: {region: us-gov-west-1}, morning: {start: 8:00 AM, stop: 9:00 AM}}
environments: {production: {lines: [mfa, stemcells]}, staging: {lines: [mfa]}}
`

func facts(t *testing.T, config string) Facts {
	f := Facts{Pipelines: map[string]Pipeline{}, Refuses: func(string, checklist.Vars) error { return nil }}
	require.NoError(t, strict.YAML([]byte(config), &f.Config))
	for name, text := range two {
		p, err := ReadPipeline([]byte(text))
		require.NoError(t, err)
		f.Pipelines[name] = p
	}
	return f
}

func TestReadPipeline(t *testing.T) {
	p := facts(t, right).Pipelines["mfa"]
	require.Equal(t, Pipeline{
		Jobs: []string{"mfa"}, Wanted: []string{"aws.region", "morning"}, Kinds: map[string]string{"morning": withKeys}, Sources: map[string]string{"morning": "time"}, Files: []string{"checklist/tasks/mfa/task.yml", "config/policy/mfa.yml"},
	}, p)
	require.Equal(t, []string{"config/checklist.yml"}, facts(t, right).Pipelines["parent"].Files, "a path with a var in it is no file yet")
	require.Equal(t, []string{"mfa", "stemcells"}, facts(t, right).Lines(), "the parent pipeline is no line")
	_, err := ReadPipeline([]byte("jobs: ["))
	require.Error(t, err)
}

func TestJudge(t *testing.T) {
	const until = "; until then nothing is set."
	for _, c := range []struct {
		name   string
		config string
		change func(*Facts)
		want   []report.Finding
	}{
		{name: "right", config: right},
		{
			name: "many mistakes at once",
			config: `
parent: {}
vars: {slack: {url: x}, morning: {start: 8:00 AM}, slcak: x}
line_vars: {mfa: {aws: {regoin: x}}, mfaa: {}}
environments: {production: {lines: [mfa, stemcels]}, staging: {lines: [mfa, mfa, zebra]}}
`,
			want: []report.Finding{
				{Rule: "config-mistake", Subject: "environments.staging.lines", Summary: "environments.staging.lines names mfa twice: keep one", Action: "Correct it in checklist.yml" + until},
				{
					Rule: "var-missing", Subject: "line_vars.mfa.aws.region", Summary: "line_vars.mfa.aws.region is missing (did you mean regoin?): production/mfa and staging/mfa want it",
					Action: "Add it to checklist.yml, empty where it means nothing" + until,
				},
				{Rule: "var-unused", Subject: "line_vars.mfa.aws.regoin", Summary: "line_vars.mfa.aws.regoin: no pipeline wants it (did you mean region?)", Action: "Correct its name in checklist.yml, or take it out" + until},
				{
					Rule: "line-unknown", Subject: "line_vars.mfaa", Summary: "mfaa is no line of the checklist (did you mean mfa?)",
					Detail: "lines are mfa, stemcells", Action: "Correct it in line_vars in checklist.yml" + until,
				},
				{Rule: "var-missing", Subject: "parent.morning", Summary: "parent.morning is missing: the parent pipeline wants it", Action: "Add it to checklist.yml, empty where it means nothing" + until},
				{
					Rule: "morning-mistake", Subject: "production/mfa",
					Summary: "morning: wants a start and a stop that differ",
					Detail:  "so it is for production/mfa, staging/mfa", Action: "Correct the var in checklist.yml" + until,
				},
				{
					Rule: "line-unknown", Subject: "production/stemcels", Summary: "stemcels is no line of the checklist (did you mean stemcells?)",
					Detail: "lines are mfa, stemcells", Action: "Correct it in environments.production.lines in checklist.yml" + until,
				},
				{
					Rule: "line-unknown", Subject: "staging/zebra", Summary: "zebra is no line of the checklist",
					Detail: "lines are mfa, stemcells", Action: "Correct it in environments.staging.lines in checklist.yml" + until,
				},
				{Rule: "var-unused", Subject: "vars.slcak", Summary: "vars.slcak: no pipeline wants it (did you mean slack?)", Action: "Correct its name in checklist.yml, or take it out" + until},
			},
		},
		{
			name: "a var that is set by itself, told once",
			config: `
parent: {morning: {start: 9:15 AM, stop: 9:45 AM}, line: x}
vars: {slack: {url: x}, aws: {region: x, line: x}, line: x, morning: {start: 8:00 AM, stop: 9:00 AM}}
environments: {production: {lines: [mfa]}}
`,
			want: []report.Finding{
				{Rule: "var-unused", Subject: "parent.line", Summary: "parent.line: no pipeline wants it", Action: "Correct its name in checklist.yml, or take it out" + until},
				{Rule: "var-unused", Subject: "vars.aws.line", Summary: "vars.aws.line: no pipeline wants it", Action: "Correct its name in checklist.yml, or take it out" + until},
				{Rule: "config-mistake", Subject: "vars.line", Summary: "vars.line is set for each box by itself: take it out", Action: "Correct it in checklist.yml" + until},
			},
		},
		{
			name: "files that are not there", config: right,
			change: func(f *Facts) { f.Absent = []string{"checklist/tasks/mfa/task.yml", "config/policy/mfa.yml"} },
			want: []report.Finding{
				{Rule: "file-missing", Subject: "checklist/tasks/mfa/task.yml", Summary: "checklist/tasks/mfa/task.yml is not there: production/mfa and staging/mfa want it", Action: "Pin another tag of this project" + until},
				{Rule: "file-missing", Subject: "config/policy/mfa.yml", Summary: "config/policy/mfa.yml is not there: production/mfa and staging/mfa want it", Action: "Add it to the config; pipelines/example has one" + until},
			},
		},
		{
			name: "vars of another kind",
			config: `
parent: {morning: {start: 9:15 AM, stop: 9:45 AM}}
vars: {slack: ((slack)), aws: [us-gov-west-1], morning: {start: 8:00 AM, stop: 9:00 AM}}
environments: {production: {lines: [mfa, stemcells]}, staging: {lines: [stemcells], vars: {slack: [x]}}}
`,
			want: []report.Finding{
				{
					Rule: "var-of-wrong-kind", Subject: "environments.staging.vars.slack", Summary: "environments.staging.vars.slack wants keys and values, not a list: staging/stemcells wants it",
					Action: "Correct it in checklist.yml; a reference to a secret does not do" + until,
				},
				{
					Rule: "var-of-wrong-kind", Subject: "vars.aws", Summary: "vars.aws wants keys and values, not a list: production/mfa wants it",
					Action: "Correct it in checklist.yml; a reference to a secret does not do" + until,
				},
				{
					Rule: "var-of-wrong-kind", Subject: "vars.slack", Summary: "vars.slack wants keys and values, not a single value: production/stemcells and the parent pipeline want it",
					Action: "Correct it in checklist.yml; a reference to a secret does not do" + until,
				},
			},
		},
		{
			name: "a pipeline that Concourse refuses", config: right,
			change: func(f *Facts) {
				f.Refuses = func(pipeline string, _ checklist.Vars) error {
					if pipeline == "stemcells" {
						return errors.New("source is a text")
					}
					return nil
				}
			},
			want: []report.Finding{{Rule: "pipeline-refused", Subject: "production/stemcells", Summary: "source is a text", Action: "Correct the var in checklist.yml" + until}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := facts(t, c.config)
			if c.change != nil {
				c.change(&f)
			}
			for i := range c.want {
				c.want[i].Severity = report.Warning
			}
			require.Equal(t, c.want, Judge(f))
		})
	}
}
