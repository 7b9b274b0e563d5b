package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Options bound the calls to one service; a zero field takes its default.
type Options struct {
	Timeout   time.Duration     // for one call with all its tries; 60 s
	Try       time.Duration     // for one try; a third of Timeout
	Tries     int               // 3
	Limit     int64             // bytes of an answer; 16 MiB
	Transport http.RoundTripper // the standard one, with the proxies of the environment
}

func (o Options) filled() Options {
	o.Timeout = or(o.Timeout, time.Minute)
	o.Try = or(o.Try, o.Timeout/3)
	o.Tries = or(o.Tries, 3)
	o.Limit = or(o.Limit, 16<<20)
	if o.Transport == nil {
		o.Transport = http.DefaultTransport
	}
	return o
}

func or[T comparable](value, otherwise T) T {
	if value == *new(T) {
		return otherwise
	}
	return value
}

// Transport adds tries, waits and limits to a transport, for clients of other libraries. The
// library tries again what was refused, cut before an answer, or answered with 429 or 5xx.
func Transport(o Options) http.RoundTripper {
	o = o.filled()
	c := retryablehttp.NewClient()
	c.HTTPClient = &http.Client{
		Transport:     limited{o.Transport, o.Limit},
		Timeout:       o.Try,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.RetryMax = o.Tries - 1
	c.RetryWaitMin, c.RetryWaitMax = 500*time.Millisecond, 10*time.Second
	c.Logger = nil
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	c.CheckRetry = retryWithin
	c.Backoff = backoff
	return &retryablehttp.RoundTripper{Client: c}
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
	if seconds, _ := strconv.ParseFloat(value, 64); seconds > 0 {
		return time.Duration(min(seconds, 1e9) * float64(time.Second)) // 1e9 s are 31 years
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// limited ends an answer with an error where it grows past its limit. It looks at redirects before
// net/http does, which repeats a broken address in its error.
type limited struct {
	http.RoundTripper
	limit int64
}

func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := l.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if _, err := response.Location(); err != nil && !errors.Is(err, http.ErrNoLocation) {
		response.Body.Close()
		return nil, errors.New("redirected to an address that is none")
	}
	response.Body = &limitedBody{response.Body, l.limit, l.limit}
	return response, nil
}

type limitedBody struct {
	io.ReadCloser
	left, limit int64
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("the answer is larger than %d bytes", b.limit)
	}
	return n, err
}
