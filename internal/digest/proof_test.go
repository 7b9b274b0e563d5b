package digest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Who may write to the bucket can leave a report of any build: the present is proved by Concourse's own.
func TestReportWithoutBuild(t *testing.T) {
	friday, today := green(2, "2026-11-20 08:05"), green(3, "2026-11-23 08:05")
	foreign := func(status report.Status, at string) Report { return Report{Build: "99999", Started: moment(at), Status: status} }
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
