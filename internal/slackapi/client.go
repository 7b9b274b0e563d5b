// Package slackapi is Slack's Web API by slack-go, held to what the house wants of every client: calls are bounded, whatever
// is not Slack's yes is an error in a reader's words, and pages are read to the end.
package slackapi

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Client is Slack as one app sees it. Its errors want [fetch.Scrub], as all of net/http's do.
type Client struct {
	*slack.Client
	User, Bot string // who the token is, after SignIn; Bot is empty of a person's
}

// New makes a client that has asked nothing yet. Without an address it is that of Slack's commercial service.
func New(token fetch.Secret, address string, limits fetch.Options) *Client {
	base := strings.TrimRight(cmp.Or(address, slack.APIURL), "/") + "/" // slack-go counts on the slash
	web := &http.Client{Transport: &door{fetch.Transport(limits), base}, Timeout: limits.Timeout}
	return &Client{Client: slack.New(token.Reveal(), slack.OptionAPIURL(base), slack.OptionHTTPClient(web))}
}

// SignIn asks who the token is.
func (c *Client) SignIn(ctx context.Context) error {
	who, err := c.AuthTestContext(ctx)
	if err == nil && who.UserID == "" {
		err = ErrNotSlack
	}
	if err != nil {
		return err
	}
	c.User, c.Bot = who.UserID, who.BotID
	return nil
}

// Wrote tells whether a message is this app's own.
func (c *Client) Wrote(m slack.Message) bool {
	return m.User != "" && m.User == c.User || m.BotID != "" && m.BotID == c.Bot
}

var channelID = regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`)

// IsChannel tells a channel's ID, which alone can be read, from its name.
func IsChannel(id string) bool { return channelID.MatchString(id) }

// Moment is when a message was posted, which its name begins with, in seconds since 1970.
func Moment(ts string) time.Time {
	whole, _, _ := strings.Cut(ts, ".")
	seconds, _ := strconv.ParseInt(whole, 10, 64)
	return time.Unix(seconds, 0)
}
