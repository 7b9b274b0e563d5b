package slack

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// payload is what a message is posted as.
type payload struct {
	Channel   string          `json:"channel"`
	TS        string          `json:"ts"` // of the message to update
	Thread    string          `json:"thread_ts"`
	Broadcast bool            `json:"reply_broadcast"`
	Text      string          `json:"text"`
	Blocks    []block         `json:"blocks"`
	Metadata  json.RawMessage `json:"metadata"`
	files     []File

	Attachments []attachment `json:"attachments"`
}

// attachment is Slack's older form, which Alertmanager posts.
type attachment struct {
	Title    string `json:"title"`
	Fallback string `json:"fallback"`
	Text     string `json:"text,omitempty"`
}

type block struct {
	Type     string  `json:"type"`
	Text     *words  `json:"text"`
	Fields   []words `json:"fields"`
	Elements []words `json:"elements"`
}

type words struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Verbatim bool   `json:"verbatim"`
}

// Slack's limits: https://docs.slack.dev/reference/block-kit/blocks. The last is on no page:
// https://github.com/slackapi/bolt-js/issues/2509
const (
	maxBlocks     = 50
	maxHeader     = 150
	maxSection    = 3000
	maxFields     = 10
	maxField      = 2000
	maxElements   = 10
	maxText       = 40_000
	maxCharacters = 13_200
)

// Refusal is Slack's word for what is wrong with a message, given as JSON, or "".
func Refusal(message []byte) string {
	var p payload
	if json.Unmarshal(message, &p) != nil {
		return "invalid_json"
	}
	code, _ := p.refusal()
	return code
}

// refusal is Slack's word for what is wrong, with details, or "".
func (p payload) refusal() (code string, details []string) {
	if p.Text == "" && len(p.Blocks) == 0 && len(p.Attachments) == 0 {
		return "no_text", nil
	}
	if utf8.RuneCountInString(p.Text) > maxText {
		return "msg_too_long", nil
	}
	if len(p.Blocks) > maxBlocks {
		return "invalid_blocks", []string{fmt.Sprintf("no more than %d items allowed [json-pointer:/blocks]", maxBlocks)}
	}
	if refusal := refuseMetadata(p.Metadata); refusal != "" {
		return refusal, nil
	}
	sum := 0
	for i, b := range p.Blocks {
		if wrong := b.wrong(); wrong != "" {
			details = append(details, fmt.Sprintf("%s [json-pointer:/blocks/%d]", wrong, i))
		}
		for _, w := range b.all() {
			sum += utf8.RuneCountInString(w.Text)
		}
	}
	switch {
	case len(details) > 0:
		return "invalid_blocks", details
	case sum > maxCharacters:
		return "msg_blocks_too_long", nil
	}
	return "", nil
}

// wrong knows the blocks that this project posts, and refuses the others.
func (b block) wrong() string {
	switch b.Type {
	case "divider":
		return ""
	case "header":
		if b.Text == nil || b.Text.Type != "plain_text" {
			return "a header wants plain_text"
		}
		return b.Text.wrong(maxHeader)
	case "section":
		switch {
		case b.Text == nil && len(b.Fields) == 0:
			return "a section wants text or fields"
		case len(b.Fields) > maxFields:
			return fmt.Sprintf("no more than %d fields", maxFields)
		case b.Text != nil && b.Text.wrong(maxSection) != "":
			return b.Text.wrong(maxSection)
		}
		return first(b.Fields, maxField)
	case "context":
		if len(b.Elements) == 0 || len(b.Elements) > maxElements {
			return fmt.Sprintf("a context wants 1 to %d elements", maxElements)
		}
		return first(b.Elements, maxSection)
	}
	return fmt.Sprintf("unsupported type: %s", b.Type)
}

func first(all []words, most int) string {
	for _, w := range all {
		if wrong := w.wrong(most); wrong != "" {
			return wrong
		}
	}
	return ""
}

func (w words) wrong(most int) string {
	switch n := utf8.RuneCountInString(w.Text); {
	case w.Type != "plain_text" && w.Type != "mrkdwn":
		return fmt.Sprintf("unsupported text type: %s", w.Type)
	case n == 0:
		return "must be more than 0 characters"
	case n > most:
		return fmt.Sprintf("must be less than %d characters", most+1)
	}
	return ""
}

func (b block) all() (all []words) {
	if b.Text != nil {
		all = append(all, *b.Text)
	}
	return append(append(all, b.Fields...), b.Elements...)
}
