package main

import (
	"encoding/pem"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
)

// A certificate of one's own authority is taken when it is given, and never without.
func TestCertificate(t *testing.T) {
	s := concourse.New(concourse.Checklist(lines, newMorning(time.Now()).runs), "")
	defer s.Close()
	behind, err := url.Parse(s.URL())
	require.NoError(t, err)
	front := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(behind))
	defer front.Close()

	c := &config{RequestTimeout: time.Minute, Concourse: server{
		URL: front.URL, Team: concourse.Team, Username: concourse.Viewer, Password: fetch.NewSecret(concourse.Password),
		CACert: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate().Raw})),
	}}
	_, err = c.open(t.Context())
	require.ErrorContains(t, err, "certificate signed by unknown authority")
	require.Zero(t, s.Count("*"), "the password went out")
	require.Empty(t, c.Concourse.problems())
	r, err := c.open(t.Context())
	require.NoError(t, err)
	all, err := r.pipelines()
	require.NoError(t, err)
	require.Len(t, all, 4)
	require.Equal(t, s.URL(), r.base, "people get the address that Concourse has for itself")
}
