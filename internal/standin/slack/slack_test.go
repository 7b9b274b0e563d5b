package slack_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	standin "github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

func start(t *testing.T) *standin.Server {
	s := standin.New()
	t.Cleanup(s.Close)
	return s
}

func bot(s *standin.Server, token string) *slack.Client {
	return slack.New(token, slack.OptionAPIURL(s.APIURL()))
}

// TestBySlackGo posts as Slack's common client does.
func TestBySlackGo(t *testing.T) {
	s := start(t)
	who, err := bot(s, standin.Token).AuthTest()
	require.NoError(t, err)
	require.Equal(t, "checklist", who.User)

	_, err = bot(s, "xoxb-other").AuthTest()
	require.EqualError(t, err, "invalid_auth")

	hello := slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "hello `a&amp;b` <https://a.example|there> <!here>", false, true), nil, nil)
	channel, stamp, err := bot(s, standin.Token).PostMessage("#platform", slack.MsgOptionText("hello", false), slack.MsgOptionBlocks(hello))
	require.NoError(t, err)
	require.Equal(t, standin.Channel, channel)

	all := s.Messages()
	require.Len(t, all, 1)
	require.Equal(t, stamp, all[0].TS)
	require.Equal(t, "hello `a&b` there (https://a.example) !here", all[0].Words())
	require.Equal(t, []string{"https://a.example"}, all[0].Links())
	require.Equal(t, []string{"<!here>"}, all[0].Mentions())

	require.NoError(t, slack.PostWebhook(s.WebhookURL(), &slack.WebhookMessage{Text: "by https://b.example", Channel: "#elsewhere"}))
	all = s.Messages()
	require.Equal(t, standin.Channel, all[1].Channel, "a webhook posts to its own channel")
	require.Equal(t, []string{"https://b.example"}, all[1].Links())
}

func TestRefusals(t *testing.T) {
	s := start(t)
	text := func(kind, words string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(kind, words, false, false)
	}
	section := func(words string) slack.Block {
		return slack.NewSectionBlock(text(slack.MarkdownType, words), nil, nil)
	}
	many := func(n int, block slack.Block) (all []slack.Block) {
		for range n {
			all = append(all, block)
		}
		return all
	}
	for _, c := range []struct {
		channel, want string
		blocks        []slack.Block
	}{
		{"#platform", "", many(50, section("a"))},
		{"platform", "", many(4, section(strings.Repeat("é", 3000)))},
		{standin.Channel, "", []slack.Block{slack.NewHeaderBlock(text(slack.PlainTextType, strings.Repeat("é", 150)))}},
		{"#nowhere", "channel_not_found", many(1, section("a"))},
		{standin.Strange, "not_in_channel", many(1, section("a"))},
		{standin.Archived, "is_archived", many(1, section("a"))},
		{standin.Channel, "no_text", nil},
		{standin.Channel, "invalid_blocks", many(51, section("a"))},
		{standin.Channel, "invalid_blocks", many(1, section(strings.Repeat("a", 3001)))},
		{standin.Channel, "invalid_blocks", many(1, section(""))},
		{standin.Channel, "invalid_blocks", []slack.Block{slack.NewHeaderBlock(text(slack.PlainTextType, strings.Repeat("a", 151)))}},
		{standin.Channel, "invalid_blocks", []slack.Block{slack.NewHeaderBlock(text(slack.MarkdownType, "a"))}},
		{standin.Channel, "invalid_blocks", []slack.Block{slack.NewContextBlock("")}},
		{standin.Channel, "msg_blocks_too_long", many(5, section(strings.Repeat("a", 2641)))},
	} {
		_, _, err := bot(s, standin.Token).PostMessage(c.channel, slack.MsgOptionBlocks(c.blocks...))
		if c.want == "" {
			require.NoError(t, err)
			continue
		}
		var refusal slack.SlackErrorResponse
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, c.want, refusal.Err)
	}
	require.Len(t, s.Messages(), 3)
}

func TestWebhookRefusesInWords(t *testing.T) {
	s := start(t)
	for _, c := range []struct {
		address, body string
		status        int
		want          string
	}{
		{s.WebhookURL(), `{"text":"a"}`, 200, "ok"},
		{s.WebhookURL(), `{`, 400, "invalid_payload\n"},
		{s.WebhookURL(), `{}`, 400, "no_text\n"},
		{s.WebhookURL(), `{"blocks":[{"type":"nonsense"}]}`, 400, "invalid_blocks\n"},
		{s.URL() + "/services/other", `{"text":"a"}`, 404, "no_service\n"},
	} {
		answer, err := http.Post(c.address, "application/json", strings.NewReader(c.body))
		require.NoError(t, err)
		said, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, c.status, answer.StatusCode)
		require.Equal(t, c.want, string(said))
	}
}

func TestTooMuch(t *testing.T) {
	s := start(t)
	s.Inject(fault.Fault{Times: 1, Do: fault.Answer(http.StatusTooManyRequests, `{"ok":false,"error":"ratelimited"}`, "Retry-After", "7")})
	_, err := bot(s, standin.Token).AuthTest()
	var limited *slack.RateLimitedError
	require.True(t, errors.As(err, &limited), "%v", err)
	require.Equal(t, 7*time.Second, limited.RetryAfter)
	_, err = bot(s, standin.Token).AuthTest()
	require.NoError(t, err)
}

func TestPageIsForPeople(t *testing.T) {
	s := start(t)
	body, err := json.Marshal(map[string]any{"text": "one &lt;two&gt;"})
	require.NoError(t, err)
	_, err = http.Post(s.WebhookURL(), "application/json", strings.NewReader(string(body)))
	require.NoError(t, err)
	answer, err := http.Get(s.URL())
	require.NoError(t, err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(page), "stand-in: 1.")
	require.Contains(t, string(page), "one <two>")
}
