package rotation

import (
	"html"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// The part of a topic that is the schedule's begins with a word and ends at a bar, or where the topic ends:
//
//	Platform team | Support: Jane Doe until Tue 2026-12-01 | https://example.gov/runbook
const (
	mark = "Support:"
	bar  = "|"
)

// longestTopic is Slack's limit in characters: https://docs.slack.dev/reference/methods/conversations.setTopic
const longestTopic = 250

// part is what the schedule says in a topic during a shift. A shift that ends at midnight names its last day.
func part(s Shift) string {
	return mark + " " + s.Who + " until " + day(s.Until.Add(-time.Nanosecond))
}

// marked are where the schedule's parts are in a topic as Slack keeps it, without the bars around them: bars within <...>,
// Slack's links, are none.
func marked(topic string) (places [][2]int) {
	from, inside := 0, false
	end := func(to int) {
		text := topic[from:to]
		begins := from + len(text) - len(strings.TrimLeft(text, " "))
		if strings.HasPrefix(topic[begins:to], mark) {
			places = append(places, [2]int{begins, from + len(strings.TrimRight(text, " "))})
		}
		from = to + len(bar)
	}
	for i, c := range topic {
		switch c {
		case '<':
			inside = true
		case '>':
			inside = false
		case '|':
			if !inside {
				end(i)
			}
		}
	}
	end(len(topic))
	return places
}

// with is the topic with the schedule's part in its place; in front where it has none yet.
func with(topic string, places [][2]int, part string) string {
	if len(places) == 0 {
		return strings.TrimSpace(part + " " + bar + " " + topic)
	}
	before, after := topic[:places[0][0]], topic[places[0][1]:]
	if after == "" {
		after = " " + bar
	}
	return before + part + after
}

var markup = regexp.MustCompile(`<([^<>]*)>`)

// Meaning is what people read in a topic that Slack keeps: it escapes & < >, and makes links of addresses, of names that
// look like one, and of what people type as @name and #channel.
func Meaning(kept string) string {
	text := markup.ReplaceAllStringFunc(kept, func(link string) string {
		target, label, labelled := strings.Cut(strings.Trim(link, "<>"), bar)
		if !labelled {
			return target
		}
		if strings.HasPrefix(target, "#") || strings.HasPrefix(target, "@") {
			return target[:1] + strings.TrimLeft(label, "#@")
		}
		return label
	})
	return strings.Join(strings.Fields(html.UnescapeString(text)), " ")
}

// tooLong tells whether Slack would refuse a topic.
func tooLong(topic string) bool { return utf8.RuneCountInString(Meaning(topic)) > longestTopic }

// produced tells whether the schedule says a part on some day: that which it says of the shift that ends on the part's date.
func (s *Schedule) produced(text string) bool {
	date := text[max(0, len(text)-len(time.DateOnly)):]
	ends, err := time.ParseInLocation(time.DateOnly, date, s.Zone.Location())
	if err != nil {
		return false
	}
	for _, moment := range []time.Time{ends, ends.AddDate(0, 0, 1).Add(-time.Nanosecond)} {
		for _, shift := range s.week(moment) {
			if shift.Who != "" && part(shift) == text {
				return true
			}
		}
	}
	return false
}
