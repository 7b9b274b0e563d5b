package slackapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// start runs a workspace and gives a client that tries once.
func start(t *testing.T) (*slack.Server, *slackapi.Client) {
	s := slack.New()
	t.Cleanup(s.Close)
	limits := fetch.Options{Timeout: time.Second, Tries: 1}
	return s, slackapi.New(fetch.NewSecret(slack.Token), s.URL()+"/api", limits) // without the slash at its end
}

func TestSignIn(t *testing.T) {
	_, c := start(t)
	require.NoError(t, c.SignIn(t.Context()))
	require.Equal(t, slack.App, c.User)
	require.NotEmpty(t, c.Bot)
}

// TestErrors: whatever is not Slack's yes is an error, in a reader's words and with what to do.
func TestErrors(t *testing.T) {
	const lookBetween = "Run it again; if it stays so, look at SLACK_API_URL and at what lies in between."
	says := func(body string) fault.Action { return fault.Answer(200, body) }
	for name, c := range map[string]struct {
		do           fault.Action
		said, remedy string
	}{
		"refused":             {says(`{"ok":false,"error":"is_archived"}`), `"is_archived"`, "Unarchive the channel, or name another."},
		"a scope missing":     {says(`{"ok":false,"error":"missing_scope","needed":"a:b","provided":"c:d"}`), `"missing_scope": it needs a:b and has c:d`, "Give the app the scope that it needs, and install it again."},
		"a word unknown":      {says(`{"ok":false,"error":"new_word"}`), `"new_word"`, `Look up what Slack means by "new_word", and correct it.`},
		"busy":                {fault.Answer(429, `{"ok":false,"error":"ratelimited"}`, "Retry-After", "1.5"), "too many requests (429): Slack asks to wait 1.5s", "Run it again later."},
		"busy, not until":     {fault.Answer(429, ""), "too many requests (429)", "Run it again later."},
		"busy, by word":       {says(`{"ok":false,"error":"ratelimited"}`), "too many requests (429)", "Run it again later."},
		"HTML":                {says("<html>sign in</html>"), slackapi.ErrNotSlack.Error(), lookBetween},
		"empty":               {says(""), slackapi.ErrNotSlack.Error(), lookBetween},
		"null":                {says("null"), slackapi.ErrNotSlack.Error(), lookBetween},
		"neither yes, no":     {says("{}"), slackapi.ErrNotSlack.Error(), lookBetween},
		"no without why":      {says(`{"ok":false}`), slackapi.ErrNotSlack.Error(), lookBetween},
		"yes from nobody":     {says(`{"ok":true}`), slackapi.ErrNotSlack.Error(), lookBetween},
		"an array":            {says("[]"), slackapi.ErrNotSlack.Error(), lookBetween},
		"sent elsewhere":      {fault.Answer(307, "", "Location", "http://127.0.0.1:1/"), "the answer sends elsewhere (307 Temporary Redirect): a proxy between here and Slack?", lookBetween},
		"broken":              {fault.Answer(503, ""), "POST {}: 503 Service Unavailable", lookBetween},
		"broken in the midst": {fault.Truncate(8), "the answer broke off after 8 bytes: unexpected EOF", lookBetween},
		"silent":              {fault.Hang, "no answer in time", lookBetween},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := start(t)
			s.Inject(fault.Fault{Do: c.do})
			err := fetch.Scrub(client.SignIn(t.Context()))
			require.EqualError(t, err, strings.ReplaceAll(c.said, "{}", s.URL()))
			require.Equal(t, c.remedy, slackapi.Remedy(err))
			require.Empty(t, client.User)
		})
	}
}
