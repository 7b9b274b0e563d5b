package main

import (
	"fmt"
	"os"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// rotation plays today, two hours after Sam Roe handed support over to Jane Doe, which nothing in Slack says. What the red
// report asks for is to apply it.
func rotation() act {
	changed := time.Now().UTC().Add(-2 * time.Hour).Truncate(time.Minute)
	chat, kept := slack.New(), bucket.New()
	chat.Workspace(func(w *slack.Workspace) { staff(w, changed) })
	open := report.Report{Check: "mfa", Scope: "production", Started: changed, Examined: []report.Count{{What: "users", Number: 40}}}
	open.Find(report.Finding{Rule: "user-without-mfa", Subject: "production/maria", Severity: report.High, Summary: "maria has a password and no second factor"})
	if err := kept.Keep(&open, "1"); err != nil {
		panic(err)
	}
	schedule, policy := temporary(turns(changed)), temporary("weeks: 2\n")
	boxes := temporary("environments: {production: {lines: [mfa]}}\n")
	params := map[string]string{
		"SLACK_TOKEN": slack.Token, "SLACK_API_URL": chat.APIURL(), "SCOPE": "support",
		"SCHEDULE": schedule, "POLICY": policy, "CHECKLIST": boxes,
	}
	set(params, kept.Env())
	return act{
		task: "rotation", params: params, brief: true,
		mend: func() { params["APPLY"] = "true" },
		said: func() (all []string) {
			for _, m := range chat.Messages() {
				all = append(all, m.Words())
			}
			return all
		},
		close: func() {
			chat.Close()
			kept.Close()
			_, _, _ = os.Remove(schedule), os.Remove(policy), os.Remove(boxes)
		},
	}
}

// staff fills Slack as Sam Roe's week left it.
func staff(w *slack.Workspace, changed time.Time) {
	w.Users = []slack.User{{ID: "U0JANE", Name: "Jane"}, {ID: "U0SAM", Name: "Sam"}}
	w.Groups = []*slack.Group{{ID: "S0SUPPORT", Handle: "support", Members: []string{"U0SAM"}}}
	w.Channels = []*slack.Room{{ID: slack.Channel, Name: "platform", Members: []string{slack.App, "U0SAM"}}}
	w.Room(slack.Channel).Type(slack.App, "Support: Sam Roe until "+changed.Format("Mon 2006-01-02")+" | Platform")
}

// turns is a schedule by which support changed hands then.
func turns(changed time.Time) string {
	return fmt.Sprintf(`{time_zone: UTC, week: {starts: %s, at: "%s"}, first: %s, meeting: the support sync,
people: [{name: Jane Doe, slack: U0JANE}, {name: Sam Roe, slack: U0SAM}], slack: {channel: %s, group: "@support"}}
`, changed.Weekday(), changed.Format("15:04"), changed.AddDate(0, 0, -14).Format(time.DateOnly), slack.Channel)
}
