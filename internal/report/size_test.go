package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Whatever a report holds, what is written can be read again, and that something is missing is said.
func TestFit(t *testing.T) {
	text := strings.Repeat("<é\n", 1<<18) // 1.25 MiB in JSON: not escaped for HTML, and a line's end is two bytes
	large := func(name string, n int) (all []report.Finding) {
		for i := range n {
			all = append(all, report.Finding{Rule: "vm-behind", Subject: fmt.Sprint(name, i), Severity: report.High, Detail: text})
		}
		return all
	}
	for _, c := range []struct {
		name   string
		change func(*report.Report)
		want   string // of the gap
		kept   int    // findings
	}{
		{"a usual one", func(*report.Report) {}, "", 2},
		{"many findings", func(r *report.Report) { r.Find(large("a", 14)...) }, "+2 findings", 14},
		{"one that is too large by itself", func(r *report.Report) {
			r.Findings = append([]report.Finding{{Rule: "r", Detail: strings.Repeat("x", report.MaxSize)}}, r.Findings...)
		}, "+1 finding", 2},
		{"what is gone goes first", func(r *report.Report) { r.Find(large("a", 3)...); r.Gone = large("b", 11) }, "+2 gone findings", 5},
		{"gaps", func(r *report.Report) {
			for range 14 {
				r.Miss("a", text, "")
			}
		}, "+2 gaps", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := full()
			c.change(r)
			gaps := len(r.Gaps)
			r.Fit()
			back, err := report.Decode(strings.NewReader(encoded(t, r)))
			require.NoError(t, err)
			require.Equal(t, c.kept, len(back.Findings))
			if c.want == "" {
				require.Equal(t, gaps, len(back.Gaps))
				return
			}
			require.Equal(t, "it would be larger than 16 MiB, so these are left out: "+c.want, back.Gaps[len(back.Gaps)-1].Reason)
			require.Equal(t, report.Unknown, back.Status())
		})
	}
}
