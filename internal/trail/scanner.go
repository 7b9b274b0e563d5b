package trail

import (
	"errors"
	"fmt"
	"io"
)

// Scanner gives the records of a log file, unpacked, one by one as JSON. It finds where a record ends and what
// its eventName is without decoding it: nineteen of twenty records are of names that nobody asks about. The
// zero Scanner wants a Reset.
type Scanner struct {
	from  io.Reader
	buf   []byte // read and not yet given: buf[at:]
	at    int
	ended bool // from has no more

	inside bool // between the brackets of {"Records": [...]}
	first  bool // nothing in them yet

	record, name []byte
}

const (
	firstBuffer   = 256 << 10
	longestRecord = 16 << 20 // bytes; CloudTrail's own limit is 256 KB
)

// Reset begins another file.
func (s *Scanner) Reset(from io.Reader) {
	if s.buf == nil {
		s.buf = make([]byte, 0, firstBuffer)
	}
	*s = Scanner{from: from, buf: s.buf[:0]}
}

// Next moves to the next record. It ends with io.EOF at the end of the file, and with another error
// where the file is none of CloudTrail's or breaks off.
func (s *Scanner) Next() error {
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

// Record is the current record, until the next call of Next.
func (s *Scanner) Record() []byte { return s.record }

// Name is its eventName as it is written, nil when only decoding the record tells it.
func (s *Scanner) Name() []byte { return s.name }

// element reads a record of the list, and the comma before it.
func (s *Scanner) element(c byte) (err error) {
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
func (s *Scanner) open() (list bool, err error) {
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
func (s *Scanner) close() error {
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
func (s *Scanner) object() error {
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
func (s *Scanner) peek() (byte, error) {
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
func (s *Scanner) fill() error {
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
