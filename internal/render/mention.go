package render

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Mention calls somebody in Slack. Only ParseMention makes one: no text of a report can.
type Mention struct{ markup string }

var (
	person = regexp.MustCompile(`^[UW][A-Z0-9]{2,14}$`)
	group  = regexp.MustCompile(`^S[A-Z0-9]{2,14}$`)
)

// ParseMention reads the ID of a person or a user group, "here" or "channel".
// https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
func ParseMention(text string) (Mention, error) {
	switch {
	case person.MatchString(text):
		return Mention{"<@" + text + ">"}, nil
	case group.MatchString(text):
		return Mention{"<!subteam^" + text + ">"}, nil
	case text == "here" || text == "channel":
		return Mention{"<!" + text + ">"}, nil
	}
	return Mention{}, fmt.Errorf("wants a person's ID such as U0123ABCD, a user group's such as S0123ABCD, here or channel, not %q", text)
}

// calls is the line that calls somebody, or says why it does not.
func (p *sheet) calls() string {
	var called []string
	for _, m := range p.Calls {
		if !slices.Contains(called, m.markup) {
			called = append(called, m.markup)
		}
	}
	said := strings.Join(called, " ")
	if said != "" {
		said += " please look."
	}
	if p.Uncalled != "" {
		said = strings.TrimSpace(said + " Who is on support is not known: " + p.prose(p.Uncalled, 200))
	}
	return said
}
