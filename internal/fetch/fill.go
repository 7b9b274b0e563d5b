package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"
)

const (
	resumes   = 10             // how often Fill goes on after a connection broke
	unbounded = 24 * time.Hour // net/http adds it to the time of day
)

// Fill writes the size bytes at an address to w as they come, and returns the header that they came
// with. Where the connection breaks it goes on from there. It may take as long as it takes, but no
// longer than o.Try without a byte.
func Fill(ctx context.Context, w io.Writer, address string, size int64, o Options) (http.Header, error) {
	o = o.filled()
	o.Transport = stalling{o.Transport, o.Try}
	o.Timeout, o.Try, o.Limit = unbounded, unbounded, math.MaxInt64
	p := part{client: New(o).http, address: address, size: size}
	for try := 0; ; try++ {
		header, err := p.copy(ctx, w)
		var cut broken
		switch {
		case err == nil:
			return header, nil
		case !errors.As(err, &cut), try == resumes, ctx.Err() != nil:
			return nil, fmt.Errorf("GET %s: %w", host(address), err)
		}
		select {
		case <-time.After(time.Duration(try) * time.Second / 2):
		case <-ctx.Done():
		}
	}
}

// part is how far an address has been read.
type part struct {
	client    *http.Client
	address   string
	got, size int64 // bytes
}

// copy goes on reading. A connection that broke is a broken.
func (p *part) copy(ctx context.Context, w io.Writer) (http.Header, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address, nil)
	if err != nil {
		return nil, Scrub(err)
	}
	request.Header.Set("Accept-Encoding", "identity") // the bytes as they are stored
	if p.got > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", p.got))
	}
	response, err := p.client.Do(request)
	if err != nil {
		return nil, Scrub(err)
	}
	defer response.Body.Close()
	skip, err := p.begins(response)
	if err != nil {
		return nil, err
	}
	body := cuttable{response.Body}
	if _, err := io.CopyN(io.Discard, body, skip); err != nil {
		return nil, err
	}
	n, err := io.CopyN(w, body, p.size-p.got)
	p.got += n
	return response.Header, err
}

// begins tells how many bytes of an answer are there already: all where the service knows no ranges.
func (p *part) begins(r *http.Response) (skip int64, err error) {
	start, all := int64(0), r.ContentLength
	switch r.StatusCode {
	case http.StatusOK:
		skip = p.got
	case http.StatusPartialContent:
		if _, err := fmt.Sscanf(r.Header.Get("Content-Range"), "bytes %d-", &start); err != nil || start != p.got {
			return 0, fmt.Errorf("asked for byte %d and on, it sends %q", p.got, r.Header.Get("Content-Range"))
		}
	default:
		body, _ := io.ReadAll(io.LimitReader(r.Body, 64<<10))
		return 0, fmt.Errorf("%d %s: %q", r.StatusCode, http.StatusText(r.StatusCode), said(body, r.Request.URL))
	}
	if all >= 0 && start+all != p.size {
		return 0, fmt.Errorf("it is %d bytes long, not %d", start+all, p.size)
	}
	return skip, nil
}

// broken is a connection that broke within an answer.
type broken struct{ error }

func (b broken) Unwrap() error { return b.error }

// cuttable tells such an error from one of the writer.
type cuttable struct{ io.Reader }

func (c cuttable) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		err = broken{err}
	}
	return n, err
}
