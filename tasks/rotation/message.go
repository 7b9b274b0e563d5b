package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// What Slack takes as one message, with some room to spare: https://docs.slack.dev/reference/block-kit/blocks, and for the
// sum of characters https://github.com/slackapi/bolt-js/issues/2509
const (
	mostBlocks = 45
	mostSum    = 12_000
)

// message is the hand-off in Slack. Only its first line is markup, and mentions the two people; all that came from outside is
// plain text, in which Slack sees no mention.
func (l *looker) message(h rotation.HandOff) []slack.MsgOption {
	title := h.Title(l.mention)
	blocks := []slack.Block{slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, title, false, true), nil, nil)}
	sections, sum := h.Sections(l.run.Now()), len(title)
	for i, s := range sections {
		text := strings.Join(append([]string{s.Title}, s.Lines...), "\n• ")
		if sum += utf8.RuneCountInString(text); sum > mostSum || len(blocks) == mostBlocks {
			blocks = append(blocks, plain(fmt.Sprintf("+%d more parts, in report/handoff.md of the build", len(sections)-i)))
			break
		}
		blocks = append(blocks, plain(text))
	}
	return []slack.MsgOption{
		slack.MsgOptionText(title, false), slack.MsgOptionBlocks(blocks...), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: handOffs, EventPayload: map[string]any{"hand_off": h.Key()}}),
	}
}

func plain(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, text, false, false), nil, nil)
}

// mention calls a person who has an account; a name holds nothing that is markup.
func (l *looker) mention(name string) string {
	if u := l.now.Users[name]; u.Usable() {
		return "<@" + u.ID + ">"
	}
	return name
}

func (w *workspace) post(ctx context.Context, channel string, message []slack.MsgOption) error {
	_, stamp, err := w.once.PostMessageContext(ctx, channel, message...)
	if err == nil && stamp == "" {
		err = slackapi.ErrNotSlack
	}
	return err
}
