package contract

import (
	"os"
	"reflect"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

var row = regexp.MustCompile("(?m)^\\| `([a-z0-9_]+)` \\|")

// Page holds the tables of a resource's page against its structs: each key has its row, in order, and
// there are no others.
func Page(t *testing.T, path string, structs ...any) {
	page, err := os.ReadFile(path)
	require.NoError(t, err)
	var told, known []string
	for _, match := range row.FindAllStringSubmatch(string(page), -1) {
		told = append(told, match[1])
	}
	for _, s := range structs {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(s)) {
			if key := strict.Key(f); key != "" {
				known = append(known, key)
			}
		}
	}
	require.Equal(t, known, told)
}
