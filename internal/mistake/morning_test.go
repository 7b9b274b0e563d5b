package mistake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDigestComesAfterMornings: one that is made before would tell of the day before, each day.
func TestDigestComesAfterMornings(t *testing.T) {
	const config = `
parent: {morning: {DIGEST}}
vars: {slack: {url: x}, aws: {region: x}, morning: {MORNING}}
line_vars: {LINE}
environments: {production: {lines: [stemcells]}, staging: {lines: [mfa]}}
`
	for _, c := range []struct {
		name, digest, morning, line, boxes string
	}{
		{"ten minutes later", "start: 9:10 AM, stop: 10 AM", "start: 8 AM, stop: 9 AM", "", ""},
		{"nine minutes later", "start: 9:09 AM, stop: 10 AM", "start: 8 AM, stop: 9 AM", "", "production/stemcells, staging/mfa"},
		{"an hour before", "start: 7 AM, stop: 8 AM", "start: 8 AM, stop: 9 AM", "", "production/stemcells, staging/mfa"},
		{"on other days", "start: 7 AM, stop: 8 AM, days: [Tuesday]", "start: 8 AM, stop: 9 AM, days: [Monday, Wednesday]", "", ""},
		{"on one day in common", "start: 7 AM, stop: 8 AM, days: [Monday, Tuesday]", "start: 8 AM, stop: 9 AM, days: [Monday]", "", "production/stemcells, staging/mfa"},
		{"later there, not here", "start: 9 AM, stop: 10 AM, location: America/New_York", "start: 10 AM, stop: 1 PM, location: Europe/London", "", ""},
		{"earlier there, not here", "start: 9 AM, stop: 10 AM, location: Europe/London", "start: 7 AM, stop: 8 AM, location: America/New_York", "", "production/stemcells, staging/mfa"},
		{"only in summer", "start: 12:30 PM, stop: 1 PM", "start: 7 AM, stop: 8 AM, location: America/New_York", "", "production/stemcells, staging/mfa"},
		{"after a night", "start: 7 AM, stop: 8 AM", "start: 10 PM, stop: 2 AM", "", ""},
		{"a line in the afternoon", "start: 9:10 AM, stop: 10 AM", "start: 8 AM, stop: 9 AM", "mfa: {morning: {start: 4 PM, stop: 5 PM}}", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := Judge(facts(t, strings.NewReplacer("DIGEST", c.digest, "MORNING", c.morning, "LINE", c.line).Replace(config)))
			if c.boxes == "" {
				require.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			require.Equal(t, "morning-mistake", found[0].Rule)
			require.Equal(t, "parent.morning starts before the morning of "+c.boxes+" is over for 10 minutes: its digest would judge the day before", found[0].Summary)
		})
	}
}
