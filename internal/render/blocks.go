package render

import (
	"fmt"
	"unicode/utf8"
)

// Message is a Slack message as both the Web API and a webhook take it.
type Message struct {
	Text        string  `json:"text"` // for notifications and screen readers
	Blocks      []Block `json:"blocks"`
	UnfurlLinks bool    `json:"unfurl_links"`
	UnfurlMedia bool    `json:"unfurl_media"`

	Shortened bool `json:"-"` // it says of something that there is more of it
}

// sheet is a post on its way into a message.
type sheet struct {
	Post
	shortened bool
}

// message makes one of blocks. What its text leaves out, the blocks show.
func (p *sheet) message(blocks []Block) Message {
	m := Message{Blocks: blocks, Shortened: p.shortened}
	m.Text = p.prose(p.notification(), 300)
	return m
}

// Block is one block of Block Kit: a header, a section or a context.
type Block struct {
	Type     string  `json:"type"`
	Text     *Words  `json:"text,omitempty"`
	Elements []Words `json:"elements,omitempty"`
}

// Words is a text object. Verbatim keeps Slack from making links and mentions out of bare words.
type Words struct {
	Type     string `json:"type"`
	Text     string `json:"text"`
	Verbatim bool   `json:"verbatim,omitempty"`
}

// The limits are Slack's with room to spare: 50 blocks a message, 150 characters in a header, 3,000
// in a section, and in all blocks about 13,200, which no page of Slack's says
// (https://github.com/slackapi/bolt-js/issues/2509). What follows adds up to less than 12,000.
const (
	maxHeader   = 120
	maxText     = 2000
	maxFindings = 10
	maxGaps     = 5

	roomFindings = 5000
	roomGaps     = 2000
	roomGone     = 1500
)

func header(text string) Block {
	return Block{Type: "header", Text: &Words{Type: "plain_text", Text: text}}
}

func section(text string) Block {
	return Block{Type: "section", Text: &Words{Type: "mrkdwn", Text: text, Verbatim: true}}
}

func context(text string) Block {
	return Block{Type: "context", Elements: []Words{{Type: "mrkdwn", Text: text, Verbatim: true}}}
}

// some makes sections of the first texts, as many as there is room for, and says how many are missing.
func (p *sheet) some(texts []string, most, room int, what string) (blocks []Block) {
	for i, text := range texts {
		room -= utf8.RuneCountInString(text)
		if i == most || room < 0 && i > 0 {
			p.shortened = true
			return append(blocks, context(fmt.Sprintf("+%d more %s", len(texts)-i, what)))
		}
		blocks = append(blocks, section(text))
	}
	return blocks
}
