package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// remedies are what to do about Slack's refusals:
// https://docs.slack.dev/reference/methods/chat.postMessage#errors and
// https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
var remedies = map[string]string{
	"account_inactive":                  "the bot was removed: install the app again and take its new token",
	"action_prohibited":                 "an administrator forbids it: ask the workspace's owner",
	"channel_is_archived":               "unarchive the channel, or post to another",
	"channel_not_found":                 "correct channel, or invite the bot there (/invite)",
	"invalid_auth":                      "correct token: it is none of this workspace's",
	"invalid_token":                     "the webhook was removed: make a new one and set url",
	"is_archived":                       "unarchive the channel, or post to another",
	"missing_scope":                     "give the app the scope, and install it again",
	"no_active_hooks":                   "the webhook is disabled: make a new one and set url",
	"no_service":                        "the webhook was removed: make a new one and set url",
	"not_in_channel":                    "invite the bot to the channel (/invite)",
	"posting_to_general_channel_denied": "an administrator forbids it in #general: post to another channel",
	"restricted_action":                 "an administrator forbids it: ask the workspace's owner",
	"token_revoked":                     "the token was revoked: install the app again and take its new one",
}

// refusal is Slack's word, with what to do about it.
type refusal struct{ shown, code string }

func (r refusal) Error() string {
	if remedy := remedies[r.code]; remedy != "" {
		return r.shown + ": " + remedy
	}
	return r.shown
}

// code is Slack's word for what it refuses, or "".
func code(err error) string {
	var r refusal
	if errors.As(err, &r) {
		return r.code
	}
	return ""
}

// explained says in a reader's words what slack-go says in its own.
func explained(err error) error {
	var said slack.SlackErrorResponse
	var status slack.StatusCodeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &said) && said.Needed != "":
		return refusal{fmt.Sprintf("%s (needs %s, has %s)", said.Err, said.Needed, said.Provided), said.Err}
	case errors.As(err, &said):
		return refusal{strconv.Quote(said.Err), said.Err}
	case errors.As(err, &status):
		return fmt.Errorf("Slack answers %s", status.Status)
	case errors.As(err, &syntax):
		return errors.New("the answer is no JSON: a proxy between here and Slack?")
	}
	return fetch.Scrub(err)
}

// beginning is enough of an answer to tell what it is.
func beginning(text string) string {
	runes := []rune(text)
	return strconv.Quote(string(runes[:min(len(runes), 100)]))
}
