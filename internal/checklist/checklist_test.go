package checklist

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

func read(t *testing.T, text string) (c Config) {
	t.Helper()
	require.NoError(t, strict.YAML([]byte(text), &c))
	return c
}

const config = `
vars: {slack: {url: ((slack-url))}, aws: {region: us-gov-west-1}, morning: {start: 8:00 AM, stop: 9:00 AM, location: America/New_York}}
line_vars: {mfa: {morning: {start: 8:00 AM, stop: 9:00 AM, days: [Monday]}}}
environments:
  staging: {lines: [mfa]}
  production: {lines: [stemcells, mfa], vars: {aws: {region: us-gov-east-1}}}
`

func TestBoxes(t *testing.T) {
	c := read(t, config)
	require.Empty(t, c.Problems())
	require.Equal(t, []Box{{"stemcells", "production"}, {"mfa", "production"}, {"mfa", "staging"}}, c.Boxes())
	production := c.BoxVars(Box{"mfa", "production"})
	require.Equal(t, Vars{"region": "us-gov-east-1"}, production["aws"])
	require.Equal(t, "us-gov-west-1", c.BoxVars(Box{"mfa", "staging"})["aws"].(Vars)["region"])

	daily, err := c.BoxVars(Box{"stemcells", "production"}).Morning()
	require.NoError(t, err)
	require.Equal(t, "America/New_York", daily.Zone.Location().String())
	weekly, err := production.Morning()
	require.NoError(t, err)
	start, _, ok := weekly.Last(time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC))
	require.True(t, ok)
	require.Equal(t, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), start)
}

func TestProblems(t *testing.T) {
	const noScope = "parent.scope wants letters, digits and . _ -, and no reference: reports are filed under it"
	for text, want := range map[string][]string{
		`vars: {}`:                                                                 {"environments is missing: name each environment with its lines"},
		`environments: {Prod: {lines: [mfa]}}`:                                     {"environments.Prod: wants lower-case letters, digits, . _ and - for a name"},
		`environments: {boxes.json: {lines: [mfa]}}`:                               {"environments.boxes.json: the list of boxes has this name: give it another"},
		`environments: {a: {lines: []}, b: {lines: [x,x]}}`:                        {"environments.a.lines is empty: name its lines, or take the environment out", "environments.b.lines names x twice: keep one"},
		`{environments: {a: {lines: [mfa]}}, parent: {scope: Platform-2_x.y}}`:     nil,
		`{environments: {a: {lines: [mfa]}}, parent: {scope: cloud.gov platform}}`: {noScope},
		`{environments: {a: {lines: [mfa]}}, parent: {scope: ""}}`:                 {noScope},
		`{environments: {a: {lines: [mfa]}}, parent: {scope: [platform]}}`:         {noScope},
		`{environments: {a: {lines: [mfa]}}, parent: {scope: ((scope))}}`:          {noScope},
		`{environments: {a: {lines: [mfa], vars: {line: x}}}, line_vars: {mfa: {line: x}}, vars: {environment: x}}`: {
			"environments.a.vars.line is set for each box by itself: take it out",
			"line_vars.mfa.line is set for each box by itself: take it out",
			"vars.environment is set for each box by itself: take it out",
		},
	} {
		var got []string
		for _, problem := range read(t, text).Problems() {
			got = append(got, problem.Error())
		}
		require.Equal(t, want, got, text)
	}
}

func TestMorningTells(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                     "morning is missing",
		`{morning: {}}`:                          "wants a start and a stop",
		`{morning: {start: 8 AM}}`:               "wants a start and a stop",
		`{morning: {start: 8 AM, stop: "8:00"}}`: "wants a start and a stop",
		`{morning: ((morning))}`:                 "wants keys and values",
		`{morning: {start: 8, interval: 1h}}`:    "interval is no key here",
		`{morning: {start: 8 AM, location: ET}}`: "wants a time zone such as America/New_York",
	} {
		vars := Vars{}
		require.NoError(t, strict.YAML([]byte(text), &vars), text)
		_, err := vars.Morning()
		require.ErrorContains(t, err, want, text)
	}
}

// TestMorningAsTheTimeResourceTakesIt: what only this project reads would be set, and the box never asked.
func TestMorningAsTheTimeResourceTakesIt(t *testing.T) {
	morning := func(text string) error {
		vars := Vars{}
		require.NoError(t, strict.YAML([]byte("morning: {stop: 9 PM, "+text+"}"), &vars), text)
		_, err := vars.Morning()
		return err
	}
	for _, text := range []string{"8:00 AM", "08:00 AM", "8 AM", "8AM", "08:00", "8:00", `"1504"`, `"0800"`} {
		require.NoError(t, morning("start: "+text), text)
	}
	for _, text := range []string{"8:00AM", "8:00 am", "8am", "8 Am", `"24:00"`, "1504", "0800", `" 8:00"`} {
		require.ErrorContains(t, morning("start: "+text), "start wants a time of day", text)
	}
	require.ErrorContains(t, morning(`start: 8 AM, days: "[Monday]"`), "days wants a list")
}
