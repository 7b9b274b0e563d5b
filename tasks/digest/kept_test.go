package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/digest"
)

// The example config can be read back: each of its boxes says where its reports are.
func TestScopes(t *testing.T) {
	c := &check{config: &config{Config: "../../pipelines/example/checklist.yml"}, policy: digest.DefaultPolicy()}
	require.Empty(t, c.decode())
	for _, b := range c.checklist.Boxes() {
		scope, err := c.scope(b)
		require.NoError(t, err)
		require.Equal(t, b.Environment, scope)
	}
	tickets := checklist.Box{Line: "tickets", Environment: "support"}
	for _, vars := range []checklist.Vars{
		nil, {"zendesk": nil}, {"zendesk": "((zendesk))"}, {"zendesk": checklist.Vars{"desk": "((desk))"}}, {"zendesk": checklist.Vars{"desk": 7}},
	} {
		c.checklist.Environments["support"] = checklist.Environment{Lines: []string{"tickets"}, Vars: vars}
		_, err := c.scope(tickets)
		require.ErrorContains(t, err, "the var zendesk.desk does not name the scope of its reports")
	}
}
