package task_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"doors": doors}) }

// TestScripts runs a real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "valid": valid, "silent": silent},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SCOPE", "home")
			return nil
		},
	})
}

// exits runs a program that must end with just this status, before Concourse would kill it.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGUMENT...")
	}
	started, status := time.Now(), 0
	if failed, is := errors.AsType[*exec.ExitError](ts.Exec(args[1], args[2:]...)); is {
		status = failed.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("%s exits %d, not %s", args[1], status, args[0])
	}
	if took := time.Since(started); took > 10*time.Second {
		ts.Fatalf("%s took %s", args[1], took)
	}
}

// valid holds a report against the schema, and against the reader.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSONSchema))
	ts.Check(err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	ts.Check(c.AddResource("schema.json", schema))
	compiled, err := c.Compile("schema.json")
	ts.Check(err)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	ts.Check(err)
	ts.Check(compiled.Validate(document))
	_, err = report.Decode(strings.NewReader(text))
	ts.Check(err)
}

// silent looks for the values of environment variables in all that was printed and written.
func silent(ts *testscript.TestScript, neg bool, names []string) {
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	ts.Check(fs.WalkDir(os.DirFS(ts.MkAbs("report")), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			told += ts.ReadFile("report/" + path)
		}
		return err
	}))
	for _, name := range names {
		if strings.Contains(told, ts.Getenv(name)) {
			ts.Fatalf("%s is told:\n%s", name, told)
		}
	}
}
