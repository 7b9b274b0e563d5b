package rotation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// team is three people whose weeks begin on Tuesdays at 16:30.
const team = `
first: 2026-10-06
people:
- {name: Jane Doe, slack: U0JANE}
- {name: Sam Roe, slack: sam@example.gov}
- {name: Kim Poe, slack: U0KIM}
slack: {channel: C0PLATFORM}
`

func read(t testing.TB, text string) *Schedule {
	t.Helper()
	s := DefaultSchedule()
	require.NoError(t, strict.YAML([]byte(text), s))
	require.Empty(t, s.Problems())
	return s
}

// at is a moment by the clocks of a zone.
func at(t testing.TB, s *Schedule, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, s.Zone.Location())
	require.NoError(t, err)
	return moment
}

func TestWhoIsOnSupport(t *testing.T) {
	for _, c := range []struct {
		name, more string
		want       map[string]string // by moment
	}{
		{"in order, from the sync on", "", map[string]string{
			"2026-10-06 16:29": "", "2026-10-06 16:30": "Jane Doe", "2026-10-13 16:29": "Jane Doe", "2026-10-13 16:30": "Sam Roe",
			"2026-10-20 16:30": "Kim Poe", "2026-10-27 16:30": "Jane Doe",
		}},
		{"over the end of summer time, 2026-11-01", "", map[string]string{
			"2026-11-01 01:30": "Jane Doe", "2026-11-03 16:29": "Jane Doe", "2026-11-03 16:30": "Sam Roe",
		}},
		{"over its begin, 2027-03-14", "", map[string]string{
			"2027-03-09 16:30": "Sam Roe", "2027-03-14 03:30": "Sam Roe", "2027-03-16 16:29": "Sam Roe", "2027-03-16 16:30": "Kim Poe",
		}},
		{"over the year's end", "", map[string]string{
			"2026-12-29 16:30": "Jane Doe", "2027-01-01 00:00": "Jane Doe", "2027-01-05 16:29": "Jane Doe", "2027-01-05 16:30": "Sam Roe",
		}},
		{"over a leap day", "", map[string]string{
			"2028-02-22 16:30": "Jane Doe", "2028-02-29 16:29": "Jane Doe", "2028-02-29 16:30": "Sam Roe", "2028-03-07 16:29": "Sam Roe",
		}},
		{"an absence for some days moves nobody's week",
			"absences: [{who: Jane Doe, from: 2026-10-08, until: 2026-10-09}]", map[string]string{
				"2026-10-07 23:59": "Jane Doe", "2026-10-08 00:00": "Sam Roe", "2026-10-09 23:59": "Sam Roe", "2026-10-10 00:00": "Jane Doe", "2026-10-13 16:30": "Sam Roe",
			}},
		{"who is absent, and the next one too, is skipped",
			"absences: [{who: Jane Doe, from: 2026-10-06, until: 2026-10-13}, {who: Sam Roe, date: 2026-10-07}]", map[string]string{
				"2026-10-06 16:30": "Sam Roe", "2026-10-07 12:00": "Kim Poe", "2026-10-08 12:00": "Sam Roe",
			}},
		{"a swap is two overrides, each from sync to sync",
			"overrides: [{who: Sam Roe, from: 2026-10-06, until: 2026-10-13}, {who: Jane Doe, from: 2026-10-13, until: 2026-10-20}]", map[string]string{
				"2026-10-06 16:29": "", "2026-10-06 16:30": "Sam Roe", "2026-10-13 16:29": "Sam Roe", "2026-10-13 16:30": "Jane Doe", "2026-10-20 16:29": "Jane Doe", "2026-10-20 16:30": "Kim Poe",
			}},
		{"other overrides are by whole days, a single one of a Tuesday too",
			"overrides: [{who: Kim Poe, date: 2026-10-13}, {who: Sam Roe, from: 2026-10-09, until: 2026-10-10}]", map[string]string{
				"2026-10-08 23:59": "Jane Doe", "2026-10-09 00:00": "Sam Roe", "2026-10-10 23:59": "Sam Roe", "2026-10-11 00:00": "Jane Doe",
				"2026-10-12 23:59": "Jane Doe", "2026-10-13 00:00": "Kim Poe", "2026-10-13 23:59": "Kim Poe", "2026-10-14 00:00": "Sam Roe",
			}},
		{"an override counts before the first week", "overrides: [{who: Kim Poe, date: 2026-10-01}]", map[string]string{
			"2026-09-30 23:59": "", "2026-10-01 00:00": "Kim Poe", "2026-10-02 00:00": "",
		}},
		{"all are absent", "absences: [{who: Jane Doe, date: 2026-10-08}, {who: Sam Roe, date: 2026-10-08}, {who: Kim Poe, date: 2026-10-08}]", map[string]string{
			"2026-10-07 23:59": "Jane Doe", "2026-10-08 00:00": "", "2026-10-08 23:59": "", "2026-10-09 00:00": "Jane Doe",
		}},
		{"in another zone", "time_zone: Asia/Tokyo\nweek: {starts: Tuesday, at: \"00:00\"}", map[string]string{
			"2026-10-06 00:00": "Jane Doe", "2026-10-12 23:59": "Jane Doe", "2026-10-13 00:00": "Sam Roe",
		}},
	} {
		s := read(t, team+c.more)
		for moment, who := range c.want {
			require.Equal(t, who, s.At(at(t, s, moment)).Who, "%s, %s", c.name, moment)
		}
	}
}

