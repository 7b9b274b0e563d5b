package bosh

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"
	boshuaa "github.com/cloudfoundry/bosh-cli/v7/uaa"
	bosherr "github.com/cloudfoundry/bosh-utils/errors"
	"github.com/cloudfoundry/bosh-utils/httpclient"
	boshlog "github.com/cloudfoundry/bosh-utils/logger"
)

// authentication is by the UAA that /info names, else basic. The UAA has the director's CA.
func (d *Director) authentication(transport http.RoundTripper) (boshdir.AuthRequestAdjustment, error) {
	if d.Info.Auth.Type != "uaa" {
		return boshdir.NewAuthRequestAdjustment(nil, d.options.Client, d.options.Secret.Reveal()), nil
	}
	address, err := url.Parse(d.Info.Auth.Options.URL)
	if err != nil || address.Scheme != "https" || address.Host == "" {
		return boshdir.AuthRequestAdjustment{}, &trouble{fmt.Errorf("the director names no UAA that can be asked over TLS: %q", d.Info.Auth.Options.URL), strange}
	}
	// UAA answers to a client of its own: the director's follows redirects with the token.
	plain := &http.Client{Transport: transport, Timeout: d.options.Request}
	logger := boshlog.NewLogger(boshlog.LevelNone)
	d.token = &token{host: address.Host, uaa: boshuaa.NewClient(address.String(), d.options.Client, d.options.Secret.Reveal(),
		httpclient.NewHTTPClient(plain, logger), logger)}
	return boshdir.NewAuthRequestAdjustment(d.token.header, "", ""), nil
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
		return "", t.trouble(err)
	}
	if grant.AccessToken == "" {
		return "", &trouble{fmt.Errorf("get a token from the UAA at %s: the answer holds none", t.host), strange}
	}
	t.value, t.since = grant.Type+" "+grant.AccessToken, time.Now()
	return t.value, nil
}

// answered is what the library says of an answer that is not 200.
var answered = regexp.MustCompile(`(?s)status code '(\d+)' response '(.*)'$`)

// trouble takes out of the library's words what happened: around it is the address, twice.
func (t *token) trouble(err error) error {
	for wrapped, is := err.(bosherr.ComplexError); is; wrapped, is = err.(bosherr.ComplexError) {
		err = wrapped.Cause
	}
	said, remedy := err.Error(), Remedy(unanswered(err))
	if _, cause, found := strings.Cut(said, "/oauth/token\": "); found {
		said = cause
	}
	if parts := answered.FindStringSubmatch(said); parts != nil {
		status, _ := strconv.Atoi(parts[1])
		said, remedy = strings.TrimSuffix(fmt.Sprintf("%d %s: %s", status, http.StatusText(status), words([]byte(parts[2]))), ": "), unknown
		if status >= http.StatusInternalServerError {
			remedy = unwell
		}
	}
	var garbage *json.SyntaxError
	if errors.As(err, &garbage) {
		said, remedy = "the answer is not what a UAA says: "+said, strange
	}
	if strings.Contains(said, context.DeadlineExceeded.Error()) || strings.Contains(said, "(Client.Timeout exceeded") { // net/http says either
		said = "no answer in time"
	}
	return &trouble{fmt.Errorf("get a token from the UAA at %s: %s", t.host, said), remedy}
}
