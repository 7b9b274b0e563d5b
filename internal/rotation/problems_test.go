package rotation

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

func TestProblems(t *testing.T) {
	for text, want := range map[string][]string{
		"{}": {
			"first is missing: give the day on which the first of people begins a week",
			"people is missing: list who takes turns, in order",
			`slack.channel wants a channel's ID such as C0123456789, which its details show, not ""`,
		},
		`{first: 2026-10-07, week: {starts: Tuesday, at: "24:00"}, people: [{name: A, slack: U0AAA}, {name: A, slack: u0aaa}, {slack: a@b.gov}, {name: "a|b", slack: A@b.gov}],
		  meeting: "two\nlines", slack: {channel: C0ONE, group: Support, channels: [C0ONE, C0ONE, "#two"]}}`: {
			"week.at is 24:00: give 00:00 and the next day as week.starts",
			"first is 2026-10-07, a Wednesday, and weeks start on Tuesday: give the day on which a week starts",
			"people[1].name A is there twice: everybody has one place in the order",
			`people[1].slack wants a user's ID such as U0123456789, which the profile shows, or an e-mail address, not "u0aaa"`,
			"people[2].name is missing",
			`people[3].name wants at most 80 characters that a topic keeps as they are, so none of | < > & :, no emoji and single spaces, not "a|b"`,
			"people[3].slack A@b.gov is there twice",
			"meeting wants one line of at most 200 characters",
			`slack.group wants a user group's ID such as S0123456789, or its handle such as @support, not "Support"`,
			"slack.channels[1] C0ONE is there twice",
			`slack.channels[2] wants a channel's ID such as C0123456789, which its details show, not "#two"`,
		},
		`{first: 2026-10-06, people: [{name: A, slack: U0AAA}, {name: B, slack: U0BBB}], slack: {channel: C0ONE},
		  overrides: [{who: A, date: 2026-12-25}, {who: B, from: 2026-12-24, until: 2026-12-26}, {who: C, date: 2026-01-01}, {who: A}, {who: A, date: 2027-01-02, until: 2027-01-03}, {who: B, from: 2027-02-02, until: 2027-02-01}],
		  absences: [{who: A, date: 2026-12-25}, {who: X, from: 2026-12-25}]}`: {
			`overrides[2].who is "C", who is none of people: write the name as it is there`,
			"overrides[3] wants a date, or from and until, the last day too",
			"overrides[4] has date and from or until: give one of both",
			"overrides[5].until 2027-02-01 is before from 2027-02-02",
			`absences[1].who is "X", who is none of people: write the name as it is there`,
			"absences[1] wants a date, or from and until, the last day too",
			"overrides[0] (A on 2026-12-25) is while absences[0] says that they are away (A on 2026-12-25): keep one of them",
			"overrides[0] (A on 2026-12-25) and overrides[1] (B from 2026-12-24 until 2026-12-26) overlap: keep one of them there",
		},
	} {
		s := DefaultSchedule()
		require.NoError(t, strict.YAML([]byte(text), s))
		var got []string
		for _, problem := range s.Problems() {
			got = append(got, problem.Error())
		}
		require.Equal(t, want, got)
	}
}
