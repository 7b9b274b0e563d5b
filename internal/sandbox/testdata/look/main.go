// Look is what the smoke test runs in the sandbox: a task that reports and ends with status 3, and as
// check, in and out a resource that says what it was given.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	switch filepath.Base(os.Args[0]) {
	case "look":
		must(os.WriteFile(os.Args[1], []byte(read(os.Args[2])+" before: "+read(os.Args[3])), 0o644))
		os.Exit(3)
	case "check":
		fmt.Println("[]")
	case "out":
		var request struct{ Params struct{ File string } }
		must(json.NewDecoder(os.Stdin).Decode(&request))
		fmt.Fprintf(os.Stderr, "put in %s: %s\n", os.Getenv("BUILD_JOB_NAME"), read(filepath.Join(os.Args[1], request.Params.File)))
		fmt.Println(`{"version": {"put": "1"}}`)
	}
}

func read(file string) string {
	content, err := os.ReadFile(file)
	must(err)
	return string(content)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
