// Command snapshot makes internal/ranges/snapshot.txt of AWS's ip-ranges.json: go generate runs it.
package main

import (
	"io"
	"log"
	"os"

	"github.com/cloud-gov/platform-checklist/internal/ranges"
)

func main() {
	document, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	set, err := ranges.Parse(document)
	if err != nil {
		log.Fatal(err)
	}
	if err := set.WriteSnapshot(os.Stdout); err != nil {
		log.Fatal(err)
	}
}
