package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// BenchmarkCheck runs the program, built as it ships. A quota of AWS's own makes its wall time; without one it is
// what the program itself takes.
func BenchmarkCheck(b *testing.B) {
	program := filepath.Join(b.TempDir(), "check")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, ".")
	build.Env = append(build.Environ(), "CGO_ENABLED=0")
	said, err := build.CombinedOutput()
	require.NoError(b, err, string(said))
	for _, quota := range []string{"raised", "AWS's own"} {
		options := map[string][]cloud.Option{"raised": {quick}}[quota]
		more := map[string]any{"regions": []string{"us-gov-west-1"}, "lookup_interval": "1ms"}
		if quota != "raised" {
			more["lookup_interval"] = lookup.Interval.String()
		}
		b.Run("quota="+quota+"/nothing-new", func(b *testing.B) {
			s := cloud.New(cloud.Clean(time.Now()), options...)
			defer s.Close()
			now := at(time.Now())
			benchmark(b, program, s, more, &version{Since: now, Through: now, Next: at(now.Add(-24 * time.Hour))}, 0)
		})
		b.Run("quota="+quota+"/90-days", func(b *testing.B) {
			s := cloud.New(quarter(time.Now()), options...)
			defer s.Close()
			more["lookback"] = "2160h"
			benchmark(b, program, s, more, nil, 100)
		})
	}
}

// benchmark runs check from a version on, which must find so many.
func benchmark(b *testing.B, program string, s *cloud.Server, more map[string]any, known *version, found int) {
	request := `{"source":` + sourceAt(s.URL(), more)
	if known != nil {
		request += `,"version":` + text(b, known)
	}
	var cpu time.Duration
	var peak int
	for b.Loop() {
		c := exec.Command(program)
		var answer bytes.Buffer
		c.Stdin, c.Stdout, c.Stderr = strings.NewReader(request+"}"), &answer, &answer
		require.NoError(b, c.Start())
		highest := watch(c.Process.Pid)
		require.NoError(b, c.Wait(), answer.String())
		require.Contains(b, answer.String(), fmt.Sprintf(`"count":"%d"`, found))
		cpu += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		peak = max(peak, <-highest)
	}
	b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
	b.ReportMetric(float64(s.Count(cloud.Call{Operation: "cloudtrail:LookupEvents"}))/float64(b.N), "lookups/op")
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// watch tells the most memory that a process ever had, in KiB, where there is Linux's /proc. What wait tells of a child
// has this process's own in it.
func watch(pid int) <-chan int {
	highest := make(chan int, 1)
	go func() {
		last := 0
		for {
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			found := highWater.FindSubmatch(status)
			if found == nil {
				highest <- last
				return
			}
			last, _ = strconv.Atoi(string(found[1]))
			time.Sleep(time.Millisecond)
		}
	}()
	return highest
}

// quarter has 10,000 events of the checklist's names over 90 days, one in a hundred of them an anomaly.
func quarter(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	a.Events = nil
	names := append(cloud.ChangeNames(), "ConsoleLogin")
	for i := range 10_000 {
		t := now.Add(-time.Duration(i+1) * 12 * time.Minute).Truncate(time.Second)
		e := cloud.ConsoleLogin(cloud.Person("jane.doe"), t)
		if name := names[i%len(names)]; i%100 == 0 {
			e = cloud.ConsoleLogin(cloud.RootUser(), t)
		} else if name != e.Name {
			e = cloud.Terraform(name, t)
		}
		a.Events = append(a.Events, e.In("us-gov-west-1"))
	}
	return w
}

// BenchmarkHistories is the proof's pace.
func BenchmarkHistories(b *testing.B) {
	for b.Loop() {
		for seed := range uint64(10_000) {
			require.Empty(b, live(ours, invent(seed)))
		}
	}
}
