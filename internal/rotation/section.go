package rotation

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Section is a part of the message, in lines of plain text without anything that could break one.
type Section struct {
	Title string
	Lines []string
}

// What a section has room for in characters, of which Slack takes 3,000: https://docs.slack.dev/reference/block-kit/blocks/section-block
const (
	longestSection = 2900
	longestLine    = 300
)

// cut keeps a section within its limits, and says how much is missing.
func (s Section) cut() Section {
	room := longestSection - 50
	s.Title = oneLine(s.Title)
	for i, line := range s.Lines {
		s.Lines[i] = oneLine(line)
		if room -= utf8.RuneCountInString(s.Lines[i]) + 1; room < 0 {
			s.Lines = append(slices.Clone(s.Lines[:i]), fmt.Sprintf("+%d more", len(s.Lines)-i))
			break
		}
	}
	return s
}

// oneLine makes text from outside a line, of limited length.
func oneLine(text string) string {
	text = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(text, "?"))
	if runes := []rune(text); len(runes) > longestLine {
		return string(runes[:longestLine]) + fmt.Sprintf("… (+%d characters)", len(runes)-longestLine)
	}
	return text
}
