package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"cloudtrail": main}) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands, Setup: func(e *testscript.Env) error {
		e.Setenv("SCOPE", "production")
		return nil
	}})
}

var commands = map[string]func(*testscript.TestScript, bool, []string){"world": world, "logs": writeLogs, "ago": ago, "exits": exits}

// world starts the stand-in with a world of that name and gives the script its caller's environment. Only
// "quota" keeps AWS's own pace.
func world(ts *testscript.TestScript, neg bool, args []string) {
	name := strings.Join(args, " ")
	make, known := worlds[name]
	if neg || !known {
		ts.Fatalf("usage: world NAME, one of those in world_test.go")
	}
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

// exits runs the program, which must end with just this status, and must tell none of the secrets that it
// was given, in words or in its report.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: exits STATUS")
	}
	status := 0
	if failed, is := errors.AsType[*exec.ExitError](ts.Exec("cloudtrail")); is {
		status = failed.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("it exits %d, not %s", status, args[0])
	}
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if written, err := os.ReadFile(ts.MkAbs("report/report.json")); err == nil {
		told += string(written)
	}
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		if secret := ts.Getenv(name); secret != "" && strings.Contains(told, secret) {
			ts.Fatalf("it tells the value of %s", name)
		}
	}
}
