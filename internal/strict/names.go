package strict

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// NamesOnly keeps values out of errors, for a document in which somebody may have written a secret. Keys are in them.
func NamesOnly(o *option) { o.namesOnly = true }

// without leaves a value out of what a reader of values says of it.
func (o option) without(value, told string) string {
	if !o.namesOnly {
		return told
	}
	value = strconv.Quote(value)
	return strings.ReplaceAll(strings.TrimSuffix(told, ", not "+value), value, "this value")
}

// shown is how yaml's own errors show values.
var shown = regexp.MustCompile("unknown anchor '[^\n]*' referenced|anchor '[^\n]*'|(?s:`.*`)|invalid map key: [^\n]*")

func (o option) hide(err error) error {
	if err == nil || !o.namesOnly {
		return err
	}
	return errors.New(shown.ReplaceAllStringFunc(err.Error(), func(part string) string {
		switch part[0] {
		case 'u':
			return "an alias has no anchor: quote a value that begins with *"
		case 'a':
			return "an anchor"
		case 'i':
			return "a key is no text"
		}
		return "a value"
	}))
}
