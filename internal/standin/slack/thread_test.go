package slack_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	standin "github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// TestThreadBySlackGo begins a thread, replies, changes its first message, and reads it all back.
func TestThreadBySlackGo(t *testing.T) {
	s := start(t)
	api := bot(s, standin.Token)
	said := func(number string) slack.MsgOption {
		return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "line", EventPayload: map[string]any{"number": number}})
	}
	_, first, err := api.PostMessage("#platform", slack.MsgOptionText("one", false), said("1"))
	require.NoError(t, err)
	_, quiet, err := api.PostMessage(standin.Channel, slack.MsgOptionText("two", false), slack.MsgOptionTS(first))
	require.NoError(t, err)
	_, loud, err := api.PostMessage(standin.Channel, slack.MsgOptionText("three", false), slack.MsgOptionTS(first), slack.MsgOptionBroadcast(), said("3"))
	require.NoError(t, err)
	_, _, _, err = api.UpdateMessage(standin.Channel, first, slack.MsgOptionText("four", false), said("4"))
	require.NoError(t, err)
	_, _, _, err = api.UpdateMessage(standin.Channel, first, slack.MsgOptionText("five", false))
	require.NoError(t, err)

	day := &slack.GetConversationHistoryParameters{ChannelID: standin.Channel, Oldest: first[:5] + "00000.000000", IncludeAllMetadata: true}
	history, err := api.GetConversationHistory(day)
	require.NoError(t, err)
	require.Len(t, history.Messages, 2, "a reply is there only when it was broadcast")
	newest, oldest := history.Messages[0], history.Messages[1]
	require.Equal(t, []string{loud, "thread_broadcast", first, "three"}, []string{newest.Timestamp, newest.SubType, newest.ThreadTimestamp, newest.Text})
	require.Equal(t, []string{first, "", first, "five"}, []string{oldest.Timestamp, oldest.SubType, oldest.ThreadTimestamp, oldest.Text})
	require.Equal(t, slack.SlackMetadata{EventType: "line", EventPayload: map[string]any{"number": "4"}}, oldest.Metadata, "an update without metadata leaves them")

	replies, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: standin.Channel, Timestamp: first})
	require.NoError(t, err)
	require.Equal(t, []string{first, quiet, loud}, []string{replies[0].Timestamp, replies[1].Timestamp, replies[2].Timestamp})
	require.Empty(t, replies[2].Metadata, "they were not asked for")

	s.Age(24 * time.Hour)
	history, err = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: standin.Channel, Oldest: first})
	require.NoError(t, err)
	require.Empty(t, history.Messages)
}

func TestThreadRefusals(t *testing.T) {
	s := start(t)
	api := bot(s, standin.Token)
	text := slack.MsgOptionText("one", false)
	_, ts, err := api.PostMessage(standin.Channel, text)
	require.NoError(t, err)
	require.NoError(t, slack.PostWebhook(s.WebhookURL(), &slack.WebhookMessage{Text: "by another"}))
	other := s.Messages()[1].TS
	update := func(channel, ts string, options ...slack.MsgOption) error {
		_, _, _, err := api.UpdateMessage(channel, ts, options...)
		return err
	}
	post := func(options ...slack.MsgOption) error {
		_, _, err := api.PostMessage(standin.Channel, append(options, text)...)
		return err
	}
	metadata := func(event string, payload map[string]any) slack.MsgOption {
		return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: event, EventPayload: payload})
	}
	_, err = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "#platform"})
	for _, c := range []struct {
		err  error
		want string
	}{
		{err, "channel_not_found"},
		{update("#platform", ts, text), "channel_not_found"},
		{update(standin.Channel, "1.000001", text), "message_not_found"},
		{update(standin.Channel, other, text), "cant_update_message"},
		{update(standin.Channel, ts), "no_text"},
		{post(slack.MsgOptionTS("1.000001")), "thread_not_found"},
		{post(metadata("Not So", map[string]any{})), "invalid_metadata_format"},
		{post(metadata("line", map[string]any{"list": []string{"a"}})), "invalid_metadata_schema"},
		{post(metadata("line", map[string]any{"long": strings.Repeat("a", 8000)})), "metadata_too_large"},
	} {
		require.EqualError(t, c.err, c.want)
	}
	require.Equal(t, "one", s.Messages()[0].Text)
}

func TestFilesBySlackGo(t *testing.T) {
	s := start(t)
	api := bot(s, standin.Token)
	_, ts, err := api.PostMessage(standin.Channel, slack.MsgOptionText("one", false))
	require.NoError(t, err)
	file := slack.UploadFileParameters{Filename: "report.md", FileSize: 4, Content: "# ö", Title: "Report", Channel: standin.Channel, ThreadTimestamp: ts}
	_, err = api.UploadFile(file)
	require.NoError(t, err)
	got := s.Messages()[0].Replies[0].Files
	require.Len(t, got, 1)
	require.Equal(t, []string{"report.md", "Report", "# ö"}, []string{got[0].Name, got[0].Title, got[0].Content})

	short := file
	short.FileSize = 3
	_, err = api.UploadFile(short)
	require.ErrorContains(t, err, "UploadToURL: slack server error: 400")
	strange := file
	strange.Channel = standin.Strange
	_, err = api.UploadFile(strange)
	require.ErrorContains(t, err, "CompleteUploadExternal: ")
	require.Len(t, s.Messages()[0].Replies, 1)
}
