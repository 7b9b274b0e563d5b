package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func schema(t *testing.T) *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSONSchema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("report.json", document))
	compiled, err := c.Compile("report.json")
	require.NoError(t, err)
	return compiled
}

// plain is a report as a reader in another language has it.
func plain(t *testing.T, r *report.Report) map[string]any {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(encoded(t, r)))
	require.NoError(t, err)
	return document.(map[string]any)
}

func TestSchemaTakesWhatIsWritten(t *testing.T) {
	s := schema(t)
	for name, r := range map[string]*report.Report{
		"full":  full(),
		"empty": {Check: "mfa"},
		"clean": {Check: "mfa", Started: day(24), Finished: day(24), Examined: []report.Count{{What: "accounts", Number: 1}}},
	} {
		t.Run(name, func(t *testing.T) { require.NoError(t, s.Validate(plain(t, r))) })
	}
}

func TestSchemaKnowsEveryKeyThatIsWritten(t *testing.T) {
	var s struct{ Properties map[string]json.RawMessage }
	require.NoError(t, json.Unmarshal(report.JSONSchema, &s))
	for key := range plain(t, full()) {
		require.Contains(t, s.Properties, key)
	}
	require.Len(t, s.Properties, len(plain(t, full())), "a key that no report has")
}

func TestSchemaRefusesWhatIsBroken(t *testing.T) {
	s := schema(t)
	type object = map[string]any
	first := func(r object, list string) object { return r[list].([]any)[0].(object) }
	for name, spoil := range map[string]func(object){
		"another schema":              func(r object) { r["schema"] = 2 },
		"an unknown status":           func(r object) { r["status"] = "green" },
		"an unknown key":              func(r object) { r["colour"] = "green" },
		"no check":                    func(r object) { r["check"] = "" },
		"a start that is no time":     func(r object) { r["started"] = "this morning" },
		"a day for a time":            func(r object) { r["finished"] = "2026-08-24" },
		"an as_of that is no time":    func(r object) { r["as_of"] = "" },
		"a digest that is none":       func(r object) { r["policy"] = "sha256:0123" },
		"fewer than none":             func(r object) { first(r, "examined")["number"] = -1 },
		"half a thing":                func(r object) { first(r, "seen")["number"] = json.Number("1.5") },
		"a count of nothing":          func(r object) { first(r, "examined")["what"] = "" },
		"a rule that is a sentence":   func(r object) { first(r, "findings")["rule"] = "VM is behind" },
		"a finding about nothing":     func(r object) { first(r, "findings")["subject"] = "" },
		"a finding that says nothing": func(r object) { first(r, "findings")["summary"] = "" },
		"an unknown severity":         func(r object) { first(r, "findings")["severity"] = "critical" },
		"no severity":                 func(r object) { delete(first(r, "findings"), "severity") },
		"since yesterday":             func(r object) { first(r, "hidden_by_gaps")["since"] = "yesterday" },
		"an attribute that is a list": func(r object) { first(r, "findings")["attributes"].(object)["line"] = []any{"jammy"} },
		"an unknown key in a finding": func(r object) { first(r, "gone")["color"] = "red" },
		"a gap without a reason":      func(r object) { first(r, "gaps")["reason"] = "" },
		"a gap without a subject":     func(r object) { delete(first(r, "gaps"), "subject") },
		"an acceptance of nothing":    func(r object) { delete(first(r, "accepted"), "finding") },
		"an acceptance of both":       func(r object) { first(r, "accepted")["gap"] = first(r, "gaps") },
		"an acceptance for ever":      func(r object) { delete(first(r, "accepted"), "until") },
		"until some day":              func(r object) { first(r, "accepted")["until"] = "2026-02-30" },
		"an acceptance by nobody":     func(r object) { first(r, "accepted")["owner"] = "" },
		"left out for no reason":      func(r object) { delete(first(r, "left_out"), "reason") },
		"a list that is null":         func(r object) { r["gone"] = nil },
	} {
		t.Run(name, func(t *testing.T) {
			r := plain(t, full())
			spoil(r)
			require.Error(t, s.Validate(r))
		})
	}
	for key := range plain(t, full()) {
		t.Run("without "+key, func(t *testing.T) {
			r := plain(t, full())
			delete(r, key)
			if optional := key == "as_of" || key == "previous"; optional {
				require.NoError(t, s.Validate(r))
			} else {
				require.Error(t, s.Validate(r))
			}
		})
	}
}
