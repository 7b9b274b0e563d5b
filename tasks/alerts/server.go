package main

import (
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// door is the way to a server for the client of any library: it signs in, makes an error of every
// answer that says no, so that a client cannot take one for data, and notes the server's clock.
type door struct {
	server
	next http.RoundTripper
	skew atomic.Int64 // by which the server's clock is ahead
}

// open makes the client of a server.
func (c *config) open(s server) (*http.Client, *door) {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.TLSClientConfig = &tls.Config{RootCAs: c.authorities, MinVersion: tls.VersionTLS12}
	d := &door{server: s, next: fetch.Transport(fetch.Options{Timeout: c.RequestTimeout, Transport: base, Limit: 64 << 20})}
	return &http.Client{
		Transport: d, Timeout: c.RequestTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, d
}

func (d *door) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if d.Username != "" {
		r.SetBasicAuth(d.Username, d.Password.Reveal())
	} else if !d.Token.IsZero() {
		r.Header.Set("Authorization", "Bearer "+d.Token.Reveal())
	}
	response, err := d.next.RoundTrip(r)
	if err != nil {
		return nil, fetch.Scrub(err)
	}
	if at, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		d.skew.Store(int64(time.Until(at)))
	}
	if response.StatusCode == http.StatusOK {
		if err := whole(r, response); err != nil {
			return nil, err
		}
		return response, nil
	}
	if otherMethod(r, response) {
		return response, nil
	}
	defer response.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(response.Body, 200))
	return nil, &fetch.StatusError{
		Method: r.Method, Host: r.URL.Scheme + "://" + r.URL.Host, Status: response.StatusCode,
		Said: strings.ToValidUTF8(strings.TrimSpace(string(said)), "?"),
	}
}

// otherMethod tells whether Prometheus' client will try GET instead.
func otherMethod(r *http.Request, response *http.Response) bool {
	return r.Method == http.MethodPost && (response.StatusCode == http.StatusMethodNotAllowed || response.StatusCode == http.StatusNotImplemented)
}

// ahead is by how much the server's clock is, so far as its answers tell: to a second.
func (d *door) ahead() time.Duration { return time.Duration(d.skew.Load()) }
