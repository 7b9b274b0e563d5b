package slackapi

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Refusal is Slack's no.
type Refusal struct {
	Word             string // Slack's own, such as not_in_channel
	needed, provided string // scopes, where one is missing
	wait             time.Duration
}

// busy is Slack's word beside the status 429.
const busy = "ratelimited"

func (r Refusal) Error() string {
	switch {
	case r.Word == busy && r.wait > 0:
		return fmt.Sprintf("too many requests (429): Slack asks to wait %s", r.wait)
	case r.Word == busy:
		return "too many requests (429)"
	case r.needed != "":
		return fmt.Sprintf("%q: it needs %s and has %s", r.Word, r.needed, r.provided)
	}
	return fmt.Sprintf("%.100q", r.Word) // a webhook's may be a page
}

// Word is Slack's for a refusal, empty of any other error.
func Word(err error) string {
	refused, _ := errors.AsType[Refusal](err)
	return refused.Word
}

// remedies are by Slack's words: https://docs.slack.dev/reference/methods and, of webhooks,
// https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
var remedies = map[string]string{
	"account_inactive":                  "install the app again and take its new token",
	"action_prohibited":                 "have an administrator allow it",
	"channel_is_archived":               "unarchive the channel, or name another",
	"channel_not_found":                 "invite the app to the channel (/invite), or correct the channel's ID",
	"invalid_auth":                      "correct Slack's token: it is no bot's of this workspace",
	"invalid_token":                     "the webhook was removed: make a new one and give its address",
	"is_archived":                       "unarchive the channel, or name another",
	"missing_scope":                     "give the app the scope that it needs, and install it again",
	"no_active_hooks":                   "the webhook is disabled: make a new one and give its address",
	"no_service":                        "the webhook was removed: make a new one and give its address",
	"not_authed":                        "correct Slack's token: it is no bot's of this workspace",
	"not_in_channel":                    "invite the app to the channel (/invite)",
	"paid_teams_only":                   "take slack.group out of the schedule: user groups need a paid plan",
	"permission_denied":                 "have an administrator let everybody edit user groups, or set the group by hand",
	"plan_upgrade_required":             "take slack.group out of the schedule: user groups need a paid plan",
	"posting_to_general_channel_denied": "have an administrator allow it in #general, or name another channel",
	busy:                                "run it again later",
	"restricted_action":                 "have an administrator allow it, or do it by hand",
	"token_expired":                     "take a new token of the app",
	"token_revoked":                     "install the app again and take its new token",
	"too_long":                          "shorten the rest of the topic",
	"user_is_restricted":                "give the app a role that may do it",
	"user_is_ultra_restricted":          "invite them by hand: they are a guest",
}

// Known is what to do about a refusal, in half a sentence; empty where the house knows nothing.
func Known(err error) string { return remedies[Word(err)] }

// Remedy is what to do about any error, in a sentence.
func Remedy(err error) string {
	if known := Known(err); known != "" {
		return strings.ToUpper(known[:1]) + known[1:] + "."
	}
	if word := Word(err); word != "" {
		return fmt.Sprintf("Look up what Slack means by %q, and correct it.", word)
	}
	return "Run it again; if it stays so, look at SLACK_API_URL and at what lies in between."
}
