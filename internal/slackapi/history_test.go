package slackapi_test

import (
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	api "github.com/slack-go/slack"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/slackapi"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// texts are of all messages up to the first error.
func texts(messages iter.Seq2[api.Message, error]) (all []string, err error) {
	for m, err := range messages {
		if err != nil {
			return all, err
		}
		all = append(all, m.Text)
	}
	return all, nil
}

const history = "/api/conversations.history"

func TestHistoryIsReadToItsEnd(t *testing.T) {
	s, c := start(t)
	for i := range 450 {
		s.Plant(slack.Message{At: time.Now().Add(-time.Duration(i) * time.Second), User: "U0JANE", Text: fmt.Sprint(i)})
	}
	all, err := texts(c.History(t.Context(), slack.Channel, time.Now().Add(-time.Hour)))
	require.NoError(t, err)
	require.Len(t, all, 450)
	require.Equal(t, []string{"0", "449"}, []string{all[0], all[449]}, "the newest first")
	require.Equal(t, 3, s.Count(history))

	for range c.History(t.Context(), slack.Channel, time.Now().Add(-time.Hour)) {
		break
	}
	require.Equal(t, 4, s.Count(history), "no further page is asked for than is wanted")
}

func TestHistoryOfNothingWantsAnOlderMessage(t *testing.T) {
	s, c := start(t)
	all, err := texts(c.History(t.Context(), slack.Channel, time.Now().Add(time.Hour)))
	require.NoError(t, err)
	require.Empty(t, all)
	require.Equal(t, 2, s.Count(history))

	s.Inject(fault.Fault{Path: history, Times: 2, Do: fault.Answer(200, `{"ok":true,"messages":[],"has_more":false}`)})
	_, err = texts(c.History(t.Context(), slack.Channel, time.Now()))
	require.EqualError(t, err, "the channel has no message at all, not even that the app joined it")

	s.Inject(fault.Fault{Path: history, Times: 1, Do: fault.Answer(200, `{"ok":true,"messages":[{"ts":"1.1","text":"x"}],"has_more":true}`)})
	all, err = texts(c.History(t.Context(), slack.Channel, time.Now()))
	require.Equal(t, []string{"x"}, all)
	require.EqualError(t, err, "there is more, and no cursor to it")

	_, err = texts(c.History(t.Context(), "C0STRANGE", time.Now()))
	require.Equal(t, "not_in_channel", slackapi.Word(err))
}

func TestThread(t *testing.T) {
	s, c := start(t)
	s.Plant(slack.Message{At: time.Now(), User: "U0JANE", Text: "who?", Replies: []slack.Message{{At: time.Now(), User: "U0SAM", Text: "me"}}})
	all, err := texts(c.Thread(t.Context(), slack.Channel, s.Messages()[0].TS))
	require.NoError(t, err)
	require.Equal(t, []string{"who?", "me"}, all)
}

func TestPagesEnd(t *testing.T) {
	read := 0
	var last error
	for _, err := range slackapi.Pages(func(string) ([]int, string, bool, error) {
		read++
		return []int{read}, "on and on", true, nil
	}) {
		last = err
	}
	require.EqualError(t, last, "there are more than 500 pages")
	require.Equal(t, 500, read)

	wrong := errors.New("wrong")
	for n, err := range slackapi.Pages(func(string) ([]int, string, bool, error) { return nil, "", true, wrong }) {
		require.Zero(t, n)
		require.ErrorIs(t, err, wrong)
	}
}
