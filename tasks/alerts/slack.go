package main

import (
	"context"
	"encoding/json"
	"html"
	"strings"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// answered tells whether a person replied.
func (l *looker) answered(ctx context.Context, ts string) (bool, error) {
	for m, err := range l.slack.Thread(ctx, l.SlackChannel, ts) {
		if err != nil {
			return false, err
		}
		if m.Timestamp != ts && m.BotID == "" && m.User != "" && m.User != l.slack.User {
			return true, nil
		}
	}
	return false, nil
}

// message is one of Slack's as the judgement wants it, replies and link aside.
func (l *looker) message(m slack.Message) alert.Message {
	one := alert.Message{
		Channel: l.SlackChannel, TS: m.Timestamp, At: slackapi.Moment(m.Timestamp), Text: words(m), Bot: m.BotID,
		App: m.BotID != "", Own: l.slack.Wrote(m),
	}
	for _, r := range m.Reactions {
		if len(r.Users) != 1 || r.Users[0] != l.slack.User {
			name, _, _ := strings.Cut(r.Name, "::") // without its skin tone
			one.Reactions = append(one.Reactions, name)
		}
	}
	return one
}

// words are what a message says first: Alertmanager's are in an attachment, other apps' in blocks.
func words(m slack.Message) string {
	for _, text := range append([]string{m.Text}, attached(m)...) {
		if text = strings.TrimSpace(text); text != "" {
			return html.UnescapeString(text)
		}
	}
	return "(a message without text)"
}

func attached(m slack.Message) (texts []string) {
	for _, a := range m.Attachments {
		texts = append(texts, a.Title, a.Fallback, a.Text)
	}
	for _, b := range m.Blocks.BlockSet {
		switch block := b.(type) {
		case *slack.HeaderBlock:
			texts = append(texts, block.Text.Text)
		case *slack.SectionBlock:
			if block.Text != nil {
				texts = append(texts, block.Text.Text)
			}
		}
	}
	return texts
}

// mentions tells whether any part of a message has a word.
func mentions(m slack.Message, word string) bool {
	all, err := json.Marshal(m)
	return err == nil && strings.Contains(string(all), word)
}
