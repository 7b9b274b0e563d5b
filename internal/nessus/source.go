package nessus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// What a hostile or broken export may take of this program.
const (
	largestExport = 4 << 30 // bytes
	largestPiece  = 4 << 20 // bytes of one tag or text
	deepest       = 32      // elements within each other; Nessus nests 5
	mostKinds     = 100_000 // plugins, or checks, with something to tell
	mostSightings = 2_000_000
)

// source feeds the XML decoder byte by byte, and bounds it: what the decoder keeps of one piece, and the whole.
type source struct {
	r        io.Reader
	buffer   []byte
	from, to int
	piece    int // bytes since the last piece began
	total    int64
}

func newSource(r io.Reader) *source { return &source{r: r, buffer: make([]byte, 64<<10)} }

// ReadByte is what encoding/xml reads by.
func (s *source) ReadByte() (byte, error) {
	if s.from == s.to {
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
	if s.piece++; s.piece > largestPiece {
		return 0, fmt.Errorf("one piece is larger than %d MiB", largestPiece>>20)
	}
	b := s.buffer[s.from]
	s.from++
	return b, nil
}

// Read makes it a reader, which the decoder wants to be given and does not use.
func (s *source) Read([]byte) (int, error) { return 0, errors.New("is read byte by byte") }

func (s *source) fill() error {
	for range 100 {
		n, err := s.r.Read(s.buffer)
		if n > 0 {
			if s.total += int64(n); s.total > largestExport {
				return fmt.Errorf("it is larger than %d GiB", largestExport>>30)
			}
			s.from, s.to = 0, n
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// begin begins a new piece.
func (s *source) begin() { s.piece = 0 }

// skip passes over a text that nobody wants, up to the next tag: most of an export, and most of the time it would take.
func (s *source) skip() {
	for {
		if i := bytes.IndexByte(s.buffer[s.from:s.to], '<'); i >= 0 {
			s.from += i
			return
		}
		s.from = s.to
		if s.fill() != nil { // the decoder will meet the error itself
			return
		}
	}
}
