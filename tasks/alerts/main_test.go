package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"alerts": main}) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"world": world, "exits": exits, "uncanaried": uncanaried},
		Setup: func(e *testscript.Env) error { e.Values[standing{}] = new(monitors); return nil },
	})
}

// secrets are those that scripts plant.
var secrets = []string{"ALERTMANAGER_PASSWORD", "ALERTMANAGER_TOKEN", "PROMETHEUS_PASSWORD", "PROMETHEUS_TOKEN", "SLACK_TOKEN"}

// exits runs a program that must end with just this status, and must tell none of its secrets in
// words or in a file.
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
	for _, file := range []string{"report.json", "canary.json", "noise.md"} {
		if written, err := os.ReadFile(ts.MkAbs("report/" + file)); err == nil {
			told += string(written)
		}
	}
	for _, name := range secrets {
		if secret := ts.Getenv(name); secret != "" && strings.Contains(told, secret) {
			ts.Fatalf("%s tells the value of %s", args[1], name)
		}
	}
}
