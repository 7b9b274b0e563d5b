package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/concourse/concourse/atc"
	"github.com/concourse/concourse/go-concourse/concourse"
	"golang.org/x/oauth2"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// reader is the team's Concourse by go-concourse, whose answers need doubt: a listing for somebody without a role in the team is
// that of its public pipelines, with status 200; a null is an empty list; the links of a page may lead in a circle; and 404 is
// told as found or not, as an error, or as an error of an internal type, by the call. All of it is handled here and
// in [door].
type reader struct {
	concourse.Team
	client concourse.Client
	base   string // where its pages are, for people
}

// open signs in, and makes sure that the team's pipelines can be seen.
func (c *config) open(ctx context.Context) (*reader, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: c.Concourse.authorities, MinVersion: tls.VersionTLS12}
	d := &door{
		ctx: ctx, timeout: c.RequestTimeout, token: c.Concourse.Token,
		next: fetch.Transport(fetch.Options{Timeout: c.RequestTimeout, Transport: transport, Limit: 64 << 20}),
	}
	web := &http.Client{Transport: d, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if c.Concourse.Username != "" {
		token, err := c.Concourse.signIn(ctx, web)
		if err != nil {
			return nil, fmt.Errorf("sign in as %s: %w", c.Concourse.Username, plain(err))
		}
		d.token = token
	}
	r := &reader{client: concourse.NewClient(c.Concourse.URL, web, false), base: c.Concourse.URL}
	if err := r.mayView(c.Concourse.Team); err != nil {
		return nil, err
	}
	r.Team = r.client.Team(c.Concourse.Team)
	info, err := r.client.GetInfo()
	if err != nil {
		return nil, fmt.Errorf("ask for Concourse's own address: %w", plain(err))
	}
	if u, ok := fetch.Address(info.ExternalURL); ok && bare(u) {
		r.base = u.Scheme + "://" + u.Host
	}
	return r, nil
}

// signIn gets a local user's token as fly does, by whose name Concourse knows the client: fly login -u -p.
func (s *server) signIn(ctx context.Context, web *http.Client) (fetch.Secret, error) {
	o := oauth2.Config{
		ClientID: "fly", ClientSecret: "Zmx5", // is in every fly
		Endpoint: oauth2.Endpoint{TokenURL: s.URL + "/sky/issuer/token", AuthStyle: oauth2.AuthStyleInHeader},
		Scopes:   []string{"openid", "profile", "email", "federated:id", "groups"},
	}
	token, err := o.PasswordCredentialsToken(context.WithValue(ctx, oauth2.HTTPClient, web), s.Username, s.Password.Reveal())
	if err != nil {
		return fetch.Secret{}, err
	}
	return fetch.NewSecret(token.AccessToken), nil
}

// mayView is the control of all listings: without a role in the team they are empty, and no error.
func (r *reader) mayView(team string) error {
	user, err := r.client.UserInfo()
	if err != nil {
		return fmt.Errorf("ask who is signed in: %w", plain(err))
	}
	if !user.IsAdmin && len(user.Teams[team]) == 0 {
		return fmt.Errorf("user %q has no role in the team %s, so its pipelines cannot be seen: %w", user.UserName, team, errNoRole)
	}
	return nil
}

var errNoRole = errors.New("no role")

// pipelines lists all of the team.
func (r *reader) pipelines() ([]atc.Pipeline, error) {
	all, err := r.ListPipelines()
	return listed(all, err)
}

func listed[T any](all []T, err error) ([]T, error) {
	if err == nil && all == nil {
		err = errors.New("the answer is null, no list")
	}
	return all, plain(err)
}

// preparation is what a pending build waits for. go-concourse has no call for it.
func (r *reader) preparation(ctx context.Context, build int) (p atc.BuildPreparation, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/api/v1/builds/%d/preparation", r.client.URL(), build), nil)
	if err != nil {
		return p, plain(err)
	}
	response, err := r.client.HTTPClient().Do(request)
	if err != nil {
		return p, plain(err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound { // it is over meanwhile
		return p, nil
	}
	return p, json.NewDecoder(response.Body).Decode(&p)
}

// remedy is what to do about an answer that says no.
func remedy(err error) string {
	if errors.Is(err, errNoRole) {
		return "Give the user the role viewer in the team: fly -t ci set-team, see docs/tasks/digest.md; or correct CONCOURSE_TEAM."
	}
	refused, is := errors.AsType[*fetch.StatusError](err)
	switch {
	case !is:
		return "Run it again; if it stays so, look at CONCOURSE_URL and at Concourse itself."
	case refused.Status == http.StatusUnauthorized || refused.Method == http.MethodPost && refused.Status == http.StatusBadRequest:
		return "Correct CONCOURSE_USERNAME and CONCOURSE_PASSWORD, or replace CONCOURSE_TOKEN, which expires: Concourse does not take them."
	case refused.Status == http.StatusForbidden:
		return "Give the user the role viewer in the team: fly -t ci set-team, see docs/tasks/digest.md."
	}
	return "Run it again; if it stays so, look at CONCOURSE_URL and at Concourse itself."
}
