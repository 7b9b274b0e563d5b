package scene

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// people fills Slack with a team of two: support changed hands an hour ago, and Slack does not say so yet.
func (s *Scene) people() {
	s.Slack.Workspace(func(ws *slack.Workspace) {
		ws.Users = []slack.User{
			{ID: "U0JANE", Name: "Jane", Email: "jane.doe@example.gov"}, {ID: "U0SAM", Name: "Sam", Email: "sam.roe@example.gov"},
		}
		ws.Groups = []*slack.Group{{ID: "S0SUPPORT", Handle: "support", Members: []string{"U0SAM"}}}
		ws.Channels = []*slack.Room{
			{ID: slack.Channel, Name: "platform", Members: []string{slack.App, "U0SAM", "U0JANE"}},
			{ID: "C0NEWS", Name: "platform-news", Members: []string{slack.App, "U0SAM"}},
		}
		ws.Room(slack.Channel).Type("U0SAM", "Support: Sam Roe until "+handOver().Format("Mon 2006-01-02")+" | the platform of the agency")
	})
}

func handOver() time.Time { return time.Now().UTC().Add(-time.Hour).Truncate(time.Minute) }

// writeSchedule writes who is on support: Jane Doe, since an hour ago.
func (s *Scene) writeSchedule() error {
	at := handOver()
	schedule := fmt.Sprintf(`time_zone: UTC
week: {starts: %s, at: "%s"}
first: %s
people:
- {name: Jane Doe, slack: jane.doe@example.gov}
- {name: Sam Roe, slack: U0SAM}
meeting: the support sync, right now
slack: {channel: %s, group: "@support", channels: [%s, C0NEWS]}
`, at.Weekday(), at.Format("15:04"), at.AddDate(0, 0, -14).Format(time.DateOnly), slack.Channel, slack.Channel)
	return os.WriteFile(filepath.Join(filepath.Dir(s.configFile()), "rotation.yml"), []byte(schedule), 0o600)
}
