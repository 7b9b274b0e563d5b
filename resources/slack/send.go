package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// letter is one message to be written: a new one, a reply to Thread, or TS anew.
type letter struct {
	Channel   string `json:"channel,omitempty"`
	TS        string `json:"ts,omitempty"`
	Thread    string `json:"thread_ts,omitempty"`
	Broadcast bool   `json:"reply_broadcast,omitempty"` // shown in the channel too, or here and channel would call nobody
	render.Message
	Metadata *slack.SlackMetadata `json:"metadata,omitempty"`
}

// limits leave the tries to patient: a post is not repeated lightly.
var limits = fetch.Options{Timeout: enough, Try: enough, Tries: 1, Limit: 16 << 20, Transport: patient{http.DefaultTransport}}

// send gives where the message is. A webhook's is named by the time.
func (w *writer) send(ctx context.Context, l letter) (*thread, error) {
	switch {
	case w.dry():
		return w.print(l)
	case w.Source.URL.IsZero():
		return w.sendAsBot(ctx, l)
	}
	return &thread{ts: w.now.UTC().Format(time.RFC3339Nano)}, w.Source.sendToWebhook(ctx, l.Message)
}

// print shows what would be posted.
func (w *writer) print(l letter) (*thread, error) {
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return nil, err
	}
	w.Log.Printf("dry run, not posted: %s", text)
	return &thread{}, nil
}

func (w *writer) api() *slackapi.Client {
	return slackapi.New(w.Source.Token, w.Source.APIURL, limits)
}

// advised is an error with what to do about it.
func advised(err error) error {
	if known := slackapi.Known(err); known != "" {
		return fmt.Errorf("%w: %s", fetch.Scrub(err), known)
	}
	return fetch.Scrub(err)
}

func (w *writer) sendAsBot(ctx context.Context, l letter) (*thread, error) {
	blocks, err := convert(l.Blocks)
	if err != nil {
		return nil, err
	}
	options := []slack.MsgOption{
		slack.MsgOptionText(l.Text, false), slack.MsgOptionBlocks(blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if l.TS != "" {
		options = append(options, slack.MsgOptionUpdate(l.TS))
	}
	if l.Thread != "" {
		options = append(options, slack.MsgOptionTS(l.Thread))
	}
	if l.Broadcast {
		options = append(options, slack.MsgOptionBroadcast())
	}
	if l.Metadata != nil {
		options = append(options, slack.MsgOptionMetadata(*l.Metadata))
	}
	channel, ts, _, err := w.api().SendMessageContext(ctx, l.Channel, options...)
	if err != nil {
		return nil, fmt.Errorf("post to %s: %w", l.Channel, advised(err))
	}
	if ts == "" {
		return nil, fmt.Errorf("post to %s: %w", l.Channel, slackapi.ErrNotSlack)
	}
	return &thread{channel: channel, ts: ts}, nil
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
