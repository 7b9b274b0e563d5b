package main

import (
	"context"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// workspace is Slack as one app sees it.
type workspace struct {
	*slackapi.Client
	once *slackapi.Client // for what must not be done twice
}

func (c *config) open(ctx context.Context) (*workspace, error) {
	client := func(tries int) *slackapi.Client {
		return slackapi.New(c.SlackToken, c.SlackAPI, fetch.Options{Timeout: c.RequestTimeout, Tries: tries})
	}
	w := &workspace{client(3), client(1)}
	return w, w.SignIn(ctx)
}
