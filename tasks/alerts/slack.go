package main

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/alert"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// workspace reads Slack's channels as one app.
type workspace struct {
	client    *slack.Client
	user, bot string // who the token is
}

// pageSize is what Slack advises: https://docs.slack.dev/apis/web-api/pagination
const pageSize = 200

func (c *config) slackClient() *slack.Client {
	web := &http.Client{Transport: fetch.Transport(fetch.Options{Timeout: c.RequestTimeout}), Timeout: c.RequestTimeout}
	return slack.New(c.SlackToken.Reveal(), slack.OptionAPIURL(c.SlackAPI), slack.OptionHTTPClient(web))
}

func (c *config) openSlack(ctx context.Context) (*workspace, error) {
	w := &workspace{client: c.slackClient()}
	who, err := w.client.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	w.user, w.bot = who.UserID, who.BotID
	return w, nil
}

// since reads a channel's messages from a moment on. None is believed only if the channel has an
// older one: that which says that the app joined, at least.
func (w *workspace) since(ctx context.Context, channel string, from time.Time) (all []slack.Message, err error) {
	query := &slack.GetConversationHistoryParameters{ChannelID: channel, Oldest: strconv.FormatInt(from.Unix(), 10), Limit: pageSize}
	for {
		page, err := w.client.GetConversationHistoryContext(ctx, query)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Messages...)
		if !page.HasMore {
			break
		}
		if query.Cursor = page.ResponseMetaData.NextCursor; query.Cursor == "" {
			return nil, errors.New("there is more, and no cursor to it")
		}
	}
	if len(all) > 0 {
		return all, nil
	}
	older, err := w.client.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 1})
	if err == nil && len(older.Messages) == 0 {
		err = errors.New("the channel has no message at all, not even that the app joined it")
	}
	return nil, err
}

// answered tells whether a person replied.
func (w *workspace) answered(ctx context.Context, channel, ts string) (bool, error) {
	query := &slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: ts, Limit: pageSize}
	for {
		replies, more, cursor, err := w.client.GetConversationRepliesContext(ctx, query)
		if err != nil {
			return false, err
		}
		for _, r := range replies {
			if r.Timestamp != ts && r.BotID == "" && r.User != "" && r.User != w.user {
				return true, nil
			}
		}
		if !more || cursor == "" {
			return false, nil
		}
		query.Cursor = cursor
	}
}

// message is one of Slack's as the judgement wants it, replies and link aside.
func (w *workspace) message(channel string, m slack.Message) alert.Message {
	one := alert.Message{
		Channel: channel, TS: m.Timestamp, At: moment(m.Timestamp), Text: words(m), Bot: m.BotID,
		App: m.BotID != "", Own: m.BotID != "" && m.BotID == w.bot || m.User != "" && m.User == w.user,
	}
	for _, r := range m.Reactions {
		if len(r.Users) != 1 || r.Users[0] != w.user {
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

// moment reads Slack's name of a message, seconds since 1970 and a serial number.
func moment(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, _ := strconv.ParseInt(seconds, 10, 64)
	return time.Unix(n, 0)
}
