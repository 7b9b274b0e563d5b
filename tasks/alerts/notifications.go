package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/alert"
)

// readNotifications reads the channel that alerts are sent to.
func (l *looker) readNotifications(ctx context.Context) {
	if l.SlackToken.IsZero() {
		l.run.LeaveOut(l.run.Scope+"/notifications", "without SLACK_TOKEN nobody looks whether they were handled")
		return
	}
	var err error
	if l.slack, err = l.openSlack(ctx); err != nil {
		l.missSlack("sign in to Slack", err)
		return
	}
	listed, err := l.slack.since(ctx, l.SlackChannel, l.run.Now().Add(-l.policy.LookBack))
	if err != nil {
		l.missSlack("read channel "+l.SlackChannel, err)
		return
	}
	messages, wanted, err := l.notifications(ctx, listed)
	if err != nil {
		l.missSlack("read replies in "+l.SlackChannel, err)
		return
	}
	l.run.Examine("Slack channels", 1)
	l.run.See("notifications in Slack", wanted)
	l.link(ctx, messages)
	l.facts.Messages = messages
}

// notifications looks for replies where a reaction does not settle it.
func (l *looker) notifications(ctx context.Context, listed []slack.Message) (all []alert.Message, wanted int, err error) {
	for _, m := range listed {
		one := l.slack.message(l.SlackChannel, m)
		if !l.policy.Wants(one) {
			continue
		}
		wanted++
		if m.ReplyCount > 0 && !l.policy.Reacted(one) {
			if one.Answered, err = l.slack.answered(ctx, l.SlackChannel, m.Timestamp); err != nil {
				return nil, 0, err
			}
		}
		all = append(all, one)
	}
	return all, wanted, nil
}

// link gives those that will be told their addresses; one without is told all the same.
func (l *looker) link(ctx context.Context, messages []alert.Message) {
	links := map[string]string{}
	left := l.policy.Unhandled(messages)
	for _, m := range left[:min(alert.Told, len(left))] {
		links[m.TS], _ = l.slack.client.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: m.Channel, Ts: m.TS})
	}
	for i := range messages {
		messages[i].Link = links[messages[i].TS]
	}
}

func (l *looker) missSlack(doing string, err error) {
	l.miss("slack", doing, err, remedy(err))
}

// remedy is what to do about Slack's refusals.
func remedy(err error) string {
	refused, is := errors.AsType[slack.SlackErrorResponse](err)
	if !is {
		return "Look at SLACK_API_URL and at what lies in between, then run it again."
	}
	switch refused.Err {
	case "not_in_channel", "channel_not_found":
		return "Invite the app to the channel (/invite @app), or correct SLACK_CHANNEL."
	case "missing_scope":
		return "Give the app the scopes channels:history (groups:history for a private channel), and install it anew."
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive":
		return "Give SLACK_TOKEN a bot's token that is valid."
	}
	return fmt.Sprintf("Look up what Slack means by %s, and correct it.", refused.Err)
}
