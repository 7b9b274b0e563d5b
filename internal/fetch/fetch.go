// Package fetch is HTTP as this project wants it: every call has a deadline and a size limit,
// honours Retry-After, and never prints more of an address than its host, since paths and queries
// carry secrets.
package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Client makes calls to one service.
type Client struct{ http *http.Client }

// New makes a client.
func New(o Options) *Client {
	return &Client{&http.Client{Transport: Transport(o), Timeout: o.filled().Timeout, CheckRedirect: follow}}
}

// follow goes where a redirect says, but takes what the header holds, a key perhaps, or the Referer's
// whole address, to no other host. net/http keeps back no more than Authorization and cookies.
func follow(r *http.Request, via []*http.Request) error {
	if len(via) >= 10 {
		return errors.New("more than 10 redirects")
	}
	if r.URL.Host != via[0].URL.Host || r.URL.Scheme != via[0].URL.Scheme {
		r.Header = http.Header{}
	}
	return nil
}

// Answer is a whole answer, whatever its status.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte

	asked []*url.URL // before and after redirects
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
		return nil, &StatusError{method, host(address), a.Status, said(a.Body, a.asked...)}
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
	return &Answer{response.StatusCode, response.Header, read, []*url.URL{request.URL, response.Request.URL}}, nil
}

// Scrub takes the address out of an error: net/http puts it whole into each of its own. It has four
// wordings for an answer that took too long, for which there is one here.
func Scrub(err error) error {
	if late := net.Error(nil); errors.As(err, &late) && late.Timeout() {
		return errors.New("no answer in time")
	}
	for failed := new(url.Error); errors.As(err, &failed); {
		err = failed.Err
	}
	return err
}

// said is enough of a body to tell an error from a login page, without the addresses asked, which many
// such pages repeat.
func said(body []byte, asked ...*url.URL) string {
	text := string(body)
	for _, u := range asked {
		for _, part := range []string{u.RequestURI(), u.EscapedPath(), u.Path, u.RawQuery} {
			if len(part) > 1 {
				text = strings.NewReplacer(part, "...", html.EscapeString(part), "...").Replace(text)
			}
		}
	}
	return strings.ToValidUTF8(strings.TrimSpace(text[:min(len(text), 200)]), "?")
}
