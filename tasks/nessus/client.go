package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/nessus"
)

// errMissing is a scan that the policy names and nobody has.
var errMissing = errors.New("there is none of this name")

// client reads a Nessus Manager. All that it ever sends is a request for an export.
type client struct {
	http   *fetch.Client
	stream *http.Client // for exports, which are too large to be held
	base   string
	header http.Header
	export time.Duration
}

func (c *config) open() *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: c.authorities, MinVersion: tls.VersionTLS12}
	const noLimit = 1 << 62 // ReadExport has its own
	return &client{
		http: fetch.New(fetch.Options{Timeout: c.RequestTimeout, Limit: 64 << 20, Transport: transport}),
		stream: &http.Client{
			Transport:     fetch.Transport(fetch.Options{Timeout: c.ExportTimeout, Try: c.ExportTimeout, Limit: noLimit, Transport: transport}),
			Timeout:       c.ExportTimeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		base:   c.URL,
		header: http.Header{"X-Apikeys": {"accessKey=" + c.AccessKey.Reveal() + "; secretKey=" + c.SecretKey.Reveal()}, "Accept": {"application/json"}},
		export: c.ExportTimeout,
	}
}

func (c *client) get(ctx context.Context, path string) ([]byte, error) {
	answer, err := c.http.Get(ctx, c.base+path, c.header)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// details asks for a scan, and with a run above 0 for that run: without one, Nessus shows the newest, though it may still
// be running.
func (c *client) details(ctx context.Context, scan, run int64) (*nessus.Details, error) {
	path := fmt.Sprintf("/scans/%d", scan)
	if run > 0 {
		path += "?history_id=" + strconv.FormatInt(run, 10)
	}
	body, err := c.get(ctx, path)
	if err != nil {
		return nil, err
	}
	return nessus.ParseDetails(body)
}

// read has a run exported and reads it as it comes.
func (c *client) read(ctx context.Context, scan, run int64) (*nessus.Export, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.export, fmt.Errorf("gave up after %s (EXPORT_TIMEOUT)", c.export))
	defer cancel()
	status, download, err := c.order(ctx, scan, run)
	if err != nil {
		return nil, cause(ctx, err)
	}
	if err := c.wait(ctx, status); err != nil {
		return nil, fmt.Errorf("wait for the export: %w", err)
	}
	export, err := c.download(ctx, download)
	if err != nil {
		return nil, fmt.Errorf("read the export: %w", cause(ctx, err))
	}
	return export, nil
}

// order asks for an export, and gives where its status and it itself are.
func (c *client) order(ctx context.Context, scan, run int64) (status, download string, err error) {
	header := c.header.Clone()
	header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(ctx, http.MethodPost, fmt.Sprintf("%s/scans/%d/export?history_id=%d", c.base, scan, run), header, []byte(`{"format":"nessus"}`))
	if err != nil {
		return "", "", err
	}
	if answer.Status != http.StatusOK {
		return "", "", fmt.Errorf("ask for an export: %w", &fetch.StatusError{Method: http.MethodPost, Host: c.base, Status: answer.Status, Said: string(answer.Body[:min(200, len(answer.Body))])})
	}
	token, file, err := nessus.ParseExport(answer.Body)
	if err != nil {
		return "", "", fmt.Errorf("ask for an export: %w", err)
	}
	at := fmt.Sprintf("/scans/%d/export/%d", scan, file)
	if token != "" {
		at = "/tokens/" + url.PathEscape(token)
	}
	return at + "/status", at + "/download", nil
}

// longestPoll is the longest time between two looks at an export in the making.
const longestPoll = 5 * time.Second

func (c *client) wait(ctx context.Context, status string) error {
	for poll := 100 * time.Millisecond; ; poll = min(2*poll, longestPoll) {
		body, err := c.get(ctx, status)
		if err != nil {
			return cause(ctx, err)
		}
		if ready, err := nessus.ParseExportStatus(body); err != nil || ready {
			return err
		}
		select {
		case <-time.After(poll):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (c *client) download(ctx context.Context, path string) (*nessus.Export, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return nil, fetch.Scrub(err)
	}
	request.Header = c.header.Clone()
	request.Header.Set("Accept", "*/*")
	response, err := c.stream.Do(request)
	if err != nil {
		return nil, fetch.Scrub(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(response.Body, 200))
		return nil, &fetch.StatusError{Method: http.MethodGet, Host: c.base, Status: response.StatusCode, Said: string(said)}
	}
	export, err := nessus.ReadExport(response.Body)
	if err != nil {
		return nil, fetch.Scrub(err)
	}
	return export, nil
}

// cause is why a context ended, where it did.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// remedy is what to do about an error.
func remedy(err error) string {
	if errors.Is(err, errMissing) {
		return "Create the scan, share it with the keys' user, or correct its name in the policy."
	}
	refused, is := errors.AsType[*fetch.StatusError](err)
	if !is {
		return "Run it again; if it stays so, look at Nessus itself, its address, its certificate (NESSUS_CA_CERT) and the network."
	}
	switch refused.Status {
	case http.StatusUnauthorized:
		return "Make new API keys for the user in Nessus, and set NESSUS_ACCESS_KEY and NESSUS_SECRET_KEY."
	case http.StatusForbidden:
		return "Share the scan with the keys' user (Can View), and let the workers' addresses reach Nessus."
	case http.StatusNotFound:
		return "Run it again: a run that was deleted meanwhile is gone. If it stays so, look at NESSUS_URL."
	case http.StatusConflict:
		return "Run it again when the scan has ended: Nessus exports no running scan."
	case http.StatusTooManyRequests:
		return "Run it again in some minutes: Nessus makes only a few exports at a time."
	}
	return "Run it again; if it stays so, look at Nessus itself and at NESSUS_URL."
}
