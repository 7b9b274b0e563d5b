package render_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestCountsOneInTheSingularAndAShortTimeInWords(t *testing.T) {
	now := time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC)
	r := &report.Report{Check: "tickets", Started: now}
	r.Examine("tickets solved in 30 days", 1)
	r.Examine("boxes", 1)
	r.Find(
		report.Finding{Rule: "new", Since: now.Add(-59 * time.Minute)},
		report.Finding{Rule: "older", Since: now.Add(-time.Hour)},
	)
	var said strings.Builder
	render.Text(&said, r, false)
	require.Contains(t, said.String(), "Looked at 1 ticket solved in 30 days, 1 box.")
	require.Contains(t, said.String(), "since 2026-08-24 (less than 1 h)")
	require.Contains(t, said.String(), "since 2026-08-24 (1 h)")
}
