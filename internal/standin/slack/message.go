package slack

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// Message is one that was posted.
type Message struct {
	Channel string
	Way     string // "webhook" or "bot"
	At      time.Time
	TS      string
	Text    string
	Blocks  []block

	Attachments []attachment
	User        string     // a person who wrote it; empty: an app
	Bot         string     // the app that wrote it, where Way does not tell
	Reactions   []Reaction // to it
	Replies     []Message  // in its thread

	Thread    string          // the message that a reply is to
	Broadcast bool            // a reply that the channel shows too
	Edited    bool            // updated since
	Metadata  json.RawMessage // for apps
	Files     []File
}

var (
	special = regexp.MustCompile(`<([^<>]*)>`)
	bare    = regexp.MustCompile(`https?://[^\s<>|]+`)
	escapes = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// Words are the message as a person reads it: blocks where there are any, as Slack shows them.
func (m Message) Words() string {
	var said []string
	for _, w := range m.shown() {
		said = append(said, w.read())
	}
	return strings.Join(said, "\n")
}

// Mentions are the people and channels that Slack would call, in the markup of Slack.
func (m Message) Mentions() (all []string) {
	for _, w := range m.everything() {
		for _, match := range special.FindAllStringSubmatch(w.Text, -1) {
			if strings.ContainsAny(match[1][:min(1, len(match[1]))], "!@#") && w.Type == "mrkdwn" {
				all = append(all, match[0])
			}
		}
	}
	return all
}

// Links are the addresses that Slack would make links of: those in markup, and where it is not told
// to take a text verbatim, bare ones.
func (m Message) Links() (all []string) {
	for _, w := range m.everything() {
		if w.Type != "mrkdwn" {
			continue
		}
		for _, match := range special.FindAllStringSubmatch(w.Text, -1) {
			if address, _, _ := strings.Cut(match[1], "|"); !strings.ContainsAny(address[:min(1, len(address))], "!@#") {
				all = append(all, escapes.Replace(address))
			}
		}
		if !w.Verbatim {
			all = append(all, bare.FindAllString(special.ReplaceAllString(w.Text, ""), -1)...)
		}
	}
	return all
}

// shown is what the channel shows: the text only where there are no blocks.
func (m Message) shown() (all []words) {
	for _, b := range m.Blocks {
		all = append(all, b.all()...)
	}
	if len(all) == 0 {
		return []words{{"mrkdwn", m.Text, false}}
	}
	return all
}

// everything is what the channel and a notification show.
func (m Message) everything() []words {
	if len(m.Blocks) == 0 {
		return m.shown()
	}
	return append(m.shown(), words{"mrkdwn", m.Text, false})
}

func (w words) read() string {
	text := w.Text
	if w.Type == "mrkdwn" {
		text = special.ReplaceAllStringFunc(text, func(markup string) string {
			address, label, labelled := strings.Cut(strings.Trim(markup, "<>"), "|")
			if !labelled {
				return address
			}
			return label + " (" + address + ")"
		})
	}
	return escapes.Replace(text)
}
