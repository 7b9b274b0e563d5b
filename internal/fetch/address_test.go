package fetch_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// TestNoErrorTellsAnAddress plants a secret in every part of an address but its host.
func TestNoErrorTellsAnAddress(t *testing.T) {
	for name, address := range map[string]string{
		"nobody listens":   "http://127.0.0.1:1" + planted,
		"no such host":     "http://nowhere.invalid" + planted,
		"no host":          "http://" + planted,
		"no scheme":        secret + planted,
		"an unknown one":   "gopher://127.0.0.1" + planted,
		"a broken escape":  "http://127.0.0.1/%zz" + planted,
		"a control letter": "http://127.0.0.1/\x7f" + planted,
		"a password":       "http://jane:" + secret + "@127.0.0.1:1/",
		"a broken port":    "http://jane:" + secret + "@127.0.0.1:port/" + planted,
		"a broken IP":      "http://[::1" + planted,
		"nothing":          "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := fetch.New(fetch.Options{Tries: 1, Timeout: 5 * time.Second}).Get(context.Background(), address, nil)
			require.Error(t, err)
			require.NotContains(t, err.Error(), secret)
		})
	}
}

// elsewhere redirects to an address in which the secret is.
func elsewhere(to string) fault.Action { return fault.Answer(302, "", "Location", to) }

func TestNoErrorTellsWhereARedirectLeads(t *testing.T) {
	refused := serve(t, new(atomic.Int64), fault.Answer(403, ""))
	for name, c := range map[string]struct{ to, want string }{
		"nobody listens":    {"http://127.0.0.1:1" + planted, "connection refused"},
		"a broken address":  {"http://127.0.0.1/%zz" + planted, "redirected to an address that is none"},
		"a broken host":     {"http://[" + planted, "redirected to an address that is none"},
		"an unknown scheme": {"gopher://127.0.0.1" + planted, "unsupported protocol scheme"},
		"a refusal":         {refused + planted, "403 Forbidden"},
		"itself, for ever":  {planted, "more than 10 redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := serve(t, new(atomic.Int64), elsewhere(c.to))
			_, err := fetch.New(fetch.Options{Tries: 1}).Get(context.Background(), url+planted, nil)
			require.ErrorContains(t, err, "GET "+url+": ")
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), secret)
		})
	}
}

// Many servers' pages of errors repeat what was asked for.
func TestNoErrorRepeatsAnAddressThatThePageRepeats(t *testing.T) {
	echo := fault.Action(func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprintf(w, "no route %s; path %s; query %s; <a href=\"%s\">", r.RequestURI, r.URL.Path, r.URL.RawQuery, "/services/"+secret+"?token="+secret+"&amp;a=1")
		})
	})
	url := serve(t, new(atomic.Int64), echo)
	_, err := fetch.New(fetch.Options{}).Get(context.Background(), url+planted, nil)
	require.EqualError(t, err, "GET "+url+`: 404 Not Found: "no route ...; path ...; query ...; <a href=\"...\">"`)
	_, err = fetch.New(fetch.Options{}).Get(context.Background(), serve(t, new(atomic.Int64), elsewhere(url+planted)), nil)
	require.ErrorContains(t, err, "no route ...; path ...")
}

func TestRedirects(t *testing.T) {
	var got http.Header
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got = r.Header }))
	defer target.Close()
	header := http.Header{"X-Apikeys": {secret}, "Authorization": {"Bearer " + secret}, "Cookie": {secret}}

	url := serve(t, new(atomic.Int64), elsewhere(target.URL))
	_, err := fetch.New(fetch.Options{}).Get(context.Background(), url+planted, header)
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprint(got), secret, "another host gets neither keys nor the address that led to it")

	home := serve(t, new(atomic.Int64), elsewhere("/v2"), func(http.Handler) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header })
	})
	_, err = fetch.New(fetch.Options{}).Get(context.Background(), home, header)
	require.NoError(t, err)
	require.Equal(t, secret, got.Get("X-ApiKeys"), "the same host gets them")
	require.Equal(t, "Bearer "+secret, got.Get("Authorization"))
}
