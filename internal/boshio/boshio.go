// Package boshio reads what stemcells are published, from bosh.io or a mirror of it.
package boshio

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/nearest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Address is the public index.
const Address = "https://bosh.io"

// Client asks one index.
type Client struct {
	index, tarballs *fetch.Client
	options         fetch.Options // for tarballs
	base            string
}

// New makes a client of the index at address.
func New(address string, o fetch.Options) *Client {
	return &Client{fetch.New(o), fetch.New(o), o, strings.TrimSuffix(address, "/")}
}

// Sign makes it ask for tarballs with a key.
func (c *Client) Sign(k Keys) {
	if c.options.Transport == nil {
		c.options.Transport = http.DefaultTransport
	}
	c.options.Transport = sign(c.options.Transport, k)
	c.tarballs = fetch.New(c.options)
}

// Stemcell is a published stemcell. A light one refers to an image that the IaaS has already.
type Stemcell struct {
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Light   *Tarball `json:"light"`
	Regular *Tarball `json:"regular"`
}

// Tarball is one form in which a stemcell is published.
type Tarball struct {
	URL    string `json:"url"`
	Size   int64  `json:"size"` // bytes
	SHA1   string `json:"sha1"`
	SHA256 string `json:"sha256"`
}

// UnknownError is a name under which nothing is published.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	return "none is published under this name" + hint(e.Name)
}

// hint suggests a name. Until jammy they end in -go_agent and from noble on they do not, which is the likeliest
// mistake.
func hint(name string) string {
	if slices.Contains(names, name) {
		return ", though there was"
	}
	shorter, had := strings.CutSuffix(name, "-go_agent")
	if !had {
		shorter += "-go_agent"
	}
	if slices.Contains(names, shorter) {
		return nearest.Hint(shorter, []string{shorter})
	}
	return nearest.Hint(name, names)
}

// List gives all stemcells published under a name. bosh.io answers an unknown name with an empty
// list, so an empty list is an error here.
func (c *Client) List(ctx context.Context, name string) ([]Stemcell, error) {
	// Without all=1 it lists the newest 40.
	answer, err := c.index.Get(ctx, c.base+"/api/v1/stemcells/"+url.PathEscape(name)+"?all=1", nil)
	if err != nil {
		return nil, fmt.Errorf("list stemcells named %s: %w", name, err)
	}
	list, err := parse(name, answer.Body)
	if err != nil {
		return nil, fmt.Errorf("list stemcells named %s: %w", name, err)
	}
	return list, nil
}

func parse(name string, body []byte) (list []Stemcell, err error) {
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("the answer is no list of stemcells: %w", report.Misread(err))
	}
	if len(list) == 0 {
		return nil, &UnknownError{name}
	}
	for _, s := range list {
		if s.Name != name || s.Light == nil && s.Regular == nil {
			return nil, fmt.Errorf("the answer holds %q %q, which is none", s.Name, s.Version)
		}
	}
	return list, nil
}

// Published is when a tarball was put up: its Last-Modified, since the index gives no dates.
func (c *Client) Published(ctx context.Context, tarball string) (time.Time, error) {
	answer, err := c.tarballs.Head(ctx, tarball, nil)
	if err != nil {
		return time.Time{}, fmt.Errorf("ask for the date of a stemcell: %w", err)
	}
	date, err := http.ParseTime(answer.Header.Get("Last-Modified"))
	if err != nil || date.IsZero() {
		return time.Time{}, fmt.Errorf("ask for the date of a stemcell: Last-Modified is %q", answer.Header.Get("Last-Modified"))
	}
	return date.UTC(), nil
}
