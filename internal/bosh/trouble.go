package bosh

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// trouble is an error that knows what to do about it.
type trouble struct {
	error
	remedy string
}

func (t *trouble) Unwrap() error { return t.error }

// Remedy is what to do about an error of this package.
func Remedy(err error) string {
	if t, is := errors.AsType[*trouble](err); is {
		return t.remedy
	}
	return "Run it again."
}

const (
	unreachable = "See whether bosh env answers from where this ran (BOSH_ENVIRONMENT, BOSH_ALL_PROXY, firewall, the director's own health), then run it again; if it is only slow, raise REQUEST_TIMEOUT."
	untrusted   = "Give as BOSH_CA_CERT the certificate of the authority that signed the director's, and as BOSH_ENVIRONMENT an address that its certificate names."
	unfit       = "Give BOSH_CLIENT the authority bosh.read in the director's UAA."
	unknown     = "Correct BOSH_CLIENT and BOSH_CLIENT_SECRET."
	strange     = "See what answers there: a proxy or another server may stand in the director's place."
	unwell      = "Look after the director: its VM, its disk, its database and /var/vcap/sys/log/director; then run it again."
	changed     = "Run it again: a deploy may have changed it meanwhile."
)

// unanswered is a request that got no whole answer.
func unanswered(err error) error {
	var stranger x509.UnknownAuthorityError
	var misnamed x509.HostnameError
	var invalid x509.CertificateInvalidError
	if errors.As(err, &stranger) || errors.As(err, &misnamed) || errors.As(err, &invalid) {
		return &trouble{err, untrusted}
	}
	return &trouble{err, unreachable}
}

// Refused is an answer by which the director says no.
type Refused struct {
	Path   string
	Status int
	Why    string
}

func (r *Refused) Error() string {
	text := fmt.Sprintf("GET %s: %d %s", r.Path, r.Status, http.StatusText(r.Status))
	if r.Why != "" {
		text += ": " + r.Why
	}
	return text
}

func refusal(path string, status int, body []byte) error {
	r := &Refused{path, status, words(body)}
	switch {
	case status == http.StatusUnauthorized && strings.Contains(r.Why, "scopes"):
		return &trouble{r, unfit}
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return &trouble{r, unknown}
	case status >= http.StatusInternalServerError:
		return &trouble{r, unwell}
	case strings.HasPrefix(path, "/deployments/"), strings.HasPrefix(path, "/tasks/"):
		return &trouble{r, changed}
	}
	return &trouble{r, strange}
}

// words are a service's own reason: a description in JSON, or a plain text. A page of HTML says nothing.
func words(body []byte) string {
	var said struct {
		Description string `json:"description"`
		UAA         string `json:"error_description"`
	}
	text := strings.TrimSpace(string(body[:min(len(body), 200)]))
	switch {
	case json.Unmarshal(body, &said) == nil && said.Description+said.UAA != "":
		return said.Description + said.UAA
	case strings.HasPrefix(text, "<"):
		return ""
	}
	return text
}

// Denied tells whether the director knows the client and will not answer this: it says so with 401.
func Denied(err error) bool {
	refused, is := errors.AsType[*Refused](err)
	return is && refused.Status == http.StatusUnauthorized
}
