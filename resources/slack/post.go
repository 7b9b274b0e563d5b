package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/render"
)

// enough is the time for one post with all its tries; pipelines give a put a minute.
const enough = 45 * time.Second

// limits leave the tries to patient: a post is not repeated lightly.
var limits = fetch.Options{Timeout: enough, Try: enough, Tries: 1, Limit: 1 << 20, Transport: patient{http.DefaultTransport}}

// post gives the message's name: by a bot its time stamp, else the time.
func (s source) post(ctx context.Context, m render.Message) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, enough)
	defer cancel()
	if s.URL.IsZero() {
		return s.postAsBot(ctx, m)
	}
	return time.Now().UTC().Format(time.RFC3339Nano), s.postToWebhook(ctx, m)
}

// postToWebhook is ours and not slack-go's, which takes any 200 for success and prints the address.
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
func (s source) postToWebhook(ctx context.Context, m render.Message) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	header := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	answer, err := fetch.New(limits).Do(ctx, http.MethodPost, s.URL.Reveal(), header, body)
	if err != nil {
		return fmt.Errorf("post to the webhook: %w", err)
	}
	said := strings.TrimSpace(string(answer.Body))
	switch {
	case answer.Status == http.StatusOK && said == "ok":
		return nil
	case answer.Status == http.StatusOK:
		return fmt.Errorf("post to the webhook: the answer is %s and not ok: a proxy between here and Slack?", beginning(said))
	}
	return fmt.Errorf("post to the webhook: %d %w", answer.Status, refused(beginning(said), said))
}

func (s source) postAsBot(ctx context.Context, m render.Message) (string, error) {
	blocks, err := convert(m.Blocks)
	if err != nil {
		return "", err
	}
	api := slack.New(s.Token.Reveal(), slack.OptionAPIURL(s.api()), slack.OptionHTTPClient(&http.Client{Transport: fetch.Transport(limits)}))
	channel, stamp, err := api.PostMessageContext(ctx, s.Channel,
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	if err != nil {
		return "", fmt.Errorf("post to %s: %w", s.Channel, explained(err))
	}
	if stamp == "" { // slack-go takes any answer without the word error for success
		return "", fmt.Errorf("post to %s: the answer names no message: a proxy between here and Slack?", s.Channel)
	}
	return channel + "/" + stamp, nil
}

// convert makes slack-go's blocks of ours by way of their JSON.
func convert(blocks []render.Block) ([]slack.Block, error) {
	text, err := json.Marshal(blocks)
	if err != nil {
		return nil, err
	}
	var converted slack.Blocks
	return converted.BlockSet, errors.Join(json.Unmarshal(text, &converted))
}
