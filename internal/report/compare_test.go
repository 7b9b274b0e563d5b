package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// morning is what a run sees before it is compared.
type morning struct {
	found  []string // subjects
	gaps   []string
	accept []report.Exception
	zero   bool // examined nothing

	want map[string]string // subject -> where it ends up and since when
}

// TestCompare runs several mornings, each compared with the one before.
func TestCompare(t *testing.T) {
	accepted := []report.Exception{exception("vm-behind", "cf")}
	known := []report.Exception{exception("gap", "cf")}
	for name, mornings := range map[string][]morning{
		"carried over several days": {
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
			{found: []string{"cf", "uaa"}, want: map[string]string{"cf": "found since 1", "uaa": "found new"}},
			{found: []string{"cf", "uaa"}, want: map[string]string{"cf": "found since 1", "uaa": "found since 2"}},
		},
		"gone, and new when it comes back": {
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
			{want: map[string]string{"cf": "gone since 1"}},
			{want: map[string]string{}},
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
		},
		"over days with gaps": {
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
			{gaps: []string{"director"}, want: map[string]string{"cf": "hidden since 1"}},
			{gaps: []string{"director"}, want: map[string]string{"cf": "hidden since 1"}},
			{found: []string{"cf"}, want: map[string]string{"cf": "found since 1"}},
		},
		"gone after a day with gaps": {
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
			{gaps: []string{"director"}, want: map[string]string{"cf": "hidden since 1"}},
			{want: map[string]string{"cf": "gone since 1"}},
		},
		"over a day on which nothing was examined": {
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
			{zero: true, want: map[string]string{"cf": "hidden since 1"}},
			{found: []string{"cf"}, want: map[string]string{"cf": "found since 1"}},
		},
		"over an acceptance": {
			{found: []string{"cf"}, want: map[string]string{"cf": "found new"}},
			{found: []string{"cf"}, accept: accepted, want: map[string]string{"cf": "accepted since 1"}},
			{found: []string{"cf"}, want: map[string]string{"cf": "found since 1"}},
		},
		"gone while accepted": {
			{found: []string{"cf"}, accept: accepted, want: map[string]string{"cf": "accepted new"}},
			{want: map[string]string{"cf": "gone since 1"}},
		},
		"behind an accepted gap of its own place": {
			{found: []string{"cf", "cf/router", "cfx"}, want: map[string]string{"cf": "found new", "cf/router": "found new", "cfx": "found new"}},
			{gaps: []string{"cf"}, accept: known, want: map[string]string{"cf": "hidden since 1", "cf/router": "hidden since 1", "cfx": "gone since 1"}},
			{found: []string{"cf"}, want: map[string]string{"cf": "found since 1", "cf/router": "gone since 1"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var previous *report.Report
			for i, m := range mornings {
				r := m.run(day(i + 1))
				if previous != nil {
					r.Compare(previous)
					require.Equal(t, previous.Started, r.Previous)
				}
				require.Equal(t, m.want, standing(r), "morning %d", i+1)
				previous = r
			}
		})
	}
}

func (m morning) run(now time.Time) *report.Report {
	r := &report.Report{Started: now}
	if !m.zero {
		r.Examine("VMs", 1)
	}
	for _, subject := range m.found {
		r.Find(report.Finding{Rule: "vm-behind", Subject: subject, Severity: report.Warning})
	}
	for _, subject := range m.gaps {
		r.Miss(subject, "timed out", "")
	}
	r.Accept(m.accept)
	return r
}

// standing tells of each finding where it is and since when.
func standing(r *report.Report) map[string]string {
	all := map[string]string{}
	tell := func(place string, f report.Finding) {
		if f.Since.IsZero() {
			all[f.Subject] = place + " new"
		} else {
			all[f.Subject] = place + f.Since.Format(" since 2")
		}
	}
	for _, f := range r.Findings {
		tell("found", f)
	}
	for _, f := range r.Gone {
		tell("gone", f)
	}
	for _, f := range r.Hidden {
		tell("hidden", f)
	}
	for _, a := range r.Accepted {
		if a.Finding != nil {
			tell("accepted", *a.Finding)
		}
	}
	return all
}

func TestCompareLeavesADateOfTheJudgementAlone(t *testing.T) {
	login := report.Finding{Rule: "login-not-a-person", Subject: "event", Since: day(3)}
	before := &report.Report{Started: day(5), Findings: []report.Finding{{Rule: login.Rule, Subject: login.Subject, Since: day(4)}}}
	r := &report.Report{Started: day(6), Findings: []report.Finding{login}}
	r.Compare(before)
	require.Equal(t, []report.Finding{login}, r.Findings)
}

func TestCompareSortsWhatIsGone(t *testing.T) {
	mild := report.Finding{Rule: "r", Subject: "a", Severity: report.Info, Since: day(1)}
	bad := report.Finding{Rule: "r", Subject: "b", Severity: report.High, Since: day(1)}
	r := &report.Report{Started: day(2), Examined: []report.Count{{What: "VMs", Number: 1}}}
	r.Compare(&report.Report{Started: day(1), Findings: []report.Finding{mild, bad}})
	require.Equal(t, []report.Finding{bad, mild}, r.Gone)
}

// A replayed day may be given today's report as its previous one.
func TestCompareWithALaterReport(t *testing.T) {
	r := &report.Report{Started: day(24), AsOf: day(3), Findings: []report.Finding{behind}}
	r.Compare(&report.Report{Started: day(24), Findings: []report.Finding{behind, ignore}})
	require.Equal(t, []report.Finding{behind}, r.Findings)
	require.Empty(t, r.Gone)
	require.Zero(t, r.Previous)
}

// A replay is dated by the day that it judged.
func TestCompareWithAReplay(t *testing.T) {
	r := &report.Report{Started: day(24), Findings: []report.Finding{behind}}
	r.Compare(&report.Report{Started: day(23), AsOf: day(3), Findings: []report.Finding{behind}})
	require.Equal(t, day(3), r.Findings[0].Since)
}

// The dates are those of all that a report stands by; what it saw first, since itself.
func TestDates(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.UTC) }
	found := func(subject string, since time.Time) report.Finding {
		return report.Finding{Rule: "vm-behind", Subject: subject, Since: since}
	}
	accepted := found("accepted", day(3))
	r := report.Report{
		Started: day(20), Findings: []report.Finding{found("new", time.Time{}), found("old", day(1))},
		Accepted: []report.Accepted{{Finding: &accepted}}, Hidden: []report.Finding{found("hidden", day(2))}, Gone: []report.Finding{found("gone", day(4))},
	}
	require.Equal(t, map[string]time.Time{
		"vm-behind new": day(20), "vm-behind old": day(1), "vm-behind accepted": day(3), "vm-behind hidden": day(2),
	}, r.Dates())
}
