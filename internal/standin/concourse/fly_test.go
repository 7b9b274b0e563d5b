//go:build sandbox

package concourse_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/concourse/concourse/atc"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
)

// The real fly signs in, and shows what a person on support would look at.
func TestFly(t *testing.T) {
	w, s := start(t, 3)
	box := w.Pipeline("main", concourse.Ref("production", "mfa"))
	s.Update(func(*concourse.World) {
		box.Paused = true
		box.Jobs[0].Last().Status = atc.StatusFailed
		box.Resources[1].Build.Status = atc.StatusErrored
	})
	tools, err := sandbox.Tools(t.Context(), "")
	require.NoError(t, err)
	home := t.TempDir()
	fly := func(arguments ...string) (string, error) {
		command := exec.Command(filepath.Join(tools, "fly"), append([]string{"-t", "ci"}, arguments...)...)
		command.Env = append(os.Environ(), "HOME="+home, "NO_COLOR=1")
		said, err := command.CombinedOutput()
		return string(said), err
	}
	said, err := fly("login", "-c", s.URL(), "-n", "main", "-u", concourse.Viewer, "-p", concourse.Password)
	require.NoError(t, err, said)
	for arguments, want := range map[[3]string]string{
		{"userinfo"}:                                  `digest\s+main/viewer`,
		{"pipelines"}:                                 `checklist/environment:production,line:mfa\s+yes\s+no`,
		{"jobs", "-p", box.Ref().String()}:            `mfa\s+no\s+failed\s+n/a`,
		{"resources", "-p", box.Ref().String()}:       `evidence\s+evidence\s+n/a\s+errored`,
		{"builds", "-j", box.Ref().String() + "/mfa"}: `checklist/environment:production,line:mfa/mfa/3\s+failed.*main\s+system`,
	} {
		var given []string
		for _, argument := range arguments {
			if argument != "" {
				given = append(given, argument)
			}
		}
		said, err := fly(given...)
		require.NoError(t, err, said)
		require.Regexp(t, want, said)
	}
	said, err = fly("unpause-pipeline", "-p", box.Ref().String())
	require.Error(t, err, said)
	said, err = fly("login", "-c", s.URL(), "-n", "main", "-u", concourse.Viewer, "-p", "wrong")
	require.ErrorContains(t, err, "exit status 1")
	require.Contains(t, said, "Invalid username or password")
}
