package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/render"
)

// source is where to post, and how much that place may see.
type source struct {
	URL     fetch.Secret  `yaml:"url" help:"Address of an incoming webhook; either this or token."`
	Token   fetch.Secret  `yaml:"token" help:"Bot token with the scope chat:write; either this or url."`
	Channel string        `yaml:"channel" help:"Channel that the bot posts to, by ID or #name; only with token."`
	APIURL  string        `yaml:"api_url" help:"Base address of the Web API; https://slack.com/api/ unless given."`
	Detail  render.Detail `yaml:"detail" help:"full, summary (no subjects, so no hosts) or counts; full unless given."`
}

// Problems tells all that is wrong.
func (s source) Problems() (problems []error) {
	switch {
	case s.URL.IsZero() && s.Token.IsZero():
		problems = append(problems, errors.New("url and token are missing: give the address of a webhook, or a bot token"))
	case !s.URL.IsZero() && !s.Token.IsZero():
		problems = append(problems, errors.New("url and token exclude each other: keep one"))
	case s.Token.IsZero() && s.Channel != "":
		problems = append(problems, errors.New("channel has no effect with url: a webhook posts to its own channel; remove it, or use token"))
	case s.URL.IsZero() && s.Channel == "":
		problems = append(problems, errors.New("channel is missing: name the channel that the bot posts to"))
	}
	if _, ok := fetch.Address(s.URL.Reveal()); !s.URL.IsZero() && !ok {
		problems = append(problems, errors.New("url wants an address such as https://hooks.slack.com/services/..."))
	}
	if _, ok := fetch.Address(s.APIURL); s.APIURL != "" && !ok {
		problems = append(problems, fmt.Errorf("api_url wants an address such as https://slack.com/api/, not %q", s.APIURL))
	}
	return problems
}

// api ends in the slash that slack-go counts on.
func (s source) api() string {
	return strings.TrimRight(cmp.Or(s.APIURL, "https://slack.com/api"), "/") + "/"
}

// params are what one put says.
type params struct {
	Report   string       `yaml:"report" help:"Folder or file of the report; one that is missing is said so in the message."`
	Previous string       `yaml:"previous" help:"Folder or file of the report before, by which fixed knows whether it was red; may be absent."`
	Text     string       `yaml:"text" help:"Words of your own to add; mentions in it do not call anybody."`
	Alert    render.Alert `yaml:"alert_type" help:"Which hook puts: found, failed, errored, aborted or fixed; the report's own status overrides it."`
}

// Problems tells all that is wrong.
func (p params) Problems() []error {
	if p.Alert == render.Fixed && p.Report == "" {
		return []error{errors.New("report is missing: without it nobody knows whether anything was fixed")}
	}
	return nil
}

// version is when a put posted; nobody fetches it.
type version struct {
	Posted string `yaml:"posted"`
}

// nothing stands for no message, for there must be a version.
const nothing = "nothing"

// Problems tells all that is wrong.
func (v version) Problems() []error {
	if v.Posted == "" {
		return []error{errors.New("posted is missing")}
	}
	return nil
}
