package main

import (
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "cloudtrail", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands, Setup: func(e *testscript.Env) error {
		e.Setenv("SCOPE", "production")
		return nil
	}})
}

var commands = map[string]contract.Command{"world": contract.World(worlds, start), "logs": writeLogs, "ago": ago, "exits": contract.Exits(secrets)}

func secrets(ts *testscript.TestScript) []string {
	return contract.Values(ts, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
}

// start starts the stand-in with this world and gives the script its caller's environment. Only
// "quota" keeps AWS's own pace.
func start(ts *testscript.TestScript, name string, make func(time.Time) cloud.World) {
	options := []cloud.Option{cloud.LookupRate(1000, 1000)}
	ts.Setenv("LOOKUP_INTERVAL", "1ms")
	if name == "quota" {
		options = nil
		ts.Setenv("LOOKUP_INTERVAL", "")
	}
	s := cloud.New(make(time.Now()), options...)
	ts.Defer(s.Close)
	for _, pair := range s.Env(cloud.Production, "checklist") {
		name, value, _ := strings.Cut(pair, "=")
		ts.Setenv(name, value)
	}
}

// writeLogs writes what a world's trail delivers into a folder.
func writeLogs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || worlds[args[0]] == nil {
		ts.Fatalf("usage: logs WORLD FOLDER")
	}
	ts.Check(deliver(worlds[args[0]](time.Now()), ts.MkAbs(args[1])))
}

// ago sets a variable to a time so long before now.
func ago(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: ago VARIABLE DURATION")
	}
	d, err := time.ParseDuration(args[1])
	ts.Check(err)
	ts.Setenv(args[0], time.Now().Add(-d).UTC().Format(time.RFC3339))
}
