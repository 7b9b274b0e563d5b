package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// door is the way to Concourse for go-concourse, whose calls take no context, print on stderr whatever a header says, and
// put whole pages into errors of types that cannot be told from outside. It ends each call in time, reads each answer to its end, and makes
// an error of what is no answer of Concourse's: a sign-in page with status 200 above all.
type door struct {
	ctx     context.Context // of the run
	timeout time.Duration   // of one call
	token   fetch.Secret
	next    http.RoundTripper
}

func (d *door) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(d.ctx, d.timeout)
	defer cancel()
	r = r.Clone(ctx)
	if !d.token.IsZero() {
		r.Header.Set("Authorization", "Bearer "+d.token.Reveal())
	}
	response, err := d.next.RoundTrip(r)
	if err != nil {
		return nil, fetch.Scrub(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("the answer broke off after %d bytes: %w", len(body), fetch.Scrub(err))
	}
	if err := answers(r, response, body); err != nil {
		return nil, err
	}
	response.Header.Del("X-Concourse-Policy-Check-Warning") // go-concourse would print it
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// answers tells whether an answer is one of Concourse's. Its 404 has no page, unlike that of a proxy.
func answers(r *http.Request, response *http.Response, body []byte) error {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	ok := response.StatusCode >= 200 && response.StatusCode < 300
	switch {
	case ok && kind == "application/json", response.StatusCode == http.StatusNotFound && kind != "text/html":
		return nil
	case ok:
		return fmt.Errorf("%s %s answers with %q, no JSON: a sign-in page or a proxy before Concourse?", r.Method, host(r), kind)
	}
	said := string(body[:min(len(body), 200)])
	if kind == "text/html" {
		said = "a page of HTML"
	}
	return &fetch.StatusError{Method: r.Method, Host: host(r), Status: response.StatusCode, Said: strings.ToValidUTF8(strings.TrimSpace(said), "?")}
}

func host(r *http.Request) string { return r.URL.Scheme + "://" + r.URL.Host }

// plain takes the address out of an error, and the words that go-concourse has for a 404.
func plain(err error) error {
	if err == nil {
		return nil
	}
	if refused, is := errors.AsType[*fetch.StatusError](err); is {
		return refused
	}
	return fetch.Scrub(err)
}
