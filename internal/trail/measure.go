package trail

import (
	"bytes"
	"fmt"
)

// extent is where an object ends, and what its own eventName is.
type extent struct {
	length int    // bytes; 0: it does not end here
	name   []byte // as written; nil when only decoding tells it

	key   bool // the next text of the object itself is a key
	named bool // ... or the value of eventName
	odd   bool // decoding may find another name
}

// deepest is how far records may nest; AWS's go to about ten.
const deepest = 64

// measure reads an object up to its end. It keeps track of brackets and strings alone, so that an object
// which is none may pass; but an eventName that it gives is the one that decoding gives, and where that
// is not certain, it gives none.
func measure(b []byte) (o extent, err error) {
	var kinds uint64 // a bit a level, 1 for an object
	depth := 0
	for i := 0; i < len(b); i++ {
		switch c := b[i]; c {
		case '"':
			end := closing(b, i+1)
			if end < 0 {
				return extent{}, nil
			}
			if depth == 1 {
				o.text(b[i+1 : end])
			}
			i = end
		case '{', '[':
			if depth == deepest {
				return extent{}, fmt.Errorf("a record nests deeper than %d", deepest)
			}
			kinds = kinds<<1 | kind(c)
			depth++
			o.key = depth == 1
		case '}', ']':
			if kinds&1 != kind(c) {
				return extent{}, fmt.Errorf("%q closes what it did not open", c)
			}
			kinds >>= 1
			if depth--; depth == 0 {
				return o.end(i + 1), nil
			}
		case ',':
			o.key = depth == 1
		}
	}
	return extent{}, nil
}

// kind is 1 for the brackets of an object, 0 for those of a list: 0x7b and 0x7d, 0x5b and 0x5d.
func kind(bracket byte) uint64 { return uint64(bracket >> 5 & 1) }

// text takes a key, or a value, of the object itself.
func (o *extent) text(text []byte) {
	switch {
	case o.key && string(text) == "eventName":
		o.named, o.odd = true, o.odd || o.name != nil
	case o.key:
		o.named, o.odd = false, o.odd || doubtful(text)
	case o.named:
		o.name, o.named, o.odd = text, false, o.odd || bytes.IndexByte(text, '\\') >= 0
	}
	o.key = false
}

func (o *extent) end(length int) extent {
	if o.length = length; o.odd {
		o.name = nil
	}
	return *o
}

// doubtful is a key that decoding may take for eventName: with escapes, or in other letters.
func doubtful(key []byte) bool {
	return bytes.IndexByte(key, '\\') >= 0 || len(key) == len("eventName") && bytes.EqualFold(key, []byte("eventName"))
}

// closing is the quote that ends a string, -1 when there is none yet. A quote after an odd number of
// backslashes is the string's own.
func closing(b []byte, from int) int {
	for i := from; ; {
		quote := bytes.IndexByte(b[i:], '"')
		if quote < 0 {
			return -1
		}
		quote += i
		slashes := quote
		for slashes > i && b[slashes-1] == '\\' {
			slashes--
		}
		if (quote-slashes)%2 == 0 {
			return quote
		}
		i = quote + 1
	}
}
