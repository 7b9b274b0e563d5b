package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestStatus(t *testing.T) {
	looked := []report.Count{{What: "deployments", Number: 9}, {What: "VMs", Number: 52}}
	of := func(s report.Severity) []report.Finding {
		return []report.Finding{{Rule: "vm-behind", Subject: "production/cf", Severity: s}}
	}
	gap := []report.Gap{{Subject: "production/cf", Reason: "timed out"}}
	for _, c := range []struct {
		name       string
		report     report.Report
		want       report.Status
		unexamined []string
	}{
		{"nothing wrong", report.Report{Examined: looked}, report.Clean, nil},
		{"info", report.Report{Examined: looked, Findings: of(report.Info)}, report.Clean, nil},
		{"warning", report.Report{Examined: looked, Findings: of(report.Warning)}, report.Found, nil},
		{"high", report.Report{Examined: looked, Findings: append(of(report.Info), of(report.High)...)}, report.Found, nil},
		{"a gap", report.Report{Examined: looked, Gaps: gap}, report.Unknown, nil},
		{"a gap beside a finding", report.Report{Examined: looked, Gaps: gap, Findings: of(report.High)}, report.Unknown, nil},
		{"an accepted gap", report.Report{Examined: looked, Accepted: []report.Accepted{{Gap: &gap[0]}}}, report.Clean, nil},
		{"an accepted finding", report.Report{Examined: looked, Accepted: []report.Accepted{{Finding: &of(report.High)[0]}}}, report.Clean, nil},
		{"nothing seen", report.Report{Examined: looked, Seen: []report.Count{{What: "events"}}}, report.Clean, nil},
		{"hidden findings", report.Report{Examined: looked, Hidden: of(report.High)}, report.Clean, nil},
		{"nothing examined", report.Report{}, report.Unknown, []string{"anything"}},
		{"things seen, nothing examined", report.Report{Seen: looked}, report.Unknown, []string{"anything"}},
		{"one zero among many", report.Report{Examined: append([]report.Count{{What: "regions"}}, looked...)}, report.Unknown, []string{"regions"}},
		{"a zero beside a finding", report.Report{Examined: []report.Count{{What: "scans"}}, Findings: of(report.High)}, report.Unknown, []string{"scans"}},
		{"fewer than none", report.Report{Examined: []report.Count{{What: "scans", Number: -1}}}, report.Unknown, []string{"scans"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, c.report.Status())
			require.Equal(t, c.unexamined, c.report.Unexamined())
		})
	}
}

func TestReportGathers(t *testing.T) {
	var r report.Report
	r.Examine("VMs", 52)
	r.See("tickets", 0)
	r.Miss("production/cf", "timed out", "Run it again.")
	r.LeaveOut("orphaned VMs", "need bosh.admin")
	r.Find(report.Finding{Rule: "a"}, report.Finding{Rule: "b", Severity: report.High})
	require.Equal(t, report.Report{
		Examined: []report.Count{{What: "VMs", Number: 52}},
		Seen:     []report.Count{{What: "tickets"}},
		Gaps:     []report.Gap{{Subject: "production/cf", Reason: "timed out", Action: "Run it again."}},
		LeftOut:  []report.LeftOut{{Subject: "orphaned VMs", Reason: "need bosh.admin"}},
		Findings: []report.Finding{{Rule: "a"}, {Rule: "b", Severity: report.High}},
	}, r)
	require.Equal(t, report.High, r.Worst())
}

func TestNowIsTheMomentJudged(t *testing.T) {
	r := report.Report{Started: day(24)}
	require.Equal(t, day(24), r.Now())
	r.AsOf = day(3)
	require.Equal(t, day(3), r.Now())
}
