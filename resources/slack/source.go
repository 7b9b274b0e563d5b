package main

import (
	"errors"
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// source is where to post, how much that place may see, and who is called.
type source struct {
	URL      fetch.Secret  `yaml:"url" help:"Address of an incoming webhook; either this or token."`
	Token    fetch.Secret  `yaml:"token" help:"Bot token with the scopes chat:write and channels:history; either this or url."`
	Channel  string        `yaml:"channel" help:"Channel that the bot posts to, by ID; only with token. A #name will do without threads."`
	APIURL   string        `yaml:"api_url" help:"Base address of the Web API; https://slack.com/api/ unless given."`
	Detail   render.Detail `yaml:"detail" help:"full, summary (no subjects, so no hosts) or counts; full unless given."`
	Thread   *bool         `yaml:"thread" help:"One thread a line and day, its first message kept up to date; true with token unless given."`
	Mentions mentions      `yaml:"mentions" help:"Whom new findings call: lists of IDs, here, channel or on-support, by high, warning and unknown."`
	Quiet    *clock.Window `yaml:"quiet_hours" help:"When nobody is called for less than high: start, stop, location, days, as of the time resource."`
	Location clock.Zone    `yaml:"location" help:"Time zone in which a day begins; that of quiet_hours, or UTC, unless given."`
	Files    bool          `yaml:"files" help:"Put the whole report as a file into the thread where a message is too short for it; wants files:write."`
	DryRun   bool          `yaml:"dry_run" help:"Print what would be posted, and post nothing."`
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
	if s.Token.IsZero() && s.Thread != nil && *s.Thread {
		problems = append(problems, errors.New("thread wants token: a webhook cannot find its messages again"))
	}
	if s.Files && !s.threads() {
		problems = append(problems, errors.New("files wants token and threads: a file is put into a thread"))
	}
	if s.Files && s.Detail != render.Full {
		problems = append(problems, errors.New("files shows all of a report, and detail does not: remove one of them"))
	}
	if s.Quiet != nil {
		problems = append(problems, strict.At("quiet_hours", s.Quiet.Problems())...)
	}
	if _, ok := fetch.Address(s.URL.Reveal()); !s.URL.IsZero() && !ok {
		problems = append(problems, errors.New("url wants an address such as https://hooks.slack.com/services/..."))
	}
	if _, ok := fetch.Address(s.APIURL); s.APIURL != "" && !ok {
		problems = append(problems, fmt.Errorf("api_url wants an address such as https://slack.com/api/, not %q", s.APIURL))
	}
	return append(problems, strict.At("mentions", s.Mentions.Problems())...)
}

// threads tells whether messages are looked for, to be kept up to date.
func (s source) threads() bool { return !s.Token.IsZero() && (s.Thread == nil || *s.Thread) }
