//go:build sandbox

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// TestMeasure runs the task and the real bosh CLI on one stand-in of 60 deployments with 480 VMs, of which a listing
// takes 200 ms, and logs what each needs:
//
//	go test -tags sandbox -run TestMeasure -v ./tasks/stemcells
func TestMeasure(t *testing.T) {
	folder := t.TempDir()
	cli, task := filepath.Join(folder, "bosh"), filepath.Join(folder, "stemcells")
	build(t, "../../internal/sandbox/concourse", cli, "github.com/cloudfoundry/bosh-cli/v7")
	build(t, ".", task, ".")
	w := begin()
	t.Cleanup(w.close)
	w.director.Close()
	w.director = director.New(director.Many(60, 8), director.TaskTime(200*time.Millisecond))

	rows := []string{"| program | wall time | requests | tokens | peak memory |", "|---|---|---|---|---|"}
	for _, c := range []struct {
		name       string
		concurrent string
		command    []string
	}{
		{"this task, CONCURRENCY 3", "3", []string{task}},
		{"this task, CONCURRENCY 5", "5", []string{task}},
		{"bosh vms --parallel=3", "", []string{cli, "vms", "--json", "--parallel=3"}},
		{"bosh vms (5 at a time)", "", []string{cli, "vms", "--json"}},
	} {
		requests, tokens := w.director.Count("*"), w.director.Count("POST /oauth/token")
		command := exec.Command(c.command[0], c.command[1:]...)
		command.Dir, command.Env = folder, []string{"HOME=" + folder, "CONCURRENCY=" + c.concurrent}
		for name, value := range w.params() {
			command.Env = append(command.Env, name+"="+value)
		}
		began := time.Now()
		out, err := command.CombinedOutput()
		took := time.Since(began)
		require.NoError(t, err)
		require.True(t, strings.Contains(string(out), "60 deployments, 480 VMs") || strings.Count(string(out), `"vm_cid": "i-`) == 480, "not all are listed")
		peak := command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss // kB on Linux
		rows = append(rows, fmt.Sprintf("| %s | %.1f s | %d | %d | %d MB |", c.name, took.Seconds(),
			w.director.Count("*")-requests, w.director.Count("POST /oauth/token")-tokens, peak/1024))
	}
	t.Log("\n" + strings.Join(rows, "\n"))
}

func build(t *testing.T, folder, binary, program string) {
	t.Helper()
	command := exec.Command("go", "build", "-o", binary, program)
	command.Dir, command.Env = folder, append(os.Environ(), "CGO_ENABLED=0")
	out, err := command.CombinedOutput()
	require.NoError(t, err, string(out))
}
