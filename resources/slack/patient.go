package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// patient posts again only what Slack did not take: where no connection came about, and where Slack says so. That a webhook
// answers 500 or 503 says so; of the Web API it is only likely. Whatever else went wrong, the message may well be in the
// channel already.
type patient struct{ http.RoundTripper }

// tries bounds how often a message is offered.
const tries = 4

func (p patient) RoundTrip(r *http.Request) (*http.Response, error) {
	for try := 1; ; try++ {
		response, err := p.RoundTripper.RoundTrip(r)
		wait, again := notTaken(response, err, try)
		deadline, ends := r.Context().Deadline()
		if !again || r.GetBody == nil || try == tries || ends && time.Until(deadline) < wait {
			return last(response, err)
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16))
			response.Body.Close()
		}
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
		if r.Body, err = r.GetBody(); err != nil {
			return nil, err
		}
	}
}

// notTaken tells whether a message is not posted, and how long to wait before the next try.
func notTaken(response *http.Response, err error, try int) (wait time.Duration, again bool) {
	wait = time.Duration(try) * time.Second / 2
	if err != nil {
		var dial *net.OpError
		return wait, errors.As(err, &dial) && dial.Op == "dial"
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return max(fetch.RetryAfter(response.Header, time.Now()), wait), true
	case http.StatusInternalServerError, http.StatusServiceUnavailable: // rollup_error, and Slack being down
		return wait, true
	}
	return 0, false
}

// last is the answer to the last try.
func last(response *http.Response, err error) (*http.Response, error) {
	if err == nil {
		if err = slackapi.Refused(response); err != nil {
			response.Body.Close()
			return nil, err
		}
	}
	return response, err
}
