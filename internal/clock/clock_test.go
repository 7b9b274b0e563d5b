package clock

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTime(t *testing.T) {
	for text, want := range map[string]string{
		"08:00": "08:00", "8:00 AM": "08:00", "8:30pm": "20:30", "12 AM": "00:00", "12PM": "12:00", "0800": "08:00", "24:00": "24:00",
	} {
		var got Time
		require.NoError(t, got.UnmarshalText([]byte(text)), text)
		require.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{"", "8", "25:00", "8:00 XM", "morning", "-1:00"} {
		require.Error(t, new(Time).UnmarshalText([]byte(text)), text)
	}
}

func window(t *testing.T, start, stop, zone string, days ...time.Weekday) (w Window) {
	require.NoError(t, w.Start.UnmarshalText([]byte(start)))
	require.NoError(t, w.Stop.UnmarshalText([]byte(stop)))
	require.NoError(t, w.Zone.UnmarshalText([]byte(zone)))
	for _, day := range days {
		w.Days = append(w.Days, Weekday(day))
	}
	return w
}

func at(t *testing.T, text string) time.Time {
	moment, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return moment
}

func TestLast(t *testing.T) {
	weekdays := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	york := window(t, "8:00 AM", "9:00 AM", "America/New_York", weekdays...)
	night := window(t, "11 PM", "1 AM", "UTC", time.Sunday)
	for _, c := range []struct {
		name, now, start, stop string
		w                      Window
	}{
		{"later the same day", "2026-11-23T15:00:00Z", "2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z", york},
		{"the moment it closes", "2026-11-23T14:00:00Z", "2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z", york},
		{"while it is open: the one before, over a weekend", "2026-11-23T13:30:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z", york},
		{"on a Sunday", "2026-11-22T20:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z", york},
		{"in summer", "2026-07-01T15:00:00Z", "2026-07-01T12:00:00Z", "2026-07-01T13:00:00Z", york},
		{"yesterday there, today in UTC", "2026-11-24T01:00:00Z", "2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z", york},
		{"past midnight", "2026-11-23T01:00:00Z", "2026-11-22T23:00:00Z", "2026-11-23T01:00:00Z", night},
		{"past midnight, still open", "2026-11-23T00:59:00Z", "2026-11-15T23:00:00Z", "2026-11-16T01:00:00Z", night},
	} {
		t.Run(c.name, func(t *testing.T) {
			start, stop, ok := c.w.Last(at(t, c.now))
			require.True(t, ok)
			require.Equal(t, c.start, start.UTC().Format(time.RFC3339))
			require.Equal(t, c.stop, stop.UTC().Format(time.RFC3339))
		})
	}
}

func TestContains(t *testing.T) {
	night := window(t, "6:00 PM", "8:00 AM", "America/New_York")
	require.True(t, night.Contains(at(t, "2026-11-23T12:59:00Z")))
	require.False(t, night.Contains(at(t, "2026-11-23T13:00:00Z")))
	require.True(t, night.Contains(at(t, "2026-11-23T23:00:00Z")))
	require.False(t, night.Contains(at(t, "2026-11-23T22:59:00Z")))
}

func TestWindowWantsStartAndStop(t *testing.T) {
	require.Empty(t, window(t, "6 PM", "00:00", "UTC").Problems())
	require.Empty(t, window(t, "00:00", "24:00", "UTC").Problems(), "all day")
	noStop, noStart := window(t, "6 PM", "00:00", "UTC"), window(t, "00:00", "8 AM", "UTC")
	noStop.Stop, noStart.Start = Time{}, Time{}
	for _, w := range []Window{{}, noStop, noStart, window(t, "8 AM", "08:00", "UTC")} {
		require.EqualError(t, errors.Join(w.Problems()...), "wants a start and a stop that differ")
	}
}
