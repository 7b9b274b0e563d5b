package slack

import (
	"io"
	"net/http"
	"testing"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"
)

func TestPageShowsMarkupAndNothingElse(t *testing.T) {
	s := New()
	defer s.Close()
	_, _, err := slack.New(Token, slack.OptionAPIURL(s.APIURL())).PostMessage(Channel, slack.MsgOptionBlocks(
		slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "*HIGH* `cf` &lt;script&gt; <https://ci.example.gov/?a=1&amp;b=2|the build> <!here> <javascript:alert(1)|no>", false, false), nil, nil)))
	require.NoError(t, err)
	request, err := http.NewRequest(http.MethodGet, s.URL(), nil)
	require.NoError(t, err)
	request.Header.Set("Accept", "text/html,*/*")
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), `<b>HIGH</b> <code>cf</code> &lt;script&gt; <a href="https://ci.example.gov/?a=1&amp;b=2">the build</a> <mark>!here</mark> <mark>no</mark>`)
	require.NotContains(t, string(body), "<script>")
}
