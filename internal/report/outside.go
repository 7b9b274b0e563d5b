package report

import (
	"net/url"
	"strings"
	"unicode"
)

// Plain is a text from outside without what nobody sees and without what turns the direction of writing: control characters,
// bidirectional marks, and the separators that break a line where Go's own words do not. It keeps its newlines; where one
// line is wanted, [Line] comes before it. What is not UTF-8 becomes a question mark.
func Plain(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\t':
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029':
			return -1
		case c == unicode.ReplacementChar:
			return '?'
		}
		return c
	}, text)
}

// Web is an address from outside if it is one that a reader may follow, else nothing: of http or https, as a browser
// sends it, which is ASCII, and without what ends a link in Markdown, HTML or Slack. A name before the host is refused,
// because it makes an address look like another's.
func Web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if !strings.HasPrefix(address, u.Scheme+"://") || strings.ContainsFunc(address, unfit) {
		return ""
	}
	return address
}

// unfit tells of a character that has no place in an address.
func unfit(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune("<>\\|`", c) }
