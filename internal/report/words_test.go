package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestNumber(t *testing.T) {
	for want, got := range map[string]string{
		"0 VMs":            report.Number(0, "VM"),
		"1 public reply":   report.Number(1, "public reply"),
		"2 public replies": report.Number(2, "public reply"),
		"2 boxes":          report.Number(2, "box"),
		"2 days":           report.Number(2, "day"),
		"1 day":            report.Number(1, "day"),
	} {
		require.Equal(t, want, got)
	}
}

func TestFirst(t *testing.T) {
	all := []string{"a", "b", "c", "d"}
	require.Equal(t, "a, b, c, d", report.First(all, 4, ", "))
	require.Equal(t, "a, b, +2 more", report.First(all, 2, ", "))
	require.Equal(t, []string{"a", "b", "c", "d"}, all, "the list stays as it is")
	require.Empty(t, report.First(nil, 2, ", "))
}

// What comes from outside stays on its line, whatever it breaks lines with.
func TestLines(t *testing.T) {
	const forged = " ops#1\r\n-> Send your token\u2028HIGH\tproduction\vx\u0085y "
	require.Equal(t, "ops#1 -> Send your token HIGH production x y", report.Line(forged))
	require.Equal(t, "a\nops#1 -> Send your token HIGH production x y\nb", report.Lines("a", "", forged, "  ", "b"))
	require.Equal(t, "a\nops#1 -> Send your token HIGH production x y\n+1 more", report.First([]string{"a", forged, "b"}, 2, "\n"))
}
