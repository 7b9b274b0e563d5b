package slackapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// door makes an error of every answer but Slack's yes. slack-go takes any JSON without the word error for one, stumbles over a
// Retry-After with a fraction, and would follow a redirect with the token in the body.
type door struct {
	next http.RoundTripper
	base string // address of the Web API; what is elsewhere, as an upload, need not answer in JSON
}

// ErrNotSlack is of an answer that lacks what Slack's have.
var ErrNotSlack = errors.New("the answer is none of Slack's: a proxy between here and Slack?")

func (d *door) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := d.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusOK {
		if !strings.HasPrefix(r.URL.String(), d.base) {
			return response, nil
		}
		return whole(response)
	}
	response.Body.Close()
	if err := Refused(response); err != nil {
		return nil, err
	}
	return nil, &fetch.StatusError{Method: r.Method, Host: r.URL.Scheme + "://" + r.URL.Host, Status: response.StatusCode}
}

// Refused is what a status says that net/http would follow or slack-go stumble over; nil of any other.
func Refused(response *http.Response) error {
	switch {
	case response.StatusCode == http.StatusTooManyRequests:
		return Refusal{Word: busy, wait: fetch.RetryAfter(response.Header, time.Now())}
	case response.StatusCode/100 == 3:
		return fmt.Errorf("the answer sends elsewhere (%d %s): a proxy between here and Slack?", response.StatusCode, http.StatusText(response.StatusCode))
	}
	return nil
}

// whole reads an answer to its end, and holds that it is a yes.
func whole(response *http.Response) (*http.Response, error) {
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("the answer broke off after %d bytes: %w", len(body), fetch.Scrub(err))
	}
	var said struct {
		OK                      bool
		Error, Needed, Provided string
	}
	switch err := json.Unmarshal(body, &said); {
	case err != nil, !said.OK && said.Error == "":
		return nil, ErrNotSlack
	case !said.OK:
		return nil, Refusal{Word: said.Error, needed: said.Needed, provided: said.Provided}
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}
