package main

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// readNotifications reads the channel that alerts are sent to.
func (l *looker) readNotifications(ctx context.Context) {
	if l.SlackToken.IsZero() {
		l.run.LeaveOut(l.run.Scope+"/notifications", "without SLACK_TOKEN nobody looks whether they were handled")
		return
	}
	client := slackapi.New(l.SlackToken, l.SlackAPI, fetch.Options{Timeout: l.RequestTimeout})
	if err := client.SignIn(ctx); err != nil {
		l.missSlack("sign in to Slack", err)
		return
	}
	l.slack = client
	messages, wanted, err := l.notifications(ctx)
	if err != nil {
		l.missSlack("read channel "+l.SlackChannel, err)
		return
	}
	l.run.Examine("Slack channels", 1)
	l.run.See("notifications in Slack", wanted)
	l.link(ctx, messages)
	l.facts.Messages = messages
}

// notifications looks for replies where a reaction does not settle it.
func (l *looker) notifications(ctx context.Context) (all []alert.Message, wanted int, err error) {
	for m, err := range l.slack.History(ctx, l.SlackChannel, l.run.Now().Add(-l.policy.LookBack)) {
		if err != nil {
			return nil, 0, err
		}
		one := l.message(m)
		if !l.policy.Wants(one) {
			continue
		}
		wanted++
		if m.ReplyCount > 0 && !l.policy.Reacted(one) {
			if one.Answered, err = l.answered(ctx, m.Timestamp); err != nil {
				return nil, 0, fmt.Errorf("read replies: %w", fetch.Scrub(err))
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
		links[m.TS], _ = l.slack.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: m.Channel, Ts: m.TS})
	}
	for i := range messages {
		messages[i].Link = links[messages[i].TS]
	}
}

func (l *looker) missSlack(doing string, err error) {
	l.miss("slack", doing, err, slackapi.Remedy(err))
}
