package digest

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Who may write to the bucket can leave a report of any build: the present is proved by Concourse's own.
func TestReportWithoutBuild(t *testing.T) {
	friday, today := green(2, "2026-11-20 08:05"), green(3, "2026-11-23 08:05")
	foreign := func(status report.Status, at string) Report {
		return Report{Build: "99999", Started: moment(at), Status: status}
	}
	for _, c := range []struct {
		name   string
		builds []Build
		report Report
		want   State
	}{
		{"beside Friday's build", []Build{friday}, foreign(report.Clean, "2026-11-23 08:06"), Missed},
		{"beside a red build of today", []Build{friday, red(3, "2026-11-23 08:05", Failed)}, foreign(report.Clean, "2026-11-23 08:06"), Unknown},
		{"beside a green build of today", []Build{friday, today}, foreign(report.Found, "2026-11-23 08:06"), Clean},
		{"alone", nil, foreign(report.Clean, "2026-11-23 08:06"), Unknown},
		{"alone, and it found", nil, foreign(report.Found, "2026-11-23 08:06"), Found},
		{"alone, of before", nil, foreign(report.Clean, "2026-11-20 08:06"), Missed},
		{"of the year 2100", []Build{friday}, foreign(report.Clean, "2100-01-01 08:06"), Missed},
		{"of the year 2100, alone", nil, foreign(report.Clean, "2100-01-01 08:06"), Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := facts(c.builds...)
			f.box().Reports = append(f.box().Reports, c.report)
			for i, r := range f.box().Reports {
				if r.Build == "3" && c.builds[len(c.builds)-1].Status != Succeeded {
					f.box().Reports[i].Status = report.Unknown
				}
			}
			s := f.Standings(*DefaultPolicy(), now, strange)
			require.Equal(t, c.want, s[0].State, s[0].Words)
			p := *DefaultPolicy()
			cells := f.Grid(p, now.Add(time.Hour), s).Rows[0].Cells
			require.Equal(t, c.want == Clean, cells[len(cells)-1].State == Clean, "today on the page")
		})
	}
}

// A report is a build's only if it was begun while the build ran.
func TestLeft(t *testing.T) {
	f := facts(green(2, "2026-11-20 08:05"), green(3, "2026-11-23 08:05"), Build{ID: 4, Status: Started, Started: moment("2026-11-23 09:00")})
	for at, want := range map[string]bool{
		"2026-11-23 08:05": true, "2026-11-23 08:00": true, "2026-11-23 07:59": false, "2026-11-23 08:12": true, "2026-11-23 08:13": false, "2026-11-13 08:05": false,
	} {
		require.Equal(t, want, f.box().Left(Report{Build: "3", Started: moment(at)}) != nil, at)
	}
	require.Nil(t, f.box().Left(Report{Build: "", Started: moment("2026-11-23 08:05")}))
	require.NotNil(t, f.box().Left(Report{Build: "4", Started: moment("2026-11-23 11:00")}), "it still runs")

	f = facts(green(2, "2026-11-20 08:05"), green(3, "2026-11-23 08:05"))
	f.box().Reports[1].Started = moment("2026-11-21 08:05")
	s := f.Standings(*DefaultPolicy(), now, strange)[0]
	require.Equal(t, Unknown, s.State)
	require.Equal(t, "is green and left no report, build #3", s.Words)
}

// Of several reports of one build the worst stands, in whatever order they come.
func TestWorstReport(t *testing.T) {
	clean := report.Report{Examined: []report.Count{{What: "users", Number: 1}}}
	found, blind := clean, clean
	found.Find(report.Finding{Severity: report.High})
	blind.Miss("iam", "403 Forbidden", "")
	for _, order := range [][]*report.Report{{&clean, &found, &blind}, {&blind, &found, &clean}, {&found, &blind, &clean}} {
		f := facts(red(3, "2026-11-23 08:05", Failed))
		f.box().Reports = nil
		for _, r := range order {
			f.box().Read(Report{Build: "3", Started: moment("2026-11-23 08:06")}, r)
		}
		require.Equal(t, Unknown, f.Standings(*DefaultPolicy(), now, strange)[0].State)
		require.Equal(t, report.Unknown, f.box().Latest.Status)
		require.Equal(t, "iam: 403 Forbidden", f.box().Latest.First)
	}
}

