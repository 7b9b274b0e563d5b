package rotation

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name, more, now string
		want            []report.Finding
	}{
		{"a plain order", "", "2026-11-23 09:00", nil},
		{"nobody now, and later", `absences:
- {who: Jane Doe, from: 2026-11-23, until: 2026-11-23}
- {who: Sam Roe, from: 2026-11-20, until: 2026-11-23}
- {who: Kim Poe, date: 2026-11-23}
- {who: Jane Doe, date: 2026-12-25}
- {who: Sam Roe, date: 2026-12-25}
- {who: Kim Poe, date: 2026-12-25}
`, "2026-11-23 09:00", []report.Finding{
			{
				Rule: "nobody-on-support", Subject: "team/2026-11-23", Severity: report.High,
				Summary: "nobody is on support from Mon 2026-11-23 00:00 EST until Tue 2026-11-24 00:00 EST",
				Detail:  "everybody is absent: Jane Doe from 2026-11-23 until 2026-11-23; Sam Roe from 2026-11-20 until 2026-11-23; Kim Poe on 2026-11-23",
				Action:  "Add an override for somebody who is there, or correct absences.",
			},
			{
				Rule: "nobody-on-support", Subject: "team/2026-12-25", Severity: report.Warning,
				Summary: "nobody is on support from Fri 2026-12-25 00:00 EST until Sat 2026-12-26 00:00 EST",
				Detail:  "everybody is absent: Jane Doe on 2026-12-25; Sam Roe on 2026-12-25; Kim Poe on 2026-12-25",
				Action:  "Add an override for somebody who is there, or correct absences.",
			},
		}},
		{"nobody on the day on which support changes hands", `absences:
- {who: Jane Doe, date: 2026-12-08}
- {who: Sam Roe, date: 2026-12-08}
- {who: Kim Poe, from: 2026-12-07, until: 2026-12-08}
- {who: Jane Doe, date: 2026-12-09}
`, "2026-11-23 09:00", []report.Finding{{
			Rule: "nobody-on-support", Subject: "team/2026-12-08", Severity: report.Warning,
			Summary: "nobody is on support from Tue 2026-12-08 00:00 EST until Wed 2026-12-09 00:00 EST",
			Detail:  "everybody is absent: Jane Doe on 2026-12-08; Sam Roe on 2026-12-08; Kim Poe from 2026-12-07 until 2026-12-08",
			Action:  "Add an override for somebody who is there, or correct absences.",
		}}},
		{"not begun", "", "2026-10-06 09:00", []report.Finding{{
			Rule: "nobody-on-support", Subject: "team/2026-09-29", Severity: report.High,
			Summary: "nobody is on support from Tue 2026-09-29 16:30 EDT until Tue 2026-10-06 16:30 EDT", Detail: "the schedule begins on 2026-10-06",
			Action: "Set first to the start of this week, and begin people with who is on support now.",
		}}},
		{"somebody's two weeks", "absences: [{who: Kim Poe, from: 2026-12-01, until: 2026-12-08}]", "2026-11-23 09:00", []report.Finding{{
			Rule: "same-person-two-weeks", Subject: "team/2026-12-01", Severity: report.Warning,
			Summary: "Jane Doe is on support for 2 weeks running, from Tue 2026-12-01 until Tue 2026-12-15",
			Action:  "Have somebody swap with them and write the swap as overrides, or accept it as an exception.",
		}}},
		{"a day in another's week is no week", "overrides: [{who: Jane Doe, date: 2026-12-03}]", "2026-11-23 09:00", nil},
		{"turns that are over", `overrides: [{who: Sam Roe, date: 2026-11-08}, {who: Kim Poe, date: 2026-11-09}]
absences: [{who: Kim Poe, from: 2026-10-01, until: 2026-10-02}]`, "2026-11-23 09:00", []report.Finding{
			{Rule: "absence-past", Subject: "team/absence/2026-10-01/Kim Poe", Summary: "the absence of Kim Poe from 2026-10-01 until 2026-10-02 is over", Action: "Remove it from the schedule."},
			{Rule: "override-past", Subject: "team/override/2026-11-08/Sam Roe", Summary: "the override of Sam Roe on 2026-11-08 is over", Action: "Remove it from the schedule."},
		}},
	} {
		s := read(t, team+c.more)
		require.Equal(t, c.want, s.Judge("team", 6, at(t, s, c.now)), c.name)
	}
}

func TestSlackbot(t *testing.T) {
	s := read(t, team+"overrides: [{who: Kim Poe, date: 2026-11-27}]")
	require.Equal(t, `Support schedule, as of 2026-11-24:
Tue 2026-11-24 - Fri 2026-11-27: Sam Roe
Fri 2026-11-27 - Sat 2026-11-28: Kim Poe
Sat 2026-11-28 - Tue 2026-12-01: Sam Roe
Tue 2026-12-01 - Tue 2026-12-08: Kim Poe
`, s.Slackbot(2, at(t, s, "2026-11-24 16:45")))
}

func TestPolicy(t *testing.T) {
	require.Empty(t, DefaultPolicy().Problems())
	for _, weeks := range []int{0, 54} {
		require.Len(t, Policy{Weeks: weeks}.Problems(), 1)
	}
}
