package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"

	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// fileReader reads log files one after the other, in the memory of one.
type fileReader struct {
	*look
	names   map[string]bool // that are looked at
	buffer  *bufio.Reader
	gzip    gzip.Reader
	scanner trail.Scanner
}

func newFileReader(l *look) *fileReader {
	f := &fileReader{look: l, names: map[string]bool{}, buffer: bufio.NewReaderSize(nil, 64<<10)}
	for _, name := range l.policy.Events.All() {
		f.names[name] = true
	}
	return f
}

// read judges the records of a file and counts them. A record that cannot be parsed does not keep the
// next from being judged.
func (f *fileReader) read(ctx context.Context, path string) (records int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	f.buffer.Reset(file)
	content, err := f.plain()
	if err != nil {
		return 0, err
	}
	f.scanner.Reset(content)
	var first error
	bad := 0
	for ; ctx.Err() == nil; records++ {
		if err := f.scanner.Next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return records, fmt.Errorf("after %d records: %w", records, err)
		}
		if name := f.scanner.Name(); name != nil && !f.names[string(name)] {
			if !f.within.Load() {
				f.of(trail.When(f.scanner.Record()))
			}
			continue
		}
		if err := f.take(f.scanner.Record()); err != nil {
			if bad++; bad == 1 {
				first = fmt.Errorf("record %d: %w", records+1, err)
			}
		}
	}
	if bad > 1 {
		first = fmt.Errorf("%w (and %d more)", first, bad-1)
	}
	return records, errors.Join(first, context.Cause(ctx))
}

// plain is the content, unpacked if it is packed. An empty file is none of CloudTrail's.
func (f *fileReader) plain() (io.Reader, error) {
	begin, err := f.buffer.Peek(2)
	switch {
	case len(begin) == 0 && errors.Is(err, io.EOF):
		return nil, errors.New("it is empty")
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case string(begin) != "\x1f\x8b":
		return f.buffer, nil
	}
	return &f.gzip, f.gzip.Reset(f.buffer)
}
