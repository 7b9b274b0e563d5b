package strict

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/clock"
)

// TestNamesOnly: whatever is wrong with a document, errors name the place and no value that may be a secret.
func TestNamesOnly(t *testing.T) {
	type document struct {
		Keys   map[string]any `yaml:"keys"`
		Fields struct {
			Number int `yaml:"number"`
		} `yaml:"fields"`
		Day  clock.Weekday `yaml:"day"`
		List []string      `yaml:"list"`
	}
	for text, want := range map[string]string{
		"keys: hunter2":                              "line 1: keys wants keys and values, not a single value",
		"fields: hunter2":                            "line 1: fields wants keys and values, not a single value",
		"fields: {number: hunter2}":                  "line 1: fields.number wants a whole number",
		"fields: {number: 4.25}":                     "line 1: fields.number wants a whole number",
		"fields: {numer: hunter2}":                   "line 1: fields.numer is no key here (did you mean number?)",
		"day: hunter2":                               "line 1: day wants a day such as Monday",
		`day: "hunter\"2"`:                           "line 1: day wants a day such as Monday",
		"list: hunter2":                              "line 1: list wants a list, not a single value",
		`list: "[hunter2"`:                           "line 1: list wants a list, not a single value",
		"hunter2":                                    "line 1: wants keys and values, not a single value",
		"keys: {password: *hunter2}":                 "parse YAML: yaml: an alias has no anchor: quote a value that begins with *",
		"keys: {x: &hunter2 {y: *hunter2}}":          "yaml: an anchor value contains itself",
		"keys: {x: {[hunter2]: x}}":                  "yaml: a key is no text",
		"keys: {password: !!int hunter`2}":           "yaml: cannot decode !!str a value as a !!int",
		"keys: {password: !!float \"hunter`\n\n2\"}": "yaml: cannot decode !!str a value as a !!float",
	} {
		require.EqualError(t, YAML([]byte(text), new(document), NamesOnly), want, text)
	}
	require.EqualError(t, JSON([]byte(`{"day": "hunter2"}`), new(document), NamesOnly), "day wants a day such as Monday")
}
