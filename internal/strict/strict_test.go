package strict_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// policy has every kind of value that people write.
type policy struct {
	shared `yaml:",inline"`

	Days    int                 `yaml:"grace_days"`
	Share   float64             `yaml:"share"`
	Quiet   bool                `yaml:"quiet"`
	Window  time.Duration       `yaml:"window"`
	Until   report.Day          `yaml:"until"`
	Token   fetch.Secret        `yaml:"token"`
	Names   []string            `yaml:"names"`
	Labels  map[string]string   `yaml:"labels"`
	Lists   map[string][]string `yaml:"lists"`
	Pins    []pin               `yaml:"pins"`
	Plain   string
	Pointer *pin `yaml:"pointer"`
	Derived int  `yaml:"-"`
}

type shared struct {
	Owner report.Glob `yaml:"owner"`
}

type pin struct {
	Line    string     `yaml:"line"`
	Version string     `yaml:"version"`
	Until   report.Day `yaml:"until"`
	Days    []int      `yaml:"days"`
}

func day(text string) report.Day {
	d, err := report.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func lines(l ...string) string { return strings.Join(l, "\n") }

// check compares two policies, their secrets revealed.
func check(t *testing.T, p policy, want policy) {
	require.Equal(t, want.Token.Reveal(), p.Token.Reveal())
	p.Token, want.Token = fetch.Secret{}, fetch.Secret{}
	require.Equal(t, want, p)
}

func TestYAMLReads(t *testing.T) {
	for _, c := range []struct {
		name, document string
		want           policy
	}{
		{"nothing", "", policy{}},
		{"comments alone", "# nothing yet\n", policy{}},
		{"an empty document", "---\n", policy{}},
		{"every kind", lines(`owner: "*"`, "grace_days: 4", "share: 0.5", "quiet: true", "window: 90m", "until: 2026-12-31", "token: hunter2",
			"names: [a, b]", "labels: {a: b}", "lists: {a: [b]}", "plain: yes", "pins: [{line: jammy, version: 1.1330, until: 2026-12-31, days: [1, 2]}]",
			"pointer: {line: noble}"),
			policy{shared: shared{"*"}, Days: 4, Share: 0.5, Quiet: true, Window: 90 * time.Minute, Until: day("2026-12-31"), Token: fetch.NewSecret("hunter2"),
				Names: []string{"a", "b"}, Labels: map[string]string{"a": "b"}, Lists: map[string][]string{"a": {"b"}}, Plain: "yes",
				Pins:    []pin{{Line: "jammy", Version: "1.1330", Until: day("2026-12-31"), Days: []int{1, 2}}},
				Pointer: &pin{Line: "noble"}}},
		{"a version that looks like a number stays as written", "pins: [{version: 1.10}]", policy{Pins: []pin{{Version: "1.10"}}}},
		{"quoted", lines(`grace_days: "4"`, `share: ".5"`, `quiet: "true"`, `window: "24h"`, `until: "2026-12-31"`, `names: "[a, b]"`, `token: "123"`),
			policy{Days: 4, Share: .5, Quiet: true, Window: 24 * time.Hour, Until: day("2026-12-31"), Names: []string{"a", "b"}, Token: fetch.NewSecret("123")}},
		{"aliases", lines("pins:", "- &first {line: jammy, days: &days [1]}", "- *first", "- {line: noble, days: *days}"),
			policy{Pins: []pin{{Line: "jammy", Days: []int{1}}, {Line: "jammy", Days: []int{1}}, {Line: "noble", Days: []int{1}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p policy
			require.NoError(t, strict.YAML([]byte(c.document), &p))
			check(t, p, c.want)
		})
	}
}

// A key that is absent leaves the default, as does one without a value that is no list; a list that is there replaces it whole.
func TestYAMLKeepsDefaults(t *testing.T) {
	p := policy{Days: 4, Quiet: true, Names: []string{"a", "b"}, Pins: []pin{{Line: "jammy"}}}
	require.NoError(t, strict.YAML([]byte(lines("grace_days:", "quiet: ~", "names: [c]", "pins: []")), &p))
	check(t, p, policy{Days: 4, Quiet: true, Names: []string{"c"}, Pins: []pin{}})
}

func TestYAMLTells(t *testing.T) {
	for _, c := range []struct{ name, document, want string }{
		{"an unknown key", "grace_day: 4", "line 1: grace_day is no key here (did you mean grace_days?)"},
		{"an unknown key that is near none", "colour: red", "line 1: colour is no key here"},
		{"an unknown key in a list", lines("pins:", "- line: jammy", "  vresion: 1"), "line 3: pins[0].vresion is no key here (did you mean version?)"},
		{"a key in another case", "Names: []", "line 1: Names is no key here (did you mean names?)"},
		{"a field that is not written", "derived: 1", "line 1: derived is no key here"},
		{"the embedded struct's name", "shared: {}", "line 1: shared is no key here (did you mean share?)"},
		{"a text for a number", "grace_days: four", `line 1: grace_days wants a whole number, not "four"`},
		{"a broken number", "grace_days: 4.5", `line 1: grace_days wants a whole number, not "4.5"`},
		{"a number too large", "grace_days: 99999999999999999999", `line 1: grace_days wants a whole number, not "99999999999999999999"`},
		{"a text for a share", "share: half", `line 1: share wants a number, not "half"`},
		{"a number for a bool", "quiet: 1", `line 1: quiet wants true or false, not "1"`},
		{"a number for a duration", "window: 90", `line 1: window wants a duration such as 90m or 24h, not "90"`},
		{"days for a duration", "window: 2d", `line 1: window wants a duration such as 90m or 24h, not "2d"`},
		{"a list for a duration", "window: [90m]", `line 1: window wants a duration such as 90m or 24h, not a list`},
		{"no date", "until: soon", `line 1: until wants a date such as 2026-12-31, not "soon"`},
		{"a list for a date", "until: [2026-12-31]", "line 1: until wants a text, not a list"},
		{"keys for a date", "until: {year: 2026}", "line 1: until wants a text, not keys and values"},
		{"keys for a secret", "token: {value: hunter2}", "line 1: token wants a text, not keys and values"},
		{"a list for a text", "plain: [a]", "line 1: plain wants a text, not a list"},
		{"a text for a list", "names: a", `line 1: names wants a list, not "a"`},
		{"half a list in a text", `names: "[a"`, `line 1: names wants a list, not "[a"`},
		{"a wrong item of a list in a text", lines("#", `pins: "[{days: [x]}]"`), `line 2: pins[0].days[0] wants a whole number, not "x"`},
		{"a text for keys", "labels: a", `line 1: labels wants keys and values, not "a"`},
		{"a list for keys", "pointer: [a]", "line 1: pointer wants keys and values, not a list"},
		{"deep inside", lines("lists:", "  a:", "  - b", "  - [c]"), "line 4: lists.a[1] wants a text, not a list"},
		{"a list for all", "[a]", "line 1: wants keys and values, not a list"},
		{"a text for all", "hello", `line 1: wants keys and values, not "hello"`},
		{"a key twice", lines("plain: a", "plain: b"), "line 2: plain is there twice"},
		{"a key twice, deep inside", lines("pins:", "- line: a", "  line: b", "labels: {a: b, a: c}"),
			lines("line 3: pins[0].line is there twice", "line 4: labels.a is there twice")},
		{"a merge", lines("pointer: &p {line: a}", "pins: [{<<: *p}]"), "line 2: pins[0].<< is no key here"},
		{"an alias in a wrong place", lines("plain: &a b", "names: *a"), `line 1: names wants a list, not "b"`},
		{"a list of nothing", "names:", "line 1: names is empty: leave it out for the default, or give [] for none"},
		{"a list whose items are comments", lines("pins:", "# - line: jammy", "plain: a"), "line 1: pins is empty: leave it out for the default, or give [] for none"},
		{"null for a list, deep inside", lines("pins:", "- {line: a, days: ~}", "lists: {a: null}"),
			lines("line 2: pins[0].days is empty: leave it out for the default, or give [] for none", "line 3: lists.a is empty: leave it out for the default, or give [] for none")},
		{"keys of nothing", "labels:", "line 1: labels is empty: leave it out for the default, or give {} for none"},
		{"all at once", lines("grace_days: four", "quiet: maybe", "pins:", "- {lin: jammy, until: never}", "- jammy", "ownr: jane"), lines(
			`line 1: grace_days wants a whole number, not "four"`,
			`line 2: quiet wants true or false, not "maybe"`,
			"line 4: pins[0].lin is no key here (did you mean line?)",
			`line 4: pins[0].until wants a date such as 2026-12-31, not "never"`,
			`line 5: pins[1] wants keys and values, not "jammy"`,
			"line 6: ownr is no key here (did you mean owner?)")},
		{"two documents", lines("plain: a", "---", "plain: b"), "parse YAML: only one document is read, remove what follows the second ---"},
		{"no YAML", "a: [b", "parse YAML: yaml: line 1: did not find expected ',' or ']'"},
		{"a tab", "pins:\n\t- line: a", "parse YAML: yaml: line 2: found character that cannot start any token"},
		{"an alias of nothing", "plain: *a", "parse YAML: yaml: unknown anchor 'a' referenced"},
		{"an alias for a key", lines("plain: &owner colour", "*owner : red"), "line 2: owner is no key here (did you mean owner?)"},
		{"an alias of itself", "names: &a [*a]", "line 1: names[0] wants a text, not a list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.EqualError(t, strict.YAML([]byte(c.document), new(policy)), c.want)
		})
	}
}
