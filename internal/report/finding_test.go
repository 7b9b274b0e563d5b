package report_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestSort(t *testing.T) {
	want := []report.Finding{
		{Subject: "b", Rule: "a", Severity: report.High},
		{Subject: "a", Rule: "a", Severity: report.Warning},
		{Subject: "a", Rule: "b", Severity: report.Warning, Summary: "first of two alike"},
		{Subject: "a", Rule: "b", Severity: report.Warning, Summary: "second of two alike"},
		{Subject: "b", Rule: "a", Severity: report.Warning},
		{Subject: "a", Rule: "a", Severity: report.Info},
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 2, 3, 1, 0}, {2, 5, 0, 3, 4, 1}} {
		var got []report.Finding
		for _, i := range order {
			got = append(got, want[i])
		}
		report.Sort(got)
		require.Equal(t, want, got, "from the order %v", order)
	}
}

func TestSeverityAsText(t *testing.T) {
	for s, word := range map[report.Severity]string{report.Info: "info", report.Warning: "warning", report.High: "high"} {
		text, err := s.MarshalText()
		require.NoError(t, err)
		require.Equal(t, word, string(text))
		require.Equal(t, word, s.String())
		var back report.Severity
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, s, back)
	}
	for _, s := range []report.Severity{-1, 3} {
		_, err := s.MarshalText()
		require.ErrorContains(t, err, "has no word")
		require.Contains(t, s.String(), "severity(")
	}
	for _, word := range []string{"", "HIGH", "critical"} {
		require.EqualError(t, new(report.Severity).UnmarshalText([]byte(word)), `severity "`+word+`" is none of info, warning, high`)
	}
}

func TestSeveritiesAreOrdered(t *testing.T) {
	require.True(t, slices.IsSorted([]report.Severity{report.Info, report.Warning, report.High}))
}
