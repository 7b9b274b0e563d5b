package task_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "doors", doors) }

// TestScripts runs a real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: map[string]contract.Command{"exits": exits, "valid": contract.Valid, "silent": silent},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SCOPE", "home")
			return nil
		},
	})
}

// exits runs a program that must end with just this status, before Concourse would kill it.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	started := time.Now()
	contract.Ends(ts, neg, args)
	if took := time.Since(started); took > 10*time.Second {
		ts.Fatalf("%s took %s", args[1], took)
	}
}

// silent looks for the values of environment variables in all that was printed and written.
func silent(ts *testscript.TestScript, neg bool, names []string) {
	told := contract.Told(ts)
	for _, name := range names {
		if strings.Contains(told, ts.Getenv(name)) {
			ts.Fatalf("%s is told:\n%s", name, told)
		}
	}
}
