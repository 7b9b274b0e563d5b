package bosh

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"
	boshuaa "github.com/cloudfoundry/bosh-cli/v7/uaa"
	"github.com/cloudfoundry/bosh-utils/httpclient"
	boshlog "github.com/cloudfoundry/bosh-utils/logger"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// authentication is by the UAA that /info names, else basic. The UAA has the director's CA.
func (d *Director) authentication(client *http.Client) (boshdir.AuthRequestAdjustment, error) {
	if d.Info.Auth.Type != "uaa" {
		return boshdir.NewAuthRequestAdjustment(nil, d.options.Client, d.options.Secret.Reveal()), nil
	}
	address, err := url.Parse(d.Info.Auth.Options.URL)
	if err != nil || address.Scheme != "https" || address.Host == "" {
		return boshdir.AuthRequestAdjustment{}, fmt.Errorf("the director names no UAA that can be asked over TLS: %q", d.Info.Auth.Options.URL)
	}
	// UAA answers to a client of its own: the director's follows redirects with the token.
	plain := &http.Client{Transport: client.Transport, Timeout: client.Timeout}
	logger := boshlog.NewLogger(boshlog.LevelNone)
	t := &token{host: address.Host, uaa: boshuaa.NewClient(address.String(), d.options.Client, d.options.Secret.Reveal(),
		httpclient.NewHTTPClient(plain, logger), logger)}
	return boshdir.NewAuthRequestAdjustment(t.header, "", ""), nil
}

// token keeps one token for all requests. The CLI's own session writes it without a lock, and
// fetches another at every redirect.
type token struct {
	uaa   boshuaa.Client
	host  string
	lock  sync.Mutex
	value string
	since time.Time
}

// fresh is how long a refused token is taken for refused on its merits, not for its age.
const fresh = 30 * time.Second

func (t *token) header(refused bool) (string, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.value != "" && (!refused || time.Since(t.since) < fresh) {
		return t.value, nil
	}
	grant, err := t.uaa.ClientCredentialsGrant()
	if err != nil {
		return "", fmt.Errorf("get a token from the UAA at %s: %w", t.host, shorten(err))
	}
	if grant.AccessToken == "" {
		return "", fmt.Errorf("get a token from the UAA at %s: the answer holds none", t.host)
	}
	t.value, t.since = grant.Type+" "+grant.AccessToken, time.Now()
	return t.value, nil
}

// shorten keeps the library's innermost cause: around it is the address, twice.
func shorten(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return fetch.Scrub(err)
		}
		err = inner
	}
}