func TestShift(t *testing.T) {
	s := read(t, team+"overrides: [{who: Kim Poe, from: 2026-10-08, until: 2026-10-09}]")
	shift := s.At(at(t, s, "2026-10-08 12:00"))
	require.Equal(t, Shift{"Kim Poe", at(t, s, "2026-10-08 00:00"), at(t, s, "2026-10-10 00:00")}, shift)
	require.Equal(t, "Support: Kim Poe until Fri 2026-10-09", part(shift))
	require.Equal(t, "Jane Doe", s.Before(shift))
	require.True(t, s.HandsOver(shift))
	require.Equal(t, "Support: Jane Doe until Tue 2026-10-13", part(s.At(shift.Until)))

	first := s.At(at(t, s, "2026-10-06 17:00"))
	require.Empty(t, s.Before(first))
	require.True(t, s.HandsOver(first), "somebody begins")
	alone := read(t, "first: 2026-10-06\npeople: [{name: Jane Doe, slack: U0JANE}]\nslack: {channel: C0PLATFORM}")
	require.False(t, alone.HandsOver(alone.At(at(t, alone, "2026-11-25 12:00"))), "nobody takes over from themselves")
	require.Equal(t, 7*24*time.Hour+time.Hour, duration(s.At(at(t, s, "2026-11-01 12:00"))), "the week in which summer time ends")
}

func duration(s Shift) time.Duration { return s.Until.Sub(s.From) }

// FuzzShifts: whatever the file, time is covered without a hole or an overlap, by one person who is there, or nobody is.
func FuzzShifts(f *testing.F) {
	f.Add(uint8(3), uint8(2), uint8(0), int64(1_800_000_000), uint16(3), uint16(9), uint16(4), uint16(6), uint8(1))
	f.Add(uint8(1), uint8(0), uint8(23), int64(1_325_203_200), uint16(0), uint16(700), uint16(0), uint16(0), uint8(0)) // Samoa leaves a day out
	f.Add(uint8(7), uint8(6), uint8(2), int64(1_540_000_000), uint16(9), uint16(1), uint16(20), uint16(21), uint8(3))
	zones := []string{"America/New_York", "Pacific/Apia", "America/Sao_Paulo", "Asia/Beirut", "UTC", "Australia/Lord_Howe"}
	f.Fuzz(func(t *testing.T, people, weekday, hour uint8, now int64, a1, a2, o1, o2 uint16, zone uint8) {
		now = min(max(now, -2_000_000_000), 4_000_000_000)
		first := time.Unix(now, 0).UTC().AddDate(0, 0, -40)
		first = first.AddDate(0, 0, -(int(first.Weekday())-int(weekday%7)+7)%7)
		text := fmt.Sprintf("time_zone: %s\nweek: {starts: %s, at: \"%02d:30\"}\nfirst: %s\nslack: {channel: C0PLATFORM}\npeople:\n",
			zones[int(zone)%len(zones)], time.Weekday(weekday%7), hour%24, first.Format(time.DateOnly))
		for i := range people%9 + 1 {
			text += fmt.Sprintf("- {name: P%d, slack: U0P%d}\n", i, i)
		}
		days := func(from, until uint16) string {
			return "from: " + first.AddDate(0, 0, int(min(from, until)%90)).Format(time.DateOnly) + ", until: " + first.AddDate(0, 0, int(max(from, until))).Format(time.DateOnly)
		}
		text += "absences: [{who: P0, " + days(a1, a2) + "}]\n"
		if people%9 > 0 {
			text += "overrides: [{who: P1, " + days(o1, o2) + "}]\n"
		}
		s := read(t, text)
		moment := time.Unix(now, 0)
		end := s.week(moment)[0].From
		require.False(t, end.After(moment))
		for _, week := range s.Weeks(moment, 12) {
			require.NotEmpty(t, week)
			for _, shift := range week {
				require.True(t, shift.From.Equal(end), "a hole or an overlap at %s", end)
				require.True(t, shift.Until.After(shift.From))
				end = shift.Until
				for _, moment := range []time.Time{shift.From, shift.Until.Add(-1)} {
					require.Equal(t, shift, s.At(moment), "the same at every moment of it")
					holds(t, s, shift.Who, moment)
				}
			}
		}
	})
}

// holds wants that who is on support at a moment may be.
func holds(t *testing.T, s *Schedule, who string, moment time.Time) {
	for _, o := range s.Overrides {
		if s.booked(o).contains(moment) {
			require.Equal(t, o.Who, who)
			return
		}
	}
	day := civil(moment.In(s.Zone.Location()))
	if who != "" {
		require.False(t, s.absent(who, day), "%s is absent on %s", who, day)
		return
	}
	for _, p := range s.People {
		require.True(t, s.absent(p.Name, day) || day.Before(s.First.Start().AddDate(0, 0, 1)), "nobody is on support on %s, and %s is there", day, p.Name)
	}
}

// FuzzSchedule: no file breaks the program, and one without problems can be judged.
func FuzzSchedule(f *testing.F) {
	f.Add(team)
	f.Add(team + "overrides: [{who: Jane Doe, date: 0001-01-01}]\nabsences: [{who: Sam Roe, from: 2026-01-01, until: 9999-12-31}]\nmeeting: Tuesday")
	f.Add("people: [{name: \"a|b\"}]")
	f.Fuzz(func(t *testing.T, text string) {
		s := DefaultSchedule()
		if strict.YAML([]byte(text), s) != nil || len(s.Problems()) > 0 {
			return
		}
		now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		for _, f := range s.Judge("team", 8, now) {
			require.NotEmpty(t, f.Summary)
			require.NotEmpty(t, f.Action)
		}
		shift := s.At(now)
		require.LessOrEqual(t, len(shift.Who), 4*longestName)
		require.False(t, strings.ContainsAny(shift.Who, "|<>&\n"))
		if shift.Who != "" {
			require.True(t, s.produced(part(shift)), part(shift))
			require.True(t, Channel{Topic: with("", nil, part(shift))}.says(part(shift)), part(shift))
		}
	})
}
