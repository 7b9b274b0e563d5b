package stemcell_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

func TestPolicyTellsAllProblems(t *testing.T) {
	require.Empty(t, stemcell.DefaultPolicy().Problems())
	for _, c := range []struct {
		policy string
		want   []string
	}{
		{"grace_days: 16", []string{"grace_days 16 and high_days 15: want 0 or more, and high_days no less than grace_days"}},
		{"{grace_days: -1, silence_days: 0}", []string{
			"grace_days -1 and high_days 15: want 0 or more, and high_days no less than grace_days", "silence_days 0: wants 1 or more"}},
		{`{pins: [{line: "*"}], deny: [{version: latest}], end_of_life: [{line: x}], notes: [{note: x}], expected_deployments: [""]}`, []string{
			"pins[0]: wants line, version (a number or more with dots), reason and until", "deny[0]: wants line, version and source",
			"end_of_life[0]: wants line and date", "expected_deployments[0]: wants a name", "notes[0]: wants deployment and note"}},
		{`{pins: [{line: "*", version: 621, reason: r, until: 2026-12-31}], deny: [{line: "*", version: 1.10, source: s}]}`, nil},
	} {
		p := stemcell.DefaultPolicy()
		require.NoError(t, strict.YAML([]byte(c.policy), p))
		var said []string
		for _, problem := range p.Problems() {
			said = append(said, problem.Error())
		}
		require.Equal(t, c.want, said)
	}
}

// TestPolicyKeepsVersionsAsWritten holds that YAML does not make a number of 1.10.
func TestPolicyKeepsVersionsAsWritten(t *testing.T) {
	p := stemcell.DefaultPolicy()
	require.NoError(t, strict.YAML([]byte(`deny: [{line: "*", version: 1.10, source: s}]`), p))
	require.Equal(t, []stemcell.Denied{{Line: "*", Version: "1.10", Source: "s"}}, p.Deny)
}
