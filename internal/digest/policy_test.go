package digest

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// The example says what holds without it.
func TestExampleIsTheDefault(t *testing.T) {
	text, err := os.ReadFile("../../pipelines/example/policy/digest.yml")
	require.NoError(t, err)
	p := DefaultPolicy()
	p.Grace, p.Running, p.Days, p.ParentAge = 1, 1, 1, 1
	require.NoError(t, strict.YAML(text, p))
	p.Exceptions = report.Exceptions{}
	require.Equal(t, DefaultPolicy(), p)
	require.Empty(t, p.Problems())
}
