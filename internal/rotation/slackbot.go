package rotation

import (
	"fmt"
	"strings"
	"time"
)

// Slackbot is the text for Slackbot's response, which no API can set: a line for each shift of so many weeks.
func (s *Schedule) Slackbot(weeks int, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Support schedule, as of %s:\n", now.In(s.Zone.Location()).Format(time.DateOnly))
	for _, week := range s.Weeks(now, weeks) {
		for _, shift := range week {
			who := shift.Who
			if who == "" {
				who = "nobody"
			}
			fmt.Fprintf(&b, "%s - %s: %s\n", day(shift.From), day(shift.Until), who)
		}
	}
	return b.String()
}
