package alert

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Message is one in the notifications channel.
type Message struct {
	Channel, TS string // which name it in Slack
	At          time.Time
	App         bool   // an app or a bot wrote it, not a person
	Own         bool   // our own app wrote it
	Bot         string // ID of the app
	Text        string
	Reactions   []string // by people, without skin tones
	Answered    bool     // a person replied
	Link        string
}

// Wants tells whether somebody must handle a message: people's words, ours, canaries and apps that the policy names want nobody.
func (p Policy) Wants(m Message) bool {
	if !m.App || m.Own || slices.Contains(p.IgnoreApps, m.Bot) || strings.Contains(m.Text, p.Canary.Alertname) {
		return false
	}
	return !regexp.MustCompile("(?s)^(?:" + p.IgnorePattern + ")$").MatchString(m.Text)
}

// Reacted tells whether people agreed by a reaction that a message is handled.
func (p Policy) Reacted(m Message) bool {
	return slices.ContainsFunc(m.Reactions, func(name string) bool { return slices.Contains(p.HandledReactions, name) })
}

// Unhandled are the messages that want somebody and got nobody, the oldest first.
func (p Policy) Unhandled(messages []Message) (left []Message) {
	for _, m := range messages {
		if p.Wants(m) && !p.Reacted(m) && !m.Answered {
			left = append(left, m)
		}
	}
	slices.SortFunc(left, func(a, b Message) int { return a.At.Compare(b.At) })
	return left
}

// Told is how many unhandled messages are findings of their own; the others are counted.
const Told = 20

func unhandledMessages(f Facts, p Policy, now time.Time) (found []report.Finding) {
	left := p.Unhandled(f.Messages)
	action := fmt.Sprintf("Read it, do what it asks for, and react with :%s: or reply.", strings.Join(p.HandledReactions, ": or :"))
	for _, m := range left[:min(Told, len(left))] {
		found = append(found, report.Finding{
			Rule: "notification-unhandled", Subject: f.Scope + "/" + m.Channel + "/" + m.TS, Severity: report.Warning, Since: m.At.UTC(),
			Summary: fmt.Sprintf("nobody handled a notification of %s ago: %s", long(now.Sub(m.At)), m.title()),
			Action:  action, Link: report.Web(m.Link),
		})
	}
	if more := len(left) - Told; more > 0 {
		found = append(found, report.Finding{
			Rule: "notification-unhandled", Subject: f.Scope + "/" + left[0].Channel, Severity: report.Warning, Since: left[Told].At.UTC(),
			Summary: fmt.Sprintf("nobody handled %s more, the last of %s", report.Number(more, "notification"), clock(left[len(left)-1].At)),
			Action:  action,
		})
	}
	return found
}

// title is a message's first line, cut.
func (m Message) title() string {
	line, _, _ := strings.Cut(strings.TrimSpace(m.Text), "\n")
	if runes := []rune(line); len(runes) > 120 {
		return string(runes[:119]) + "…"
	}
	return line
}
