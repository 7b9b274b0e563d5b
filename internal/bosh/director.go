// Package bosh reads a BOSH director. TLS, the jumpbox, authentication and the UAA are those of the bosh
// CLI's own packages; requests are made here, because theirs know neither deadline nor limit and keep the cause of a
// failure to themselves.
package bosh

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// limit bounds one answer. 500 VMs are 450 kB.
const limit = 64 << 20

// Director is an open director.
type Director struct {
	Info    Info
	options Options
	base    string
	client  boshdir.AdjustableClient
	token   *token // nil with basic authentication
}

// Info is what a director tells everybody. StemcellOS and StemcellVersion are of its own VM.
type Info struct {
	Name            string `json:"name"`
	UUID            string `json:"uuid"`
	Version         string `json:"version"`
	StemcellOS      string `json:"stemcell_os"`
	StemcellVersion string `json:"stemcell_version"`
	Auth            struct {
		Type    string `json:"type"`
		Options struct {
			URL string `json:"url"`
		} `json:"options"`
	} `json:"user_authentication"`
}

// Open asks the director who it is and prepares to authenticate as it wants.
func Open(ctx context.Context, o Options) (*Director, error) {
	address, err := o.address()
	if err != nil {
		return nil, fmt.Errorf("BOSH_ENVIRONMENT: %w", err)
	}
	transport, err := o.transport()
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: transport, Timeout: o.Request}
	d := &Director{options: o, base: "https://" + address}
	d.client = boshdir.NewAdjustableClient(client, boshdir.NewAuthRequestAdjustment(nil, "", ""))
	if err := d.get(ctx, "/info", &d.Info); err != nil {
		return nil, fmt.Errorf("ask the director at %s who it is: %w", address, err)
	}
	if d.Info.UUID == "" {
		return nil, &trouble{fmt.Errorf("ask the director at %s who it is: the answer names no director", address), strange}
	}
	auth, err := d.authentication(transport)
	if err != nil {
		return nil, err
	}
	client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > 10 {
			return errors.New("too many redirects")
		}
		r.URL.Host = address // a director behind a proxy redirects to its own name
		return auth.Adjust(r, false)
	}
	d.client = boshdir.NewAdjustableClient(client, auth)
	return d, nil
}

// get reads a JSON answer.
func (d *Director) get(ctx context.Context, path string, into any) error {
	body, err := d.read(ctx, path)
	if err != nil {
		return err
	}
	err = json.Unmarshal(body, into)
	if err == nil && string(bytes.TrimSpace(body)) == "null" {
		err = errors.New("null")
	}
	if err != nil {
		return &trouble{fmt.Errorf("GET %s: the answer is not what a director says: %w", plain(path), report.Misread(err)), strange}
	}
	return nil
}

// read gives the body of a 200 answer.
func (d *Director) read(ctx context.Context, path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.base+path, nil)
	if err != nil {
		return nil, err
	}
	response, err := d.client.Do(request)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if t, known := errors.AsType[*trouble](err); known {
		return nil, t // of the UAA
	}
	if err != nil {
		return nil, unanswered(fmt.Errorf("GET %s: %w", plain(path), fetch.Scrub(err)))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, unanswered(fmt.Errorf("GET %s: the answer broke off after %d bytes: %w", plain(path), len(body), fetch.Scrub(err)))
	}
	if response.StatusCode != http.StatusOK {
		return nil, refusal(plain(path), response.StatusCode, body)
	}
	return body, nil
}

func plain(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}
