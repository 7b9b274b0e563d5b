package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "alerts", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Cmds:  map[string]contract.Command{"world": contract.World(worlds, start), "exits": exits, "asked": contract.Asked(gate), "uncanaried": uncanaried},
		Setup: func(e *testscript.Env) error { e.Values[standing{}] = new(monitors); return nil },
	})
}

func gate(ts *testscript.TestScript) *fault.Gate {
	return &ts.Value(standing{}).(*monitors).alertmanager.Gate
}

var exits = contract.Exits(func(ts *testscript.TestScript) []string {
	return contract.Values(ts, "ALERTMANAGER_PASSWORD", "ALERTMANAGER_TOKEN", "PROMETHEUS_PASSWORD", "PROMETHEUS_TOKEN", "SLACK_TOKEN")
})
