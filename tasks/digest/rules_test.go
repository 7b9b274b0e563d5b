//go:build sandbox

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRules has Prometheus' own tool try the alerts that ship. Debian's package prometheus has it.
func TestRules(t *testing.T) {
	for _, arguments := range [][]string{
		{"check", "rules", "../../pipelines/example/prometheus-rules.yml"},
		{"test", "rules", "testdata/rules/test.yml"},
	} {
		said, err := exec.Command("promtool", arguments...).CombinedOutput()
		require.NoError(t, err, string(said))
	}
}
