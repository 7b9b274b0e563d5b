package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// sendToWebhook is ours and not slack-go's, which takes any 200 for success and prints the address.
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
func (s source) sendToWebhook(ctx context.Context, m render.Message) error {
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
		return fmt.Errorf("post to the webhook: the answer is %.100q and not ok: a proxy between here and Slack?", said)
	}
	return fmt.Errorf("post to the webhook: %d %w", answer.Status, advised(slackapi.Refusal{Word: said}))
}
