package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
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
	pageSize = 200                // what Slack advises: https://docs.slack.dev/apis/web-api/pagination
	maxPages = 50
)

var channelID = regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`)

// find looks for the newest first message of the line that this app posted: today's, or, where the line is green again,
// the last of some days. It is nil where there is none.
func (w *writer) find(ctx context.Context) (newest *thread, err error) {
	if !channelID.MatchString(w.Source.Channel) {
		return nil, fmt.Errorf("only a channel's ID can be read, such as C0123456789, and not %s", w.Source.Channel)
	}
	ctx, cancel := context.WithTimeout(ctx, reading)
	defer cancel()
	who, err := w.api().AuthTestContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask who the bot is: %w", explained(err))
	}
	if who.BotID == "" { // or any person's message would be its own
		return nil, errors.New("ask who the bot is: the token is no bot's")
	}
	from := w.day()
	if w.post.Status() == "FIXED" && w.changed() {
		from = w.now.Add(-lookBack)
	}
	mine := w.identity()
	query := slack.GetConversationHistoryParameters{ChannelID: w.Source.Channel, Oldest: strconv.FormatInt(from.Unix(), 10), Limit: pageSize, IncludeAllMetadata: true}
	err = pages(func(cursor string) (more bool, next string, err error) {
		query.Cursor = cursor
		page, err := w.api().GetConversationHistoryContext(ctx, &query)
		if err != nil {
			return false, "", err
		}
		for _, m := range page.Messages {
			if told, ours := recall(m.Metadata); ours && newest == nil && m.BotID == who.BotID && first(m) && told.same(mine) {
				newest = &thread{told, w.Source.Channel, m.Timestamp, m.BotID, moment(m.Timestamp)}
			}
		}
		return page.HasMore && newest == nil, page.ResponseMetaData.NextCursor, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", w.Source.Channel, explained(err))
	}
	return newest, nil
}

// last is what the thread told at last: each reply that says something new carries it. Where they cannot be read, it is
// what the first message tells: at worst somebody is called twice.
func (w *writer) last(ctx context.Context, t *thread) (last told, err error) {
	ctx, cancel := context.WithTimeout(ctx, reading)
	defer cancel()
	last = t.told
	query := slack.GetConversationRepliesParameters{ChannelID: t.channel, Timestamp: t.ts, Limit: pageSize, IncludeAllMetadata: true}
	err = pages(func(cursor string) (more bool, next string, err error) {
		query.Cursor = cursor
		replies, more, next, err := w.api().GetConversationRepliesContext(ctx, &query)
		for _, m := range replies {
			if told, ours := recall(m.Metadata); ours && m.BotID == t.bot && !first(m) {
				last = told
			}
		}
		return more, next, err
	})
	if err != nil {
		return t.told, fmt.Errorf("read the thread: %w", explained(err))
	}
	return last, nil
}

// pages reads on until there is no more.
func pages(read func(cursor string) (more bool, next string, err error)) error {
	cursor := ""
	for range maxPages {
		more, next, err := read(cursor)
		if err != nil || !more {
			return err
		}
		if next == "" {
			return errors.New("there is more, and no cursor to it")
		}
		cursor = next
	}
	return fmt.Errorf("there are more than %d messages", maxPages*pageSize)
}

// first tells a message of the channel from a reply that is shown there too.
func first(m slack.Message) bool { return m.ThreadTimestamp == "" || m.ThreadTimestamp == m.Timestamp }

// moment is when a message was posted, which its name begins with.
func moment(ts string) time.Time {
	whole, _, _ := strings.Cut(ts, ".")
	seconds, _ := strconv.ParseInt(whole, 10, 64)
	return time.Unix(seconds, 0)
}
