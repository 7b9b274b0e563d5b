package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/task"
	"github.com/cloud-gov/platform-checklist/internal/ticket"
)

// config are the parameters.
type config struct {
	URL        string       `name:"zendesk-url" env:"ZENDESK_URL" help:"Address of the Zendesk account, such as https://example.zendesk.com."`
	OAuthToken fetch.Secret `name:"zendesk-oauth-token" env:"ZENDESK_OAUTH_TOKEN" help:"OAuth access token with the scope read; or an API token with its user's address."`
	Email      string       `name:"zendesk-email" env:"ZENDESK_EMAIL" help:"Address of the user to whom the API token belongs."`
	APIToken   fetch.Secret `name:"zendesk-api-token" env:"ZENDESK_API_TOKEN" help:"API token. It may do all that its user may: prefer OAuth."`
	Query      string       `name:"zendesk-query" env:"ZENDESK_QUERY" help:"Further search terms, such as group:support; all tickets when empty."`

	ShowSubjects   bool          `env:"SHOW_SUBJECTS" help:"Tell the tickets' subjects, which are personal data."`
	RequestTimeout time.Duration `env:"REQUEST_TIMEOUT" default:"2m" help:"For one request with its tries; Zendesk may ask to wait for a minute."`
}

// taken are the search terms that the task itself sets: twice, they would widen the search.
var taken = regexp.MustCompile(`(?i)\b(type|status|created|updated|solved|order_by|sort)\s*[:<>]`)

// Problems tells all that is wrong with the values.
func (c *config) Problems() (problems []error) {
	if !isAddress(c.URL) {
		problems = append(problems, errors.New("ZENDESK_URL wants an address such as https://example.zendesk.com, without user, path or query"))
	}
	c.URL = strings.TrimSuffix(c.URL, "/")
	switch api := c.Email != "" || !c.APIToken.IsZero(); {
	case api && !c.OAuthToken.IsZero():
		problems = append(problems, errors.New("ZENDESK_OAUTH_TOKEN and ZENDESK_API_TOKEN exclude each other: give one, OAuth best"))
	case api && (c.Email == "" || c.APIToken.IsZero()):
		problems = append(problems, errors.New("ZENDESK_EMAIL and ZENDESK_API_TOKEN go together: give both, or ZENDESK_OAUTH_TOKEN instead"))
	case !api && c.OAuthToken.IsZero():
		problems = append(problems, errors.New("ZENDESK_OAUTH_TOKEN is missing: give one with the scope read, or ZENDESK_EMAIL and ZENDESK_API_TOKEN"))
	}
	if term := taken.FindString(c.Query); term != "" {
		problems = append(problems, fmt.Errorf("ZENDESK_QUERY has the term %q, which the task sets itself: leave it out", term))
	}
	if c.RequestTimeout <= 0 {
		problems = append(problems, fmt.Errorf("REQUEST_TIMEOUT is %s: give a time such as 2m", c.RequestTimeout))
	}
	return problems
}

// isAddress wants no more than the account.
func isAddress(text string) bool {
	u, ok := fetch.Address(text)
	return ok && u.User == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == ""
}

func line() task.Line {
	c := &check{config: new(config), policy: ticket.DefaultPolicy()}
	return task.Line{
		Name:    "tickets",
		Title:   "Every support request has somebody and gets its answer in time",
		Runbook: "https://cloud.gov/docs/ops/maintenance-list/#review-open-support-requests",
		Config:  c.config,
		Policy:  c.policy,
		Look:    c.look,
	}
}
