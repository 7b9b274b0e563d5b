package page

import (
	"net/url"
	"strings"
	"unicode"
)

// plain takes from the whole page what nobody sees and what turns the direction of writing: no field can be forgotten.
// Entities cannot bring it back, as the template escapes the ampersand of what it is given.
func plain(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t':
			return ' '
		case c == '\n':
			return c
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029':
			return -1
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// web is the address if it is one that a reader may follow, else nothing. A name before the host is refused, because it
// makes an address look like another's.
func web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return address
}

// sentence joins what is there of several texts.
func sentence(between string, texts ...string) string {
	var there []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			there = append(there, text)
		}
	}
	return strings.Join(there, between)
}
