package sandbox

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRequirementsTellAllThatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := Requirements()
	require.ErrorContains(t, err, "containerd, runc, ")
	require.ErrorContains(t, err, "; on Debian: apt-get install --no-install-recommends ")
	require.ErrorContains(t, err, " buildah busybox-static ")
	require.NotContains(t, err.Error(), "\n", "it is the last line of make test")
}
