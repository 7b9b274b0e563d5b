package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "advisories", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *contract.Update,
		Cmds: map[string]contract.Command{
			"world": contract.World(worlds, start), "exits": contract.Exits(secrets), "terminate": contract.Terminate(gate),
		},
		Setup: func(env *testscript.Env) error {
			env.Values["world"] = new(world)
			return nil
		},
	})
}

// start starts the stand-ins with this change, and gives the script what a pipeline would set.
func start(ts *testscript.TestScript, _ string, change func(*world)) {
	w := ts.Value("world").(*world)
	*w = begin()
	ts.Defer(w.close)
	change(w)
	for name, value := range w.params() {
		ts.Setenv(name, value)
	}
}

func secrets(ts *testscript.TestScript) []string {
	return contract.Values(ts, "BOSH_CLIENT_SECRET", "BOSH_JUMPBOX_PRIVATE_KEY", "PLANTED")
}

func gate(ts *testscript.TestScript) *fault.Gate { return &ts.Value("world").(*world).feeds.Gate }
