//go:build sandbox

package director_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// printed is what the CLI says with --json.
type printed struct {
	Tables []struct {
		Content string
		Header  map[string]string
		Rows    []map[string]string
		Notes   []string
	}
	Blocks []string
	Lines  []string
}

// bosh gives a function that runs the real CLI against a server.
func bosh(t *testing.T, s *director.Server) func(arguments ...string) printed {
	binary := filepath.Join(t.TempDir(), "bosh")
	build := exec.Command("go", "build", "-o", binary, "github.com/cloudfoundry/bosh-cli/v7")
	build.Dir = "../../sandbox/concourse" // the tools' own module
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))

	s.Grant("ci", "ci-secret", "bosh.read")
	home := t.TempDir()
	return func(arguments ...string) printed {
		t.Helper()
		run := exec.Command(binary, append(arguments, "--json")...)
		run.Env = []string{
			"HOME=" + home, "BOSH_ENVIRONMENT=" + s.URL(), "BOSH_CA_CERT=" + s.CA(),
			"BOSH_CLIENT=ci", "BOSH_CLIENT_SECRET=ci-secret",
		}
		run.Stderr = t.Output()
		out, err := run.Output()
		require.NoError(t, err, string(out))
		var p printed
		require.NoError(t, json.Unmarshal(out, &p), string(out))
		return p
	}
}

// lasting drops the lines in which tasks come and go.
func (p printed) lasting() printed {
	p.Lines = []string{address.ReplaceAllString(p.Lines[0], "https://director"), p.Lines[len(p.Lines)-1]}
	return p
}

func TestRealCLI(t *testing.T) {
	run := bosh(t, start(t, Samples()))
	t.Run("prints what it printed of a real director", func(t *testing.T) { printsAsCaptured(t, run) })
	t.Run("prints tables", func(t *testing.T) { printsTables(t, run) })
}

func printsAsCaptured(t *testing.T, run func(...string) printed) {
	captures, err := filepath.Glob(captures + "/../cli/*.json")
	require.NoError(t, err)
	t.Logf("compared with %d captures of the CLI", len(captures))
	for _, file := range captures {
		var want printed
		require.NoError(t, json.Unmarshal([]byte(read(t, file)), &want))
		command := []string{strings.TrimSuffix(filepath.Base(file), ".json")}
		if command[0] == "instancesdetails" {
			command = []string{"instances", "--details"}
		}
		require.Equal(t, want.lasting(), run(command...).lasting(), command)
	}
}

func printsTables(t *testing.T, run func(...string) printed) {
	jammy, noble := "bosh-aws-xen-hvm-ubuntu-jammy-go_agent/", "bosh-aws-xen-hvm-ubuntu-noble/"

	require.Equal(t, "ubuntu-jammy/1.1330", column(run("env"), "director_stemcell")[0])
	require.Equal(t, []string{"logsearch"}, column(run("locks"), "resource"))
	require.Equal(t, []string{
		"cf-production", "empty", "legacy", "logsearch", "nessus-manager-prod", "opensearch", "postfix", "prometheus-production",
	}, column(run("deployments"), "name"))
	require.Equal(t, jammy+"1.1330\n"+jammy+"1.1364", column(run("deployments"), "stemcell_s")[3])
	require.Equal(t, []string{
		"1.1331*", "1.1364*", "1.1364*", "1.1330*", "1.999", "1.484*", "1.460*", "621.125*", "97.241*", "2019.102*",
	}, column(run("stemcells"), "version"))
	require.Equal(t, []string{jammy + "1.1330", jammy + "1.1364", jammy + "1.1330"},
		column(run("vms", "--deployment=logsearch"), "stemcell"))
	require.Equal(t, []string{noble + "1.484", noble + "1.484"}, column(run("vms", "--deployment=opensearch"), "stemcell"))
	details := run("instances", "--details", "--deployment=opensearch")
	require.Equal(t, []string{"running", "", "unresponsive agent"}, column(details, "process_state"))
	require.Equal(t, []string{"started", "detached", "started"}, column(details, "state"))
	require.Equal(t, []string{"true"}, column(run("instances", "--details", "--deployment=nessus-manager-prod"), "ignore"))
	require.Equal(t, []string{"Timed out pinging to 5e3c after 600 seconds"},
		column(run("events", "--deployment=logsearch"), "error"))
}

// column reads one column of the first table.
func column(p printed, name string) []string {
	var cells []string
	for _, row := range p.Tables[0].Rows {
		cells = append(cells, row[name])
	}
	return cells
}
