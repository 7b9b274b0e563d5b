package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// day is nine in the morning in Washington, in August 2026.
func day(n int) time.Time { return time.Date(2026, 8, n, 13, 0, 0, 0, time.UTC) }

func until(text string) report.Day {
	d, err := report.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestParseDay(t *testing.T) {
	d, err := report.ParseDay("2026-12-31")
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), d.Start())
	require.Equal(t, "2026-12-31", d.String())
	for _, text := range []string{"", "31.12.2026", "2026-02-30", "2026-1-1", "2026-12-31T00:00:00Z", " 2026-12-31"} {
		d, err := report.ParseDay(text)
		require.EqualError(t, err, `wants a date such as 2026-12-31, not "`+text+`"`)
		require.True(t, d.IsZero())
	}
}

// A day is over when it is over in UTC, wherever the clock stands.
func TestDayIsOver(t *testing.T) {
	washington := time.FixedZone("EDT", -4*60*60)
	for _, c := range []struct {
		now  time.Time
		over bool
	}{
		{time.Date(2026, 8, 23, 23, 59, 59, 0, time.UTC), false},
		{time.Date(2026, 8, 24, 0, 0, 0, 0, time.UTC), false},
		{time.Date(2026, 8, 24, 23, 59, 59, 999999999, time.UTC), false},
		{time.Date(2026, 8, 25, 0, 0, 0, 0, time.UTC), true},
		{time.Date(2026, 8, 24, 19, 59, 59, 0, washington), false},
		{time.Date(2026, 8, 24, 20, 0, 0, 0, washington), true},
	} {
		require.Equal(t, c.over, until("2026-08-24").Over(c.now), c.now)
	}
}
