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

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"mfa": main}) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands})
}

var commands = map[string]func(*testscript.TestScript, bool, []string){"world": world, "exits": exits}

// late is how far the stale world's AWS is behind: it takes a report of that age for a new one.
const late = 10 * time.Hour

// world starts the stand-in with a world of that name and gives the script its caller's environment.
func world(ts *testscript.TestScript, neg bool, args []string) {
	make, known := worlds[strings.Join(args, " ")]
	if neg || !known {
		ts.Fatalf("usage: world NAME, one of those in world_test.go")
	}
	clock := time.Now
	if args[0] == "stale" {
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

// exits runs a program that must end with just this status, and must tell none of the secrets that it was
// given, in words or in its report.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGUMENT...")
	}
	status := 0
	if failed, is := errors.AsType[*exec.ExitError](ts.Exec(args[1], args[2:]...)); is {
		status = failed.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("%s exits %d, not %s", args[1], status, args[0])
	}
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if written, err := os.ReadFile(ts.MkAbs("report/report.json")); err == nil {
		told += string(written)
	}
	if strings.Contains(told, sessionToken) {
		ts.Fatalf("%s tells the token of a role's session", args[1])
	}
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		if secret := ts.Getenv(name); secret != "" && strings.Contains(told, secret) {
			ts.Fatalf("%s tells the value of %s", args[1], name)
		}
	}
}
