package strict_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

func TestJSONReads(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        policy
	}{
		{"nothing", `{}`, policy{}},
		{"null", `null`, policy{}},
		{"null for a key", `{"plain": null, "grace_days": null, "token": null, "names": null, "pointer": null}`, policy{}},
		{"its own kinds", `{"grace_days": 4, "share": 5e-1, "quiet": true, "names": ["a"], "labels": {"a": "b"}, "pins": [{"days": [1]}]}`,
			policy{Days: 4, Share: .5, Quiet: true, Names: []string{"a"}, Labels: map[string]string{"a": "b"}, Pins: []pin{{Days: []int{1}}}}},
		{"strings, as credential managers send them", `{"grace_days": "4", "share": "0.5", "quiet": "true", "window": "24h",
			"until": "2026-12-31", "token": "123", "names": "[a, \"b\"]", "pins": "[{\"line\": \"jammy\", \"days\": [1]}]"}`,
			policy{Days: 4, Share: .5, Quiet: true, Window: 24 * time.Hour, Until: day("2026-12-31"), Token: fetch.NewSecret("123"),
				Names: []string{"a", "b"}, Pins: []pin{{Line: "jammy", Days: []int{1}}}}},
		{"a string stays a string", `{"plain": "true", "token": "null", "owner": "12", "names": ["1.10", "~", "[a]", "yes"]}`,
			policy{Plain: "true", Token: fetch.NewSecret("null"), shared: shared{"12"}, Names: []string{"1.10", "~", "[a]", "yes"}}},
		{"a number for a text", `{"plain": 12, "pins": [{"version": 1.10}]}`, policy{Plain: "12", Pins: []pin{{Version: "1.10"}}}},
		{"texts that are no YAML", `{"plain": "a: b\n\t- c\u0000\u2028", "labels": {"a: b": "{"}}`,
			policy{Plain: "a: b\n\t- c\x00\u2028", Labels: map[string]string{"a: b": "{"}}},
		{"escapes", `{"pl\u0061in": "\u00e9\ud83d\ude00"}`, policy{Plain: "é😀"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p policy
			require.NoError(t, strict.JSON([]byte(c.value), &p))
			check(t, p, c.want)
		})
	}
}

func TestJSONTells(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"an unknown key", `{"grace_day": 4}`, "grace_day is no key here (did you mean grace_days?)"},
		{"a text for a number", `{"grace_days": "four"}`, `grace_days wants a whole number, not "four"`},
		{"a broken number", `{"grace_days": 4.5}`, `grace_days wants a whole number, not "4.5"`},
		{"a broken number in a text", `{"grace_days": "4.5"}`, `grace_days wants a whole number, not "4.5"`},
		{"a bool for a number", `{"grace_days": true}`, `grace_days wants a whole number, not "true"`},
		{"a text for a bool", `{"quiet": "perhaps"}`, `quiet wants true or false, not "perhaps"`},
		{"a text for a duration", `{"window": "a day"}`, `window wants a duration such as 90m or 24h, not "a day"`},
		{"an object for a text", `{"plain": {}}`, "plain wants a text, not keys and values"},
		{"a list for a secret", `{"token": ["hunter2"]}`, "token wants a text, not a list"},
		{"a number for a list", `{"names": 1}`, `names wants a list, not "1"`},
		{"a wrong item of a list in a text", `{"pins": "[{days: [x]}]"}`, `pins[0].days[0] wants a whole number, not "x"`},
		{"all at once, in their order", `{"window": 5, "pins": [{"until": "never"}, {"lin": 1}], "grace_days": [], "colour": "red"}`, lines(
			`window wants a duration such as 90m or 24h, not "5"`,
			`pins[0].until wants a date such as 2026-12-31, not "never"`,
			"pins[1].lin is no key here (did you mean line?)",
			"grace_days wants a whole number, not a list",
			"colour is no key here")},
		{"a key twice", `{"plain": "a", "pl\u0061in": "b"}`, "plain is there twice"},
		{"a list for all", `[]`, "wants keys and values, not a list"},
		{"nothing", "", "parse JSON: unexpected end of JSON input"},
		{"half of it", `{"plain": `, "parse JSON: unexpected end of JSON input"},
		{"more than one", `{} {}`, "parse JSON: invalid character '{' after top-level value"},
		{"YAML", "plain: a", "parse JSON: invalid character 'p' looking for beginning of value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.EqualError(t, strict.JSON([]byte(c.value), new(policy)), c.want)
		})
	}
}
