package main

import (
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "mfa", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands, Setup: func(e *testscript.Env) error {
		e.Setenv("SCOPE", "production")
		return nil
	}})
}

var commands = map[string]contract.Command{"world": contract.World(worlds, start), "exits": contract.Exits(secrets)}

// late is how far the stale world's AWS is behind: it takes a report of that age for a new one.
const late = 10 * time.Hour

// start starts the stand-in with this world and gives the script its caller's environment.
func start(ts *testscript.TestScript, name string, make func(time.Time) cloud.World) {
	clock := time.Now
	if name == "stale" {
		clock = func() time.Time { return time.Now().Add(-late) }
	}
	s := cloud.New(make(time.Now()), cloud.Clock(clock))
	ts.Defer(s.Close)
	for _, pair := range s.Env(cloud.Production, "checklist") {
		name, value, _ := strings.Cut(pair, "=")
		ts.Setenv(name, value)
	}
}

// sessionToken is how AWS's session tokens begin, and the stand-in's.
const sessionToken = "IQoJb3JpZ2lu"

func secrets(ts *testscript.TestScript) []string {
	return append(contract.Values(ts, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"), sessionToken)
}
