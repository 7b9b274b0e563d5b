package ticket_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/ticket"
)

const (
	office = `{time_zone: America/New_York, from: "09:00", to: "17:00", days: [Monday, Tuesday, Wednesday, Thursday, Friday], holidays: [2026-11-26, 2026-12-25]}`
	always = `{time_zone: America/New_York, from: "00:00", to: "24:00", days: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]}`
	nights = `{time_zone: America/New_York, from: "01:00", to: "04:00", days: [Sunday]}`
	beirut = `{time_zone: Asia/Beirut, from: "00:30", to: "08:00", days: [Sunday]}`
	gap    = `{time_zone: America/New_York, from: "02:30", to: "04:00", days: [Sunday]}`
	sunday = `{time_zone: America/Santiago, from: "00:00", to: "08:00", days: [Sunday]}`
	late   = `{time_zone: America/Santiago, from: "16:00", to: "24:00", days: [Saturday]}`
	utc    = `{from: "09:00", to: "17:30", days: [Monday]}`
)

func parseHours(t testing.TB, text string) (h ticket.Hours) {
	require.NoError(t, yaml.Unmarshal([]byte(text), &h))
	require.Empty(t, h.Problems())
	return h
}

func at(t testing.TB, text string) time.Time {
	moment, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return moment
}

func TestBetween(t *testing.T) {
	for _, c := range []struct{ name, hours, from, to, want string }{
		{"within a day", office, "2026-11-23T10:00:00-05:00", "2026-11-23T11:30:00-05:00", "1h30m"},
		{"the same in another zone", office, "2026-11-23T15:00:00Z", "2026-11-23T16:30:00Z", "1h30m"},
		{"before opening", office, "2026-11-23T06:00:00-05:00", "2026-11-23T10:00:00-05:00", "1h"},
		{"after closing", office, "2026-11-23T16:00:00-05:00", "2026-11-23T23:00:00-05:00", "1h"},
		{"all outside", office, "2026-11-23T17:00:00-05:00", "2026-11-24T09:00:00-05:00", "0s"},
		{"the local day, not that of UTC", office, "2026-11-23T23:30:00-05:00", "2026-11-24T10:00:00-05:00", "1h"},
		{"overnight", office, "2026-11-23T16:00:00-05:00", "2026-11-24T10:00:00-05:00", "2h"},
		{"a weekend", office, "2026-11-20T16:30:00-05:00", "2026-11-23T09:30:00-05:00", "1h"},
		{"on a Saturday alone", office, "2026-11-21T09:00:00-05:00", "2026-11-21T17:00:00-05:00", "0s"},
		{"a holiday", office, "2026-11-25T16:00:00-05:00", "2026-11-27T10:00:00-05:00", "2h"},
		{"a year", office, "2026-01-01T00:00:00-05:00", "2027-01-01T00:00:00-05:00", "2072h"}, // 261 weekdays without two holidays
		{"no time", office, "2026-11-23T10:00:00-05:00", "2026-11-23T10:00:00-05:00", "0s"},
		{"backwards", office, "2026-11-24T10:00:00-05:00", "2026-11-23T10:00:00-05:00", "0s"},
		{"backwards within a day", office, "2026-11-23T12:00:00-05:00", "2026-11-23T10:00:00-05:00", "0s"},

		// The clocks of New York go forward on 2026-03-08 and back on 2026-11-01, both at 2 at night.
		{"over the weekend of spring", office, "2026-03-06T16:00:00-05:00", "2026-03-09T10:00:00-04:00", "2h"},
		{"over the weekend of autumn", office, "2026-10-30T16:00:00-04:00", "2026-11-02T10:00:00-05:00", "2h"},
		{"a day of 23 hours", always, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00", "23h"},
		{"a day of 25 hours", always, "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", "25h"},
		{"a shift that loses an hour", nights, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00", "2h"},
		{"a shift that gains an hour", nights, "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", "4h"},
		{"in the hour that comes twice", nights, "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00", "1h"},
		{"always is the clock", always, "2026-03-01T03:04:05Z", "2026-04-01T03:04:05Z", "744h"},
		{"a shift that begins in the hour that is skipped", gap, "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00", "1h"},
		// In Beirut and Santiago the clocks go forward at midnight: the day begins at 1.
		{"a day without midnight, east", beirut, "2026-03-28T12:00:00+02:00", "2026-03-29T12:00:00+03:00", "7h"},
		{"a day without midnight, west", sunday, "2026-09-05T12:00:00-04:00", "2026-09-06T12:00:00-03:00", "7h"},
		{"the day before, to its end", late, "2026-09-05T12:00:00-04:00", "2026-09-06T12:00:00-03:00", "8h"},

		{"without a zone it is UTC", utc, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z", "8h30m"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, err := time.ParseDuration(c.want)
			require.NoError(t, err)
			require.Equal(t, want, parseHours(t, c.hours).Between(at(t, c.from), at(t, c.to)))
		})
	}
}

// Working time is never more than time, and adds up over any moment between.
func FuzzBetween(f *testing.F) {
	f.Add(int64(1_772_900_000), int64(90_000), int64(700_000))
	f.Add(int64(1_793_500_000), int64(3_600), int64(80_000))
	f.Fuzz(func(t *testing.T, start, first, second int64) {
		const year = 366 * 24 * 3600
		from := time.Unix(1_700_000_000+start%(5*year), 0)
		mid := from.Add(time.Duration(max(first%year, 0)) * time.Second)
		to := mid.Add(time.Duration(max(second%year, 0)) * time.Second)
		for _, text := range []string{office, always, nights, gap, beirut, sunday, late, utc} {
			h := parseHours(t, text)
			whole := h.Between(from, to)
			require.Equal(t, whole, h.Between(from, mid)+h.Between(mid, to))
			require.LessOrEqual(t, whole, to.Sub(from))
			require.GreaterOrEqual(t, whole, time.Duration(0))
			if text == always {
				require.Equal(t, to.Sub(from), whole)
			}
		}
	})
}

func TestHoursAreRead(t *testing.T) {
	for text, want := range map[string]string{
		`{time_zone: Mars/Olympus}`: `wants a time zone such as America/New_York, not "Mars/Olympus"`,
		`{time_zone: Local}`:        `wants a time zone such as America/New_York, not "Local"`,
		`{from: "25:00"}`:           `wants a time of day such as "09:00", not "25:00"`,
		`{to: "24:01"}`:             `wants a time of day such as "09:00", not "24:01"`,
		`{days: [Mon]}`:             `wants a day such as Monday, not "Mon"`,
	} {
		require.EqualError(t, yaml.Unmarshal([]byte(text), new(ticket.Hours)), want, text)
	}
}
