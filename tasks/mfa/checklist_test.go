//go:build sandbox

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// TestChecklist runs the checklist's own commands beside the program; needs awscli and jq.
func TestChecklist(t *testing.T) {
	cli := awsCLI(t)
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/checklist",
		Cmds: commands,
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(cli)+string(filepath.ListSeparator)+e.Getenv("PATH"))
			e.Setenv("AWS_PAGER", "")
			e.Setenv("SCOPE", "production")
			return nil
		},
	})
}

// awsCLI finds one that runs: a version manager may have put a name in front that has nothing behind it.
func awsCLI(t *testing.T) string {
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(folder, "aws")
		told, err := exec.Command(path, "--version").CombinedOutput()
		if err == nil && strings.HasPrefix(string(told), "aws-cli/") {
			return path
		}
	}
	require.Fail(t, "no AWS CLI on PATH runs: apt-get install awscli")
	return ""
}
