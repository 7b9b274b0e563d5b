package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// workspace is Slack as one app sees it.
type workspace struct {
	*slack.Client
	once     *slack.Client // for what must not be done twice
	app, bot string        // who the token is
}

func (c *config) open(ctx context.Context) (*workspace, error) {
	client := func(tries int) *slack.Client {
		web := &http.Client{Transport: fetch.Transport(fetch.Options{Timeout: c.RequestTimeout, Tries: tries}), Timeout: c.RequestTimeout}
		return slack.New(c.SlackToken.Reveal(), slack.OptionAPIURL(c.SlackAPI), slack.OptionHTTPClient(web))
	}
	w := &workspace{Client: client(3), once: client(1)}
	who, err := w.AuthTestContext(ctx)
	if err == nil && who.UserID == "" {
		err = errNotSlack
	}
	if err != nil {
		return nil, err
	}
	w.app, w.bot = who.UserID, who.BotID
	return w, nil
}

// errNotSlack is of an answer with status 200 that lacks what Slack's have: slack-go takes any without the word error
// for success.
var errNotSlack = errors.New("the answer is none of Slack's: a proxy between here and Slack?")

// code is Slack's word for a refusal, empty where it said none.
func code(err error) string {
	refused, _ := errors.AsType[slack.SlackErrorResponse](err)
	return refused.Err
}

// explained says in a reader's words what slack-go says in its own.
func explained(err error) error {
	var refused slack.SlackErrorResponse
	var status slack.StatusCodeError
	var limited *slack.RateLimitedError
	var number *strconv.NumError // of a Retry-After with a fraction, at which slack-go stumbles
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &refused) && refused.Needed != "":
		return fmt.Errorf("%q: it needs %s and has %s", refused.Err, refused.Needed, refused.Provided)
	case errors.As(err, &refused):
		return fmt.Errorf("%q", refused.Err)
	case errors.As(err, &limited), errors.As(err, &number):
		return errors.New("too many requests (429)")
	case errors.As(err, &status):
		return errors.New(status.Status)
	case errors.As(err, &syntax), errors.As(err, &kind), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errNotSlack
	}
	return fetch.Scrub(err)
}

// remedies are what to do about Slack's refusals: https://docs.slack.dev/reference/methods
var remedies = map[string]string{
	"account_inactive":         "Install the app again and give SLACK_TOKEN its new token.",
	"channel_not_found":        "Invite the app to the channel (/invite), or correct the channel's ID in the schedule.",
	"invalid_auth":             "Give SLACK_TOKEN a bot's token of this workspace.",
	"is_archived":              "Unarchive the channel, or take it out of the schedule.",
	"missing_scope":            "Give the app the scope that it needs, and install it again.",
	"not_in_channel":           "Invite the app to the channel (/invite).",
	"paid_teams_only":          "Take slack.group out of the schedule: user groups need a paid plan.",
	"permission_denied":        "Have an administrator let everybody edit user groups, or set the group by hand.",
	"plan_upgrade_required":    "Take slack.group out of the schedule: user groups need a paid plan.",
	"restricted_action":        "Have an administrator allow it, or do it by hand.",
	"token_expired":            "Give SLACK_TOKEN a bot's token that is valid.",
	"token_revoked":            "Install the app again and give SLACK_TOKEN its new token.",
	"too_long":                 "Shorten the rest of the topic.",
	"user_is_restricted":       "Give the app a role that may set topics.",
	"user_is_ultra_restricted": "Invite them by hand: they are a guest.",
}

// remedy is what to do about an answer that says no.
func remedy(err error) string {
	word := code(err)
	if known := remedies[word]; known != "" {
		return known
	}
	if word != "" {
		return fmt.Sprintf("Look up what Slack means by %q, and correct it.", word)
	}
	return "Run it again; if it stays so, look at SLACK_API_URL and at what lies in between."
}