// What begins after now was told by a clock that is wrong, and would be green for ever.
func TestFuture(t *testing.T) {
	for at, want := range map[string]State{"2026-11-23 10:05": Clean, "2026-11-23 10:06": Unknown, "2100-01-01 00:00": Unknown} {
		f := facts(green(2, "2026-11-20 08:05"), green(3, at))
		s := f.Standings(*DefaultPolicy(), now, strange)[0]
		require.Equal(t, want, s.State, at)
		if want == Unknown {
			require.Equal(t, "is of the future: a clock is wrong, build #3", s.Words)
		}
	}
	f := facts(Build{ID: 3, Name: "3", Status: Started, Started: moment("2100-01-01 00:00")})
	require.Equal(t, Unknown, f.Standings(*DefaultPolicy(), now, strange)[0].State)
}

// The rerun of an older build looks with the inputs of then: the newest original decides, as Concourse itself sorts them.
func TestRerun(t *testing.T) {
	rerun := func(id int, name, at string, of int) Build {
		b := green(id, at)
		b.Name, b.RerunOf = name, of
		return b
	}
	friday, today := green(4, "2026-11-20 08:05"), red(12, "2026-11-23 08:05", Failed)
	for _, c := range []struct {
		name   string
		builds []Build
		want   State
		words  string
	}{
		{"an older one, after a red build", []Build{friday, today, rerun(50, "4.1", "2026-11-23 09:30", 4)}, Found, "build #12; #4.1, succeeded, repeats an older build and does not count"},
		{"an older one, and none of today", []Build{friday, green(5, "2026-11-20 09:05"), rerun(50, "4.1", "2026-11-23 09:30", 4)}, Missed,
			"not since its morning began, Mon 2026-11-23 08:00 EST; the last time was 3 days ago; #4.1, succeeded, repeats an older build and does not count"},
		{"the newest one", []Build{friday, today, rerun(50, "12.1", "2026-11-23 09:30", 12)}, Clean, "build #12.1"},
		{"the newest one, of Friday", []Build{friday, rerun(50, "4.1", "2026-11-23 09:30", 4)}, Clean, "build #4.1"},
		{"an older one, last week", []Build{friday, green(5, "2026-11-20 09:05"), rerun(8, "4.1", "2026-11-20 11:00", 4), green(12, "2026-11-23 08:05")}, Clean, "build #12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := facts(c.builds...)
			for i, r := range f.box().Reports {
				if r.Build == "12" && f.box().Builds[1].Status == Failed {
					f.box().Reports[i].Status = report.Found
				}
			}
			s := f.Standings(*DefaultPolicy(), now, strange)
			require.Equal(t, c.want, s[0].State)
			require.Equal(t, c.words, s[0].Words)
			cells := f.Grid(*DefaultPolicy(), now, s).Rows[0].Cells
			require.Equal(t, c.want, cells[len(cells)-1].State, "today on the page")
		})
	}
}

// Green alone is not clean where reports are kept, and this one could not be read.
func TestGreenUnread(t *testing.T) {
	f := facts(green(3, "2026-11-23 08:05"))
	f.box().Reports, f.box().Unkept = nil, true
	s := f.Standings(*DefaultPolicy(), now, strange)[0]
	require.Equal(t, Unknown, s.State)
	require.Equal(t, "is green, its report could not be read, build #3", s.Words)
}

// A pipeline without the line's job asks nothing, whatever a report says.
func TestNoJob(t *testing.T) {
	f := facts()
	f.box().Job = nil
	f.box().Reports = []Report{{Build: "9", Started: moment("2026-11-23 08:05"), Status: report.Found}}
	s := f.Standings(*DefaultPolicy(), now, strange)[0]
	require.Equal(t, Missed, s.State)
	require.Equal(t, "there is no job mfa", s.Words)
	found := judged(f, *DefaultPolicy(), now, strange)
	require.True(t, slices.ContainsFunc(found, func(f report.Finding) bool { return f.Rule == "job-missing" }))
}
