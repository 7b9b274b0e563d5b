package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Slack's markup knows three escapes, and none for its own * _ ~ and `. The first three are what a
// mention or a link is made of; a backtick could swallow what follows it.
// https://docs.slack.dev/messaging/formatting-message-text
var mrkdwn = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "'")

// prose makes text from outside harmless in Slack: it neither mentions nor links. It is at most
// so many characters long, as Slack counts them, and says how many are missing.
func (p *sheet) prose(text string, most int) string {
	var b strings.Builder
	runes, length := []rune(plain(text)), 0
	for i, c := range runes {
		piece := mrkdwn.Replace(string(c))
		if length += utf8.RuneCountInString(piece); length > most {
			p.shortened = true
			fmt.Fprintf(&b, "… (+%d characters)", len(runes)-i)
			break
		}
		b.WriteString(piece)
	}
	return b.String()
}

// paragraph is prose that keeps its lines.
func (p *sheet) paragraph(text string, most int) string {
	var kept []string
	all := lines(text)
	for i, line := range all {
		if most <= 0 {
			p.shortened = true
			kept = append(kept, fmt.Sprintf("… (+%d lines)", len(all)-i))
			break
		}
		line = p.prose(line, most)
		most -= utf8.RuneCountInString(line) + 1
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

// code is an identifier, which keeps its * and _ only there.
func (p *sheet) code(text string, most int) string {
	if text == "" {
		return ""
	}
	return "`" + p.prose(text, most) + "`"
}

// maxLink bounds an address in characters; a longer one is left out.
const maxLink = 500

// anchor links to an address that may be followed, and is only its label when the address is none.
func (p *sheet) anchor(address, label string) string {
	target := mrkdwn.Replace(report.Web(address))
	if target == "" || len(target) > maxLink {
		return p.prose(label, 100)
	}
	return "<" + target + "|" + p.prose(label, 100) + ">"
}
