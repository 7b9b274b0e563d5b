package strict_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// FuzzYAML: what is taken is what yaml itself would take, key for key.
func FuzzYAML(f *testing.F) {
	f.Add([]byte("grace_days: 4\npins: [{line: jammy, until: 2026-12-31}]"))
	f.Add([]byte("names: &a [*a]"))
	f.Add([]byte("names: \"[a, b]\"\nwindow: 90m\nlabels: {a: b}"))
	f.Add([]byte("plain: &owner x\n*owner : y"))
	f.Add([]byte("? [a]\n: b\n---\n"))
	f.Fuzz(func(t *testing.T, document []byte) {
		if strict.YAML(document, new(policy)) != nil {
			return
		}
		keys := map[string]any{}
		require.NoError(t, yaml.Unmarshal(document, &keys))
		for key := range keys {
			require.Contains(t, known, key)
		}
	})
}

// FuzzJSON: what is taken can be decoded as it is, and no key is passed over.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"grace_days": "4", "pins": [{"line": "jammy"}]}`))
	f.Add([]byte(`{"names": "[a, &b c, *b]", "plain": 1e400}`))
	f.Add([]byte(`{"labels": {"": null}, "share": "nan"}`))
	f.Fuzz(func(t *testing.T, value []byte) {
		if strict.JSON(value, new(policy)) != nil {
			return
		}
		keys := map[string]json.RawMessage{}
		require.NoError(t, json.Unmarshal(value, &keys))
		for key := range keys {
			require.Contains(t, known, key)
		}
	})
}

var known = []string{"owner", "grace_days", "share", "quiet", "window", "until", "token", "names", "labels", "lists", "pins", "plain", "pointer"}
