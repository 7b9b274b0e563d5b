package contract

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Table holds the table of what a line's page calls by this name, faults or traps, against what the test that writes it
// has seen. The rows are cells; the first holds the headings.
func Table(t *testing.T, line, name string, rows [][]string) {
	t.Helper()
	page := "../../docs/tasks/" + line + ".md"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	opening := "<!-- " + name + ", as " + t.Name() + " of tasks/" + line + " writes them -->\n\n"
	closing := "\n<!-- end of " + name + " -->"
	before, rest, opened := strings.Cut(string(text), opening)
	golden, after, closed := strings.Cut(rest, closing)
	require.True(t, opened && closed, "%s has no place for the table: %s", page, opening)
	table := markdown(rows)
	if *Update {
		require.NoError(t, os.WriteFile(page, []byte(before+opening+table+closing+after), 0o644))
		return
	}
	require.Equal(t, golden, table, "go test ./tasks/%s -run %s -update", line, t.Name())
}

// escaped is a text as the cell of a table.
var escaped = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "\n", "<br>")

func markdown(rows [][]string) (table string) {
	for i, row := range rows {
		for _, cell := range row {
			table += "| " + escaped.Replace(cell) + " "
		}
		table += "|\n"
		if i == 0 {
			table += strings.Repeat("|---", len(row)) + "|\n"
		}
	}
	return table
}
