package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "rotation", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]contract.Command{
		"world": contract.World(worlds, start), "exits": contract.Exits(hidden), "asked": contract.Asked(gate),
		"topic": topic, "group": group, "member": member, "posted": posted, "schedule": schedule,
	}, Setup: func(e *testscript.Env) error {
		e.Values[standing{}] = new(world)
		return nil
	}})
}

// standing is the key of the world that a script started last.
type standing struct{}

func of(ts *testscript.TestScript) *world { return ts.Value(standing{}).(*world) }

func gate(ts *testscript.TestScript) *fault.Gate { return &of(ts).slack.Gate }

// hidden is what no output may hold.
func hidden(*testscript.TestScript) []string { return []string{slack.Token, bucket.Secret, "\x1b"} }

// What a team copies is a schedule.
func TestExample(t *testing.T) {
	require.Empty(t, read("SCHEDULE", "../../pipelines/example/rotation.yml", rotation.DefaultSchedule()))
	require.Empty(t, read("POLICY", "../../pipelines/example/policy/rotation.yml", rotation.DefaultPolicy()))
}
