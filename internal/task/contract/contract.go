// Package contract holds what every run of a task must keep, whatever its line: commands for scripts that run the
// real program. Only tests import it.
package contract

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
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
	"github.com/cloud-gov/platform-checklist/internal/shipped"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Command is one that scripts may use beside testscript's own.
type Command = func(ts *testscript.TestScript, neg bool, args []string)

// Update is set by go test -update.
var Update = flag.Bool("update", false, "write what the program says today into golden files")

// Main runs the tests with main as the program of this name, or with the one that ships.
func Main(m *testing.M, name string, main func()) { shipped.Main(m, main, name) }

// Exits is the command "exits STATUS PROGRAM ARGUMENT...": the run must end with just this status, leave a report as
// its schema wants it, and tell nothing hidden, in words or in a file of its report.
func Exits(hidden func(*testscript.TestScript) []string) Command {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		Ends(ts, neg, args)
		Valid(ts, false, []string{"report/report.json"})
		told := Told(ts)
		for _, text := range hidden(ts) {
			if strings.Contains(told, text) {
				ts.Fatalf("%s tells %q:\n%s", args[1], text, told)
			}
		}
	}
}

// Ends runs a program as [Exits] does, and holds its status alone.
func Ends(ts *testscript.TestScript, neg bool, args []string) {
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
}

// Values are those of variables that are set, for [Exits] to hide.
func Values(ts *testscript.TestScript, variables ...string) (values []string) {
	for _, name := range variables {
		if value := ts.Getenv(name); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// Told is all that the last run printed and wrote.
func Told(ts *testscript.TestScript) string {
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	ts.Check(fs.WalkDir(os.DirFS(ts.MkAbs("report")), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			told += ts.ReadFile("report/" + path)
		}
		return err
	}))
	return told
}

// Valid is the command "valid FILE": it is a report by the schema, and for the reader.
func Valid(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: valid FILE")
	}
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

// World is the command "world NAME", which starts the world of that name; as another command it may do something else
// with it.
func World[W any](worlds map[string]W, start func(ts *testscript.TestScript, name string, world W)) Command {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		name := strings.Join(args, " ")
		world, known := worlds[name]
		if neg || !known {
			ts.Fatalf("no world is named %q in world_test.go", name)
		}
		start(ts, name, world)
	}
}

// Asked is the command "asked TIMES PATTERN": it holds how often the world was asked for what the pattern says.
func Asked(world func(*testscript.TestScript) *fault.Gate) Command {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 2 {
			ts.Fatalf("usage: asked TIMES PATTERN")
		}
		if times := strconv.Itoa(world(ts).Count(args[1])); times != args[0] {
			ts.Fatalf("%s was asked for %s times, not %s:\n%s", args[1], times, args[0], strings.Join(world(ts).Requests(), "\n"))
		}
	}
}

// Terminate is the command "terminate PATTERN": once the world was asked for what the pattern says, it does to the
// program in the background what Concourse does to an aborted build.
func Terminate(world func(*testscript.TestScript) *fault.Gate) Command {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 1 {
			ts.Fatalf("usage: terminate PATTERN")
		}
		for deadline := time.Now().Add(time.Minute); world(ts).Count(args[0]) == 0; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				ts.Fatalf("nobody asks for %s", args[0])
			}
		}
		ts.Check(ts.BackgroundCmds()[0].Process.Signal(syscall.SIGTERM))
	}
}
