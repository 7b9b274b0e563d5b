// Package fetch is HTTP as this project wants it: every call has a deadline and a size limit,
// honours Retry-After, and never prints more of an address than its host, since paths and queries
// carry secrets.
package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// Client makes calls to one service.
type Client struct{ http *http.Client }

// New makes a client.
func New(o Options) *Client {
	return &Client{&http.Client{Transport: Transport(o), Timeout: o.filled().Timeout}}
}

// Answer is a whole answer, whatever its status.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// StatusError is an answer that says no.
type StatusError struct {
	Method, Host string
	Status       int
	Said         string // the beginning of the body
}

func (e *StatusError) Error() string {
	text := fmt.Sprintf("%s %s: %d %s", e.Method, e.Host, e.Status, http.StatusText(e.Status))
	if e.Said != "" {
		text += ": " + strconv.Quote(e.Said)
	}
	return text
}

// Get reads an answer with status 200 to its end; any other status is a *StatusError.
func (c *Client) Get(ctx context.Context, address string, header http.Header) (*Answer, error) {
	return c.okay(ctx, http.MethodGet, address, header, nil)
}

// Head asks for the header alone.
func (c *Client) Head(ctx context.Context, address string, header http.Header) (*Answer, error) {
	return c.okay(ctx, http.MethodHead, address, header, nil)
}

func (c *Client) okay(ctx context.Context, method, address string, header http.Header, body []byte) (*Answer, error) {
	a, err := c.Do(ctx, method, address, header, body)
	if err != nil {
		return nil, err
	}
	if a.Status != http.StatusOK {
		return nil, &StatusError{method, host(address), a.Status, beginning(a.Body)}
	}
	return a, nil
}

// Do makes a call and reads the answer to its end. A call that changes something on the other
// side is the caller's to make safe to repeat.
func (c *Client) Do(ctx context.Context, method, address string, header http.Header, body []byte) (*Answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, host(address), Scrub(err))
	}
	for key, values := range header {
		request.Header[key] = values
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, host(address), Scrub(err))
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: the answer broke off after %d bytes: %w", method, host(address), len(read), Scrub(err))
	}
	return &Answer{response.StatusCode, response.Header, read}, nil
}

// Scrub takes the address out of an error: net/http puts it whole into each of its own.
func Scrub(err error) error {
	var failed *url.Error
	if !errors.As(err, &failed) {
		return err
	}
	if failed.Timeout() {
		return errors.New("no answer in time")
	}
	return failed.Err
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that is none"
	}
	return u.Scheme + "://" + u.Host
}

// beginning is enough of a body to tell an error from a login page.
func beginning(body []byte) string {
	return string(bytes.ToValidUTF8(bytes.TrimSpace(body[:min(len(body), 200)]), []byte("?")))
}
