package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/mfa"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// Benchmark5000Users looks at an account of 5,000 users, half of whom have a console password, as fast
// as the stand-in answers and with 20 ms an answer.
func Benchmark5000Users(b *testing.B) {
	for _, way := range []struct {
		name  string
		live  bool
		delay time.Duration
	}{{"report", false, 0}, {"live", true, 0}, {"report-20ms", false, 20 * time.Millisecond}, {"live-20ms", true, 20 * time.Millisecond}} {
		b.Run(way.name, func(b *testing.B) {
			calls := 0
			for b.Loop() {
				calls = lookOnce(b, way.live, way.delay)
			}
			b.ReportMetric(float64(calls), "calls/op")
		})
	}
}

// lookOnce looks with a report at hand, and tells the calls that it made.
func lookOnce(b *testing.B, live bool, delay time.Duration) int {
	world := ready(func(now time.Time) cloud.World { return cloud.Large(now, 5000, 0, 1) })(time.Now())
	if delay > 0 {
		world.Account(cloud.Production).Faults = []cloud.Fault{{Do: fault.Delay(delay)}}
	}
	s := cloud.New(world)
	defer s.Close()
	c := &check{config: &config{Live: live, ReportWait: time.Minute}, policy: mfa.DefaultPolicy()}
	c.AWSRegion = "us-east-1"
	for _, pair := range s.Env(cloud.Production, "checklist") {
		name, value, _ := strings.Cut(pair, "=")
		b.Setenv(name, value)
	}
	run := &task.Run{Report: &report.Report{Started: time.Now()}}
	require.NoError(b, c.look(b.Context(), run))
	require.Equal(b, report.Clean, run.Status(), "%v", run.Gaps)
	require.Equal(b, report.Count{What: "IAM users", Number: 5000}, run.Examined[1])
	return s.Count(cloud.Call{})
}
