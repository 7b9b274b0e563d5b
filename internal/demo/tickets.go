package main

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

// tickets plays today, on any day of the week.
func tickets() act {
	desk := zendesk.New(zendesk.Morning(time.Now()))
	return act{
		task: "tickets",
		params: map[string]string{
			"ZENDESK_URL": desk.URL(), "ZENDESK_OAUTH_TOKEN": zendesk.OAuthToken, "SCOPE": "support", "POLICY": "config/policy/tickets.yml",
		},
		mend:  func() { desk.Update(func(d *zendesk.Desk) { *d = zendesk.Clean(time.Now()) }) },
		close: desk.Close,
	}
}
