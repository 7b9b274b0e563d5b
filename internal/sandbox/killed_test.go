//go:build sandbox

package sandbox_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox"
)

// A sandbox whose program is killed leaves no process; what else it leaves the next one removes, even
// one that was waiting for it to end.
func TestKilled(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	first, err := sandbox.Start(ctx, sandbox.Options{Log: t.Output()}) // also removes what earlier tests left
	require.NoError(t, err)
	first.Stop()
	before := machine(t)

	victim := startVictim(t, ctx)
	family := descendants(t, victim.Process.Pid)
	for _, name := range []string{"concourse", "containerd", "containerd-shim", "postgres", "versitygw"} {
		require.Contains(t, strings.Join(family, "\n"), "("+name, "what runs before the kill")
	}
	var said bytes.Buffer
	next := make(chan *sandbox.Sandbox, 1)
	go func() {
		sb, err := sandbox.Start(ctx, sandbox.Options{Log: io.MultiWriter(&said, t.Output())})
		assert.NoError(t, err)
		next <- sb
	}()
	require.Never(t, func() bool { return len(next) > 0 }, time.Second, 100*time.Millisecond)
	require.NoError(t, victim.Process.Kill())
	killed := time.Now()
	require.Eventually(t, func() bool { return len(alive(family)) == 0 }, 20*time.Second, 10*time.Millisecond)
	t.Logf("%d processes ended within %.2f s of the kill", len(family), time.Since(killed).Seconds())

	sb := <-next
	require.NotNil(t, sb)
	for _, words := range []string{"waiting for", "cleaning up after"} {
		require.Contains(t, said.String(), fmt.Sprintf("%s the sandbox of process %d", words, victim.Process.Pid))
	}
	require.NoError(t, runContainer(ctx, sb))
	family = descendants(t, os.Getpid())
	began := time.Now()
	sb.Stop()
	t.Logf("stopped in %.1f s", time.Since(began).Seconds())
	require.Empty(t, alive(family))
	require.Equal(t, before, machine(t))
}

// startVictim starts this test's program as the victim (see TestMain) and returns when its sandbox
// runs a container.
func startVictim(t *testing.T, ctx context.Context) *exec.Cmd {
	t.Helper()
	victim := exec.CommandContext(ctx, os.Args[0])
	victim.Env = append(os.Environ(), "SANDBOX_VICTIM=1")
	output, err := victim.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, victim.Start())
	t.Cleanup(func() { _ = victim.Process.Kill(); _ = victim.Wait() })
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if lines.Text() == victimIsReady {
			return victim
		}
		t.Log("victim: ", lines.Text())
	}
	t.Fatal("the victim ended by itself")
	return nil
}

// TestMain runs the program that TestKilled kills, when it is that one.
func TestMain(m *testing.M) {
	if os.Getenv("SANDBOX_VICTIM") == "" {
		os.Exit(m.Run())
	}
	ctx := context.Background()
	sb, err := sandbox.Start(ctx, sandbox.Options{Log: os.Stdout})
	if err == nil {
		err = runContainer(ctx, sb)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(victimIsReady)
	time.Sleep(time.Hour)
}

const victimIsReady = "ready to be killed"

// runContainer leaves the container of a check running on the worker.
func runContainer(ctx context.Context, sb *sandbox.Sandbox) error {
	if _, err := sb.Fly(ctx, "set-pipeline", "-n", "-p", "clock", "-c", "testdata/clock.yml"); err != nil {
		return err
	}
	_, err := sb.Fly(ctx, "check-resource", "-r", "clock/now")
	return err
}

// machine is the state of everything that a sandbox changes beside its processes.
func machine(t *testing.T) string {
	t.Helper()
	rules, err := exec.Command("iptables-save").Output()
	require.NoError(t, err)
	forward, err := os.ReadFile("/proc/sys/net/ipv4/ip_forward")
	require.NoError(t, err)
	mounts, err := os.ReadFile("/proc/self/mounts")
	require.NoError(t, err)
	state := []string{"ip_forward " + string(forward)}
	for line := range strings.Lines(string(rules)) {
		if strings.HasPrefix(line, "-A") || strings.HasPrefix(line, ":C") { // the others have counters and dates
			state = append(state, line)
		}
	}
	for line := range strings.Lines(string(mounts)) {
		if strings.Contains(line, "sandbox") || strings.Contains(line, "platform-checklist") {
			state = append(state, line)
		}
	}
	for _, pattern := range []string{"/sys/class/net/*", "/sys/fs/cgroup/*/garden", "/sys/fs/cgroup/*/*/garden",
		"/sys/fs/cgroup/*/*/*/garden", "/var/lib/platform-checklist*", "/var/lib/postgresql/*", "/var/lib/cni/*"} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		state = append(state, found...)
	}
	return strings.Join(state, "\n")
}

// descendants are the processes below pid, each as the start of its line in /proc/PID/stat.
func descendants(t *testing.T, pid int) (family []string) {
	t.Helper()
	parents := map[int]bool{pid: true}
	for found := true; found; {
		found = false
		stats, err := filepath.Glob("/proc/[0-9]*/stat")
		require.NoError(t, err)
		for _, file := range stats {
			id, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			stat := readStat(id)
			if stat.line != "" && parents[stat.parent] && !parents[id] {
				parents[id], found = true, true
				family = append(family, stat.line)
			}
		}
	}
	return family
}

// alive are those of family that still run, told by their id, name and start time.
func alive(family []string) (left []string) {
	for _, member := range family {
		id, _ := strconv.Atoi(strings.Fields(member)[0])
		if readStat(id).line == member {
			left = append(left, member)
		}
	}
	return left
}

type stat struct {
	parent int
	line   string // id, name and start time; empty when it does not run any more
}

func readStat(id int) stat {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", id))
	name, rest, found := strings.Cut(string(content), ") ")
	fields := strings.Fields(rest)
	if err != nil || !found || fields[0] == "Z" || fields[0] == "X" {
		return stat{}
	}
	parent, _ := strconv.Atoi(fields[1])
	return stat{parent: parent, line: name + ") " + fields[19]}
}
