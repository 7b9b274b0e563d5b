// Demo shows a red morning and the green one after it, on a machine with nothing but Go: it starts
// stand-ins of the outside services and runs the built tasks as their task.yml says.
//
//	go run ./internal/demo -bin bin
package main

import (
	"flag"
	"fmt"
	"os"
)

// act is one line of the checklist with its stand-ins.
type act struct {
	task   string
	params map[string]string // what a pipeline would set
	mend   func()            // does what the red report asks for
	brief  bool              // show no details
	said   func() []string   // what stands in Slack after a run, if anything may
	page   string            // what a run leaves beside its report for a browser, if anything
	close  func()
}

func main() {
	bin := flag.String("bin", "bin", "folder of the built tasks")
	flag.Parse()
	if err := play(*bin, stemcells(), cloudtrail(), mfa(), alerts(), scans(), advisories(), tickets(), rotation(), digest()); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// play runs every act on the red morning, mends what it found, and runs it again.
func play(bin string, acts ...act) error {
	folder, err := os.MkdirTemp("", "checklist-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	for _, a := range acts {
		defer a.close()
	}
	title("A red morning")
	for _, a := range acts {
		if err := a.run(bin, folder, "morning", 3); err != nil {
			return err
		}
		a.mend()
	}
	title("The next one, after somebody did what the reports ask for")
	for _, a := range acts {
		if err := a.run(bin, folder, "next", 0); err != nil {
			return err
		}
	}
	title("In short")
	for _, a := range acts {
		fmt.Printf("%-12s red, then green\n", a.task)
	}
	fmt.Print("\nWhat each box asks and what its words mean: README.md and docs/tasks. On a real Concourse: make sandbox.\n")
	return nil
}

func title(words string) { fmt.Printf("\n======== %s ========\n\n", words) }
