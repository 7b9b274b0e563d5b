package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// scanner gives the records of a log file one by one, as text. It finds where a record ends and what
// its eventName is without decoding it: nineteen of twenty records are of names that nobody asks about.
type scanner struct {
	from  io.Reader
	buf   []byte // read and not yet given: buf[at:]
	at    int
	ended bool // from has no more

	inside bool // between the brackets of {"Records": [...]}
	first  bool // nothing in them yet

	record []byte // the current one, until the next call
	name   []byte // its eventName as written; nil when only decoding the record tells it
}

const (
	firstBuffer   = 256 << 10
	longestRecord = 16 << 20 // bytes; CloudTrail's own limit is 256 KB
)

// reset begins another file.
func (s *scanner) reset(from io.Reader) {
	if s.buf == nil {
		s.buf = make([]byte, 0, firstBuffer)
	}
	*s = scanner{from: from, buf: s.buf[:0]}
}

// next moves to the next record. It ends with io.EOF at the end of the file, and with another error
// where the file is none of CloudTrail's or breaks off.
func (s *scanner) next() error {
	for {
		c, err := s.peek()
		switch {
		case errors.Is(err, io.EOF) && s.inside:
			return errors.New("the file ends within Records")
		case err != nil:
			return err
		case !s.inside && c == '{':
			if opened, err := s.open(); err != nil || !opened {
				return err
			}
		case !s.inside:
			return fmt.Errorf("%q where a record or {\"Records\": [ belongs", c)
		case c == ']':
			if err := s.close(); err != nil {
				return err
			}
		default:
			return s.element(c)
		}
	}
}

// element reads a record of the list, and the comma before it.
func (s *scanner) element(c byte) (err error) {
	if !s.first {
		if c != ',' {
			return fmt.Errorf("%q between two records", c)
		}
		s.at++
		if c, err = s.peek(); err != nil {
			return broken(err)
		}
	}
	if c != '{' {
		return fmt.Errorf("%q where a record belongs", c)
	}
	s.first = false
	return s.object()
}

// open enters {"Records": [, or reads the object as a record: one record a line is a form, too.
func (s *scanner) open() (list bool, err error) {
	for {
		n, more := opening(s.buf[s.at:])
		if n > 0 {
			s.at += n
			s.inside, s.first = true, true
			return true, nil
		}
		if !more {
			return false, s.object()
		}
		if err := s.fill(); err != nil {
			return false, broken(err)
		}
	}
}

// close leaves ]}.
func (s *scanner) close() error {
	s.at++
	c, err := s.peek()
	if err != nil {
		return broken(err)
	}
	if c != '}' {
		return fmt.Errorf("%q after Records", c)
	}
	s.at++
	s.inside = false
	return nil
}

// object reads the record that begins here.
func (s *scanner) object() error {
	for {
		o, err := measure(s.buf[s.at:])
		if err != nil {
			return err
		}
		if o.length > 0 {
			s.record, s.name = s.buf[s.at:s.at+o.length], o.name
			s.at += o.length
			return nil
		}
		if err := s.fill(); err != nil {
			return broken(err)
		}
	}
}

// peek is the next byte that is no space.
func (s *scanner) peek() (byte, error) {
	for {
		for ; s.at < len(s.buf); s.at++ {
			if c := s.buf[s.at]; !space(c) {
				return c, nil
			}
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// fill reads more, behind what is not yet given.
func (s *scanner) fill() error {
	if s.ended {
		return io.EOF
	}
	rest := s.buf[s.at:]
	if len(rest) > longestRecord {
		return fmt.Errorf("a record is longer than %d bytes", longestRecord)
	}
	if len(rest) > cap(s.buf)/2 {
		s.buf = append(make([]byte, 0, 2*cap(s.buf)), rest...)
	} else {
		s.buf = s.buf[:copy(s.buf[:len(rest)], rest)]
	}
	s.at = 0
	n, err := io.ReadAtLeast(s.from, s.buf[len(s.buf):cap(s.buf)], 1)
	s.buf = s.buf[:len(s.buf)+n]
	if errors.Is(err, io.EOF) {
		s.ended = true
	}
	return err
}

func broken(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the file breaks off within a record")
	}
	return err
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// opening measures {"Records": [ with any spaces. more: what is there may become one.
func opening(b []byte) (n int, more bool) {
	for _, part := range []string{"{", `"Records"`, ":", "["} {
		for n < len(b) && space(b[n]) {
			n++
		}
		if have := min(len(part), len(b)-n); string(b[n:n+have]) != part[:have] {
			return 0, false
		} else if have < len(part) {
			return 0, true
		}
		n += len(part)
	}
	return n, false
}

// extent is where an object ends and what its own eventName is.
type extent struct {
	length int // bytes; 0: it does not end here
	name   []byte
}

// deepest is how far records may nest; AWS's go to about ten.
const deepest = 64

// measure reads an object up to its end. It keeps track of brackets and strings alone, so that an object
// which is none may pass; but an eventName that it gives is the one that decoding gives, and where that
// is not certain, it gives none.
func measure(b []byte) (extent, error) {
	var kinds uint64 // a bit a level, 1 for an object
	depth, odd, key, named := 0, false, false, false
	var o extent
	for i := 0; i < len(b); i++ {
		switch c := b[i]; c {
		case '"':
			end := closing(b, i+1)
			if end < 0 {
				return extent{}, nil
			}
			if depth == 1 {
				text := b[i+1 : end]
				switch {
				case key:
					named = string(text) == "eventName"
					odd = odd || named && o.name != nil || !named && doubtful(text)
				case named:
					o.name, named = text, false
					odd = odd || bytes.IndexByte(text, '\\') >= 0
				}
				key = false
			}
			i = end
		case '{', '[':
			if depth == deepest {
				return extent{}, fmt.Errorf("a record nests deeper than %d", deepest)
			}
			kinds = kinds<<1 | uint64(c>>5&1) // '{' is 0x7b, '[' is 0x5b
			depth++
			key = depth == 1
		case '}', ']':
			if kinds&1 != uint64(c>>5&1) {
				return extent{}, fmt.Errorf("%q closes what it did not open", c)
			}
			kinds >>= 1
			if depth--; depth == 0 {
				o.length = i + 1
				if odd {
					o.name = nil
				}
				return o, nil
			}
		case ',':
			key = depth == 1
		}
	}
	return extent{}, nil
}

// doubtful is a key that decoding may take for eventName: with escapes, or in other letters.
func doubtful(key []byte) bool {
	return bytes.IndexByte(key, '\\') >= 0 || bytes.EqualFold(key, []byte("eventName"))
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
