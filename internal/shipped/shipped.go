// Package shipped runs the tests of a program against the program as it ships. Only tests import it.
package shipped

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Main runs the tests with main under each of these names in PATH. Where CHECKLIST_BIN names a folder, as in the
// images' tests, the programs are those in it.
func Main(m *testing.M, main func(), names ...string) {
	programs := map[string]func(){}
	for _, name := range names {
		programs[name] = main
	}
	testscript.Main(inFront{m}, programs)
}

// inFront looks for programs in CHECKLIST_BIN first. It has to wait for testscript, which puts its own in front.
type inFront struct{ *testing.M }

func (f inFront) Run() int {
	if folder := os.Getenv("CHECKLIST_BIN"); folder != "" {
		os.Setenv("PATH", folder+string(filepath.ListSeparator)+os.Getenv("PATH"))
	}
	return f.M.Run()
}
