package digest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// week is how the box stands on the seven days to Tuesday, 2026-11-24.
func week(t *testing.T, f Facts) []Cell {
	t.Helper()
	p, now := *DefaultPolicy(), moment("2026-11-24 10:00")
	p.Days = 7
	g := f.Grid(p, now, f.Standings(p, now, strange))
	require.Equal(t, []string{"2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"}, g.Days)
	require.Equal(t, "America/New_York", g.Zone)
	require.Len(t, g.Rows, len(f.Boxes))
	return g.Rows[0].Cells
}

func cell(day string, state State, runs int, id int, note string) Cell {
	c := Cell{Day: "2026-11-" + day, State: state, Runs: runs, Note: note}
	if id > 0 {
		c.Link = fmt.Sprintf("https://ci/mfa/%d", id)
	}
	return c
}

func TestGridWeek(t *testing.T) {
	builds := []Build{
		green(10, "2026-11-19 08:05"),
		red(11, "2026-11-20 08:05", Failed), green(12, "2026-11-20 11:00"), // found, then mended
		red(13, "2026-11-22 20:00", Errored), // on a Sunday, by hand
		red(14, "2026-11-24 08:05", Failed), green(15, "2026-11-24 09:00"), red(16, "2026-11-24 09:30", Aborted),
	}
	f := facts(builds...)
	f.box().Reports = append(left("", builds[0], builds[2], builds[5]), left(report.Found, builds[1], builds[4])...)
	require.Equal(t, []Cell{
		cell("18", Idle, 0, 0, "not there yet"),
		cell("19", Clean, 1, 10, "build #10"),
		cell("20", Clean, 2, 12, "earlier that day found; build #12"),
		cell("21", Idle, 0, 0, "had not to run"),
		cell("22", Unknown, 1, 13, "errored and left no report, build #13"),
		cell("23", Missed, 0, 0, "did not run"),
		cell("24", Unknown, 3, 16, "earlier that day found; aborted and left no report, build #16"),
	}, week(t, f))
}

// Of a build that Concourse forgot the report is left, and stands for its day.
func TestGridFromReportsAlone(t *testing.T) {
	f := facts(green(20, "2026-11-24 08:05"))
	old := green(9, "2026-11-19 08:05")
	f.box().Reports = append(f.box().Reports, left(report.Found, old)...)
	f.box().Reports = append(f.box().Reports, Report{Build: "10", Started: moment("2026-11-20 08:05")})
	got := week(t, f)
	require.Equal(t, cell("19", Found, 1, 0, "of its build only the report is left"), got[1])
	require.Equal(t, Unknown, got[2].State, "a report whose status nobody knows is not clean")
	require.Equal(t, Missed, got[5].State)
	require.Equal(t, Clean, got[6].State)
}

func TestGridOfWhatIsNotThere(t *testing.T) {
	never := facts()
	require.Equal(t, Missed, week(t, never)[6].State)
	require.Equal(t, Idle, week(t, never)[5].State, "nobody knows whether it was there")
	unread := facts()
	unread.box().Unread = true
	for _, c := range week(t, unread) {
		require.Equal(t, Unknown, c.State)
	}
	weekly := facts(green(5, "2026-11-16 08:05"), green(6, "2026-11-23 08:05"))
	weekly.box().Morning.Days = weekdays[:1]
	got := week(t, weekly)
	require.Equal(t, Clean, got[5].State)
	require.Equal(t, Idle, got[6].State)
	running := facts(Build{ID: 7, Name: "7", Status: Started, Started: moment("2026-11-24 09:00")})
	require.Equal(t, Running, week(t, running)[6].State)
}

// A morning that goes past midnight is of the day on which it began.
func TestGridPastMidnight(t *testing.T) {
	f := facts(green(5, "2026-11-18 00:30"), green(6, "2026-11-24 00:30"), green(7, "2026-11-24 02:00"))
	f.box().Morning = window("11 PM", "1 AM", weekdays...)
	got := week(t, f)
	require.Equal(t, cell("23", Clean, 1, 6, "build #6"), got[5])
	require.Equal(t, cell("24", Clean, 1, 7, "build #7"), got[6])
}

// The day on which clocks change has one column and its own morning.
func TestGridClocksChange(t *testing.T) {
	f := facts(green(5, "2026-10-31 08:00"), green(6, "2026-11-01 08:00"), green(7, "2026-11-02 08:00"))
	f.box().Morning = window("8 AM", "9 AM")
	p := *DefaultPolicy()
	p.Days = 3
	now := moment("2026-11-02 10:00")
	g := f.Grid(p, now, f.Standings(p, now, strange))
	require.Equal(t, []string{"2026-10-31", "2026-11-01", "2026-11-02"}, g.Days)
	for _, c := range g.Rows[0].Cells {
		require.Equal(t, Clean, c.State, c.Day)
		require.Equal(t, 1, c.Runs)
	}
}

// FuzzMarkdown: a text from outside stays on its line, in its column, and is no markup.
func FuzzMarkdown(f *testing.F) {
	f.Add("jane", "https://ci/x")
	f.Add("a|b\n| c [x](y) <b>", "https://ci/x>|\n(y)")
	f.Add("0", "\x1b")
	f.Add("\x1b[31m\u202e`", "javascript:alert(1)")
	f.Fuzz(func(t *testing.T, text, to string) {
		facts := facts(Build{ID: 3, Name: text, Link: to, Status: Succeeded, Started: now, By: text})
		facts.box().Link = to
		at := now.Add(time.Hour)
		standings := facts.Standings(*DefaultPolicy(), at, strange)
		g := facts.Grid(*DefaultPolicy(), at, standings)
		g.Findings = judged(facts, *DefaultPolicy(), at, strange)
		got := Markdown(g, standings)
		clean := facts
		clean.Boxes = []Box{facts.Boxes[0]}
		clean.Boxes[0].Link, clean.Boxes[0].Builds = "", []Build{{ID: 3, Name: "x", Status: Succeeded, Started: now, By: "x"}}
		standings = clean.Standings(*DefaultPolicy(), at, strange)
		h := clean.Grid(*DefaultPolicy(), at, standings)
		h.Findings = judged(clean, *DefaultPolicy(), at, strange)
		want := Markdown(h, standings)
		require.Equal(t, lines(want), lines(got), got)
		require.NotContains(t, got, "\x1b")
	})
}

// lines counts lines and the borders of columns.
func lines(markdown string) (count [2]int) {
	escaped := false
	for _, r := range markdown {
		switch {
		case r == '\n':
			count[0]++
		case r == '|' && !escaped:
			count[1]++
		}
		escaped = r == '\\' && !escaped
	}
	return count
}
