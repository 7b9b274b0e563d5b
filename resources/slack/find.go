package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// thread is the first message of a line's day, by its place and by what it tells.
type thread struct {
	told
	channel, ts string
	bot         string // that posted it: this app
	at          time.Time
}

// name is the channel and the message's own name there; a webhook tells no channel.
func (t *thread) name() string { return strings.TrimPrefix(t.channel+"/"+t.ts, "/") }

const (
	reading  = 15 * time.Second   // for finding a message; the rest is for posting
	lookBack = 7 * 24 * time.Hour // in which a green line looks for its last red message
)

// find looks for the newest first message of the line that this app posted: today's, or, where the line is green again,
// the last of some days. It is nil where there is none.
func (w *writer) find(ctx context.Context) (*thread, error) {
	if !slackapi.IsChannel(w.Source.Channel) {
		return nil, fmt.Errorf("only a channel's ID can be read, such as C0123456789, and not %s", w.Source.Channel)
	}
	ctx, cancel := context.WithTimeout(ctx, reading)
	defer cancel()
	bot := w.api()
	if err := bot.SignIn(ctx); err != nil {
		return nil, fmt.Errorf("ask who the bot is: %w", advised(err))
	}
	if bot.Bot == "" { // or any person's message would be its own
		return nil, errors.New("ask who the bot is: the token is no bot's")
	}
	from := w.day()
	if w.post.Fixed() && w.changed() {
		from = w.now.Add(-lookBack)
	}
	mine := w.identity()
	for m, err := range bot.History(ctx, w.Source.Channel, from) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", w.Source.Channel, advised(err))
		}
		if told, ours := recall(m.Metadata); ours && m.BotID == bot.Bot && first(m) && told.same(mine) {
			return &thread{told, w.Source.Channel, m.Timestamp, m.BotID, slackapi.Moment(m.Timestamp)}, nil
		}
	}
	return nil, nil
}

// last is what the thread told at last: each reply that says something new carries it. Where they cannot be read, it is
// what the first message tells: at worst somebody is called twice.
func (w *writer) last(ctx context.Context, t *thread) (last told, err error) {
	ctx, cancel := context.WithTimeout(ctx, reading)
	defer cancel()
	last = t.told
	for m, err := range w.api().Thread(ctx, t.channel, t.ts) {
		if err != nil {
			return t.told, fmt.Errorf("read the thread: %w", advised(err))
		}
		if told, ours := recall(m.Metadata); ours && m.BotID == t.bot && !first(m) {
			last = told
		}
	}
	return last, nil
}

// first tells a message of the channel from a reply that is shown there too.
func first(m slack.Message) bool { return m.ThreadTimestamp == "" || m.ThreadTimestamp == m.Timestamp }
