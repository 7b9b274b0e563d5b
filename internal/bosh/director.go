// Package bosh reads a BOSH director. TLS, the jumpbox proxy, authentication and the UAA are those of
// the bosh CLI's own packages; requests are made here, because theirs know neither deadline nor limit
// and keep the cause of a failure to themselves.
package bosh

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"
	"github.com/cloudfoundry/bosh-utils/httpclient"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Options say which director, who asks, and how patiently.
type Options struct {
	Environment string // address of the director, as BOSH_ENVIRONMENT; port 25555 unless it says another
	Client      string
	Secret      fetch.Secret
	CACert      string        // PEM; empty: the system's roots
	Request     time.Duration // for one request with its tries
	Queue       time.Duration // for a task to start
	Run         time.Duration // for a task to end once it runs
}

// limit bounds one answer. 500 VMs are 450 kB.
const limit = 64 << 20

// Director is an open director.
type Director struct {
	Info    Info
	options Options
	base    string
	client  boshdir.AdjustableClient
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
	config, err := boshdir.NewConfigFromURL(o.Environment)
	if err != nil {
		return nil, fmt.Errorf("BOSH_ENVIRONMENT: %w", err)
	}
	config.CACert = o.CACert
	pool, err := config.CACertPool()
	if err != nil {
		return nil, fmt.Errorf("BOSH_CA_CERT: %w", err)
	}
	raw := httpclient.CreateDefaultClient(pool)
	raw.Transport = fetch.Transport(fetch.Options{Timeout: o.Request, Limit: limit, Transport: raw.Transport})
	raw.Timeout = o.Request

	address := net.JoinHostPort(config.Host, strconv.Itoa(config.Port))
	d := &Director{options: o, base: "https://" + address}
	d.client = boshdir.NewAdjustableClient(raw, boshdir.NewAuthRequestAdjustment(nil, "", ""))
	if err := d.get(ctx, "/info", &d.Info); err != nil {
		return nil, fmt.Errorf("ask the director at %s who it is: %w", address, err)
	}
	if d.Info.UUID == "" {
		return nil, fmt.Errorf("ask the director at %s who it is: the answer names no director", address)
	}
	auth, err := d.authentication(raw)
	if err != nil {
		return nil, err
	}
	d.client = boshdir.NewAdjustableClient(raw, auth)
	raw.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) > 10 {
			return errors.New("too many redirects")
		}
		r.URL.Host = address // a director behind a proxy redirects to its own name
		return auth.Adjust(r, false)
	}
	return d, nil
}

// get reads a JSON answer.
func (d *Director) get(ctx context.Context, path string, into any) error {
	body, err := d.read(ctx, path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("GET %s: the answer is not what a director says: %w", plain(path), err)
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
	if err != nil {
		return nil, fmt.Errorf("GET %s: %w", plain(path), fetch.Scrub(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("GET %s: the answer broke off after %d bytes: %w", plain(path), len(body), fetch.Scrub(err))
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

// Refused is an answer by which the director says no.
type Refused struct {
	Path   string
	Status int
	Why    string
}

func (r *Refused) Error() string {
	if r.Why == "" {
		return fmt.Sprintf("GET %s: %d %s", r.Path, r.Status, http.StatusText(r.Status))
	}
	return fmt.Sprintf("GET %s: %d %s: %s", r.Path, r.Status, http.StatusText(r.Status), r.Why)
}

// refusal takes the director's own reason from the body: JSON with a description, or a plain text.
func refusal(path string, status int, body []byte) error {
	var said struct{ Description string }
	if json.Unmarshal(body, &said) != nil || said.Description == "" {
		said.Description = strings.TrimSpace(string(body[:min(len(body), 200)]))
	}
	return &Refused{path, status, said.Description}
}

// Denied tells whether the director knows the client and will not answer this: it says so with 401.
func Denied(err error) bool {
	var refused *Refused
	return errors.As(err, &refused) && refused.Status == http.StatusUnauthorized
}
