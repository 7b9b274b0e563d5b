//go:build sandbox

package sandbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox"
)

func TestStart(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	sb, err := sandbox.Start(ctx, sandbox.Options{Log: t.Output()})
	require.NoError(t, err)
	t.Cleanup(sb.Stop)
	out, err := sb.Fly(ctx, "workers")
	require.NoError(t, err)
	t.Log(out)
}
