package main

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

// traps are worlds in which nothing is high, and nobody may say so.
var traps = []string{
	"denied", "loading", "login page", "login later", "redirects", "garbage", "empty 200", "no scans", "out of keys", "conflict", "no export", "cut", "entities",
	"missing", "twice", "never", "only running", "only aborted", "stale", "too few hosts", "fewer hosts", "uncredentialed", "without attributes", "no compliance", "errors",
	"disabled", "old plugins", "old plugins in the scan", "ended licence", "no catalogue", "catalogue old", "catalogue small",
}

// TestTraps holds that no trap is green, and what somebody reads of it.
func TestTraps(t *testing.T) {
	table := [][]string{{"trap", "status", "what the box says"}}
	for _, name := range traps {
		status, words := fall(t, name)
		require.NotZero(t, status, "%s: %s", name, words)
		table = append(table, []string{name, strconv.Itoa(status), words})
	}
	contract.Table(t, "nessus", "traps", table)
}

// fall runs the program in a world.
func fall(t *testing.T, name string) (status int, words string) {
	set, known := worlds[name]
	require.True(t, known, name)
	w := nessus.Clean(time.Now())
	if set.change != nil {
		set.change(&w, time.Now())
	}
	s := nessus.New(w, set.options...)
	defer s.Close()
	s.Inject(set.faults...)
	policy, err := filepath.Abs("../../pipelines/example/policy/nessus.yml")
	require.NoError(t, err)
	command := exec.Command("nessus")
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), "NESSUS_URL="+s.URL(), "NESSUS_CA_CERT="+s.CA(), "NESSUS_ACCESS_KEY="+nessus.AccessKey, "NESSUS_SECRET_KEY="+nessus.SecretKey,
		"KEV_URL="+s.KEVURL(), "KEV_MIRROR_URL="+s.KEVURL(), "SCOPE=production", "POLICY="+policy, "REQUEST_TIMEOUT=6s")
	out, _ := command.Output()
	return command.ProcessState.ExitCode(), said(string(out))
}

var varies = []struct {
	pattern *regexp.Regexp
	by      string
}{
	{regexp.MustCompile(`https?://127\.0\.0\.1:\d+`), "ADDRESS"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d( \d\d:\d\d UTC)?`), "DATE"},
	{regexp.MustCompile(`after \d+ bytes`), "after N bytes"},
}

// said is the second line of each thing that was told, without what differs from run to run.
func said(text string) string {
	var told []string
	for block := range strings.SplitSeq(text, "\n\n") {
		lines := strings.Split(block, "\n")
		heading, _, _ := strings.Cut(lines[0], " ")
		if len(lines) < 2 || !strings.Contains("NOT WARNING HIGH", cmp.Or(heading, "?")) {
			continue
		}
		for _, line := range lines[1:] {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "->") && !strings.HasPrefix(line, "did not look at") && !strings.HasPrefix(line, "new today") {
				told = append(told, line)
			}
		}
	}
	words := strings.Join(told, "\n")
	for _, v := range varies {
		words = v.pattern.ReplaceAllString(words, v.by)
	}
	return words
}
