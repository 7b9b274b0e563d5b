package strict

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// Option changes how a document is decoded.
type Option func(*telling)

// NamesOnly keeps values out of errors, for a document in which somebody may have written a secret. Keys are in them.
func NamesOnly(t *telling) { t.namesOnly = true }

// telling is how much errors tell.
type telling struct{ namesOnly bool }

func with(options []Option) (t telling) {
	for _, option := range options {
		option(&t)
	}
	return t
}

// without leaves a value out of what a reader of values says of it.
func (t telling) without(value, told string) string {
	if !t.namesOnly {
		return told
	}
	value = strconv.Quote(value)
	return strings.ReplaceAll(strings.TrimSuffix(told, ", not "+value), value, "this value")
}

// shown is how yaml's own errors show values.
var shown = regexp.MustCompile("anchor '[^\n]*'|(?s:`.*`)|invalid map key: [^\n]*")

func (t telling) hide(err error) error {
	if err == nil || !t.namesOnly {
		return err
	}
	return errors.New(shown.ReplaceAllStringFunc(err.Error(), func(part string) string {
		switch part[0] {
		case 'a':
			return "anchor: quote a value that begins with *"
		case 'i':
			return "a key is no text"
		}
		return "a value"
	}))
}
