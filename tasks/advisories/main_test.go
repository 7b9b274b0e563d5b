package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

var update = flag.Bool("update", false, "rewrite the scripts' golden files")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"advisories": main}) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"world": startWorld, "exits": exits, "terminate": terminate,
		},
		Setup: func(env *testscript.Env) error {
			env.Values["world"] = new(world)
			return nil
		},
	})
}

// startWorld starts the stand-ins as a world of that name has them, and gives the script what a pipeline would set.
func startWorld(ts *testscript.TestScript, neg bool, args []string) {
	change, known := worlds[strings.Join(args, " ")]
	if neg || !known {
		ts.Fatalf("usage: world NAME, one of those in world_test.go")
	}
	w := ts.Value("world").(*world)
	*w = begin()
	ts.Defer(w.close)
	change(w)
	for name, value := range w.params() {
		ts.Setenv(name, value)
	}
}

// exits runs the program, which must end with just this status, tell no secret, and leave a report as its schema wants it.
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
	written, err := os.ReadFile(ts.MkAbs("report/report.json"))
	ts.Check(err)
	ts.Check(valid(written))
	verdicts, _ := os.ReadFile(ts.MkAbs("report/advisories.json"))
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr") + string(written) + string(verdicts)
	for _, name := range []string{"BOSH_CLIENT_SECRET", "BOSH_JUMPBOX_PRIVATE_KEY", "PLANTED"} {
		if secret := ts.Getenv(name); secret != "" && strings.Contains(told, secret) {
			ts.Fatalf("%s tells the value of %s", args[1], name)
		}
	}
}

// valid holds a report against its schema.
func valid(text []byte) error {
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSONSchema))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("report.json", schema); err != nil {
		return err
	}
	compiled, err := compiler.Compile("report.json")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return compiled.Validate(value)
}

// terminate does to the program in the background what Concourse does to an aborted build, once a feed has been asked for.
func terminate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: terminate PATTERN")
	}
	feeds := ts.Value("world").(*world).feeds
	for deadline := time.Now().Add(time.Minute); feeds.Count(args[0]) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("nobody asks for %s", args[0])
		}
	}
	ts.Check(ts.BackgroundCmds()[0].Process.Signal(syscall.SIGTERM))
}
