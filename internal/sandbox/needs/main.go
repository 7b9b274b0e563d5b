// Needs tells on one line what keeps the sandbox from running on this machine, and fails if anything does.
package main

import (
	"fmt"
	"os"

	"github.com/cloud-gov/platform-checklist/internal/sandbox"
)

func main() {
	if err := sandbox.Requirements(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
