package slackapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/slack-go/slack"
)

const (
	// PageSize is what Slack advises: https://docs.slack.dev/apis/web-api/pagination
	PageSize = 200
	mostPage = 500

	clocks = time.Minute // by how much Slack's clock may be ahead, or what was just posted would not be seen
)

// Pages are the items of all pages, from the cursor "" on. The last may be an error.
func Pages[T any](read func(cursor string) (items []T, next string, more bool, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		cursor := ""
		for range mostPage {
			items, next, more, err := read(cursor)
			for _, i := range items {
				if !yield(i, nil) {
					return
				}
			}
			switch {
			case err != nil:
				yield(none, err)
				return
			case next == "" && more:
				yield(none, errors.New("there is more, and no cursor to it"))
				return
			case next == "":
				return
			}
			cursor = next
		}
		yield(none, fmt.Errorf("there are more than %d pages", mostPage))
	}
}

// History is what was said in a channel after a moment, the newest first. Nothing is believed only of a channel that has an
// older message: that which says that the app joined, at least.
func (c *Client) History(ctx context.Context, channel string, after time.Time) iter.Seq2[slack.Message, error] {
	at := func(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
	query := slack.GetConversationHistoryParameters{ // without latest, the first page would be the oldest
		ChannelID: channel, Oldest: at(after), Latest: at(time.Now().Add(clocks)), Limit: PageSize, IncludeAllMetadata: true,
	}
	all := Pages(func(cursor string) ([]slack.Message, string, bool, error) {
		query.Cursor = cursor
		page, err := c.GetConversationHistoryContext(ctx, &query)
		if err != nil {
			return nil, "", false, err
		}
		return page.Messages, page.ResponseMetaData.NextCursor, page.HasMore, nil
	})
	return func(yield func(slack.Message, error) bool) {
		empty := true
		for m, err := range all {
			if empty = false; !yield(m, err) {
				return
			}
		}
		if !empty {
			return
		}
		if err := c.spoken(ctx, channel); err != nil {
			yield(slack.Message{}, err)
		}
	}
}

// spoken wants that a channel has any message.
func (c *Client) spoken(ctx context.Context, channel string) error {
	any, err := c.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 1})
	if err == nil && len(any.Messages) == 0 {
		err = errors.New("the channel has no message at all, not even that the app joined it")
	}
	return err
}

// Thread is a message and its replies, the oldest first.
func (c *Client) Thread(ctx context.Context, channel, ts string) iter.Seq2[slack.Message, error] {
	query := slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: ts, Limit: PageSize, IncludeAllMetadata: true}
	return Pages(func(cursor string) ([]slack.Message, string, bool, error) {
		query.Cursor = cursor
		all, more, next, err := c.GetConversationRepliesContext(ctx, &query)
		return all, next, more, err
	})
}
