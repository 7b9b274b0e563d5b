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
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Client makes calls to one service.
type Client struct {
	http  *retryablehttp.Client
	limit int64
	total time.Duration
}

// Options bound the calls; a zero field takes its default.
type Options struct {
	Timeout   time.Duration     // for one call with all its tries; 60 s
	Try       time.Duration     // for one try; a third of Timeout
	Tries     int               // 3
	Limit     int64             // bytes of an answer; 16 MiB
	Transport http.RoundTripper // the standard one, with the proxies of the environment
}

// New makes a client.
func New(o Options) *Client {
	o.Timeout = or(o.Timeout, time.Minute)
	o.Transport = or(o.Transport, http.DefaultTransport)
	c := retryablehttp.NewClient()
	c.HTTPClient = &http.Client{Transport: o.Transport, Timeout: or(o.Try, o.Timeout/3)}
	c.RetryMax = or(o.Tries, 3) - 1
	c.RetryWaitMin, c.RetryWaitMax = 500*time.Millisecond, 10*time.Second
	c.Logger = nil
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	c.CheckRetry = retryWithin
	c.Backoff = backoff
	return &Client{http: c, limit: or(o.Limit, 16<<20), total: o.Timeout}
}

func or[T comparable](value, otherwise T) T {
	if value == *new(T) {
		return otherwise
	}
	return value
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
	ctx, cancel := context.WithTimeout(ctx, c.total)
	defer cancel()
	request, err := retryablehttp.NewRequestWithContext(ctx, method, address, body)
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
	read, err := io.ReadAll(io.LimitReader(response.Body, c.limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s %s: the answer broke off after %d bytes: %w", method, host(address), len(read), Scrub(err))
	case int64(len(read)) > c.limit:
		return nil, fmt.Errorf("%s %s: the answer is larger than %d bytes", method, host(address), c.limit)
	}
	return &Answer{response.StatusCode, response.Header, read}, nil
}

// retryWithin tries again as the library does, unless the service asks to wait longer than there is time.
func retryWithin(ctx context.Context, r *http.Response, err error) (bool, error) {
	again, cause := retryablehttp.DefaultRetryPolicy(ctx, r, err)
	if deadline, ok := ctx.Deadline(); ok && again && r != nil && RetryAfter(r.Header, time.Now()) > time.Until(deadline) {
		return false, nil
	}
	return again, cause
}

// backoff waits as long as the service asks, else longer each time.
func backoff(least, most time.Duration, try int, r *http.Response) time.Duration {
	if r != nil {
		if asked := RetryAfter(r.Header, time.Now()); asked > 0 {
			return asked
		}
	}
	return retryablehttp.DefaultBackoff(least, most, try, r)
}

// RetryAfter is how long a service asks to wait, 0 when it does not say: whole or broken seconds, or a date.
func RetryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && seconds < 1e9 {
		return time.Duration(seconds * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
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
