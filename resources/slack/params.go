package main

import (
	"errors"

	"github.com/cloud-gov/platform-checklist/internal/render"
)

// params are what one put says.
type params struct {
	Report    string       `yaml:"report" help:"Folder or file of the report; one that is missing is said so in the message."`
	Previous  string       `yaml:"previous" help:"Folder or file of the report before: whether it was red, and what was told without a thread; may be absent."`
	Text      string       `yaml:"text" help:"Words of your own to add; mentions in it do not call anybody."`
	TextFile  string       `yaml:"text_file" help:"File with such words, after those of text; one that is missing is said so in the message."`
	Alert     render.Alert `yaml:"alert_type" help:"Which hook puts: found, failed, errored, aborted or fixed; the report's own status overrides it."`
	OnSupport string       `yaml:"on_support" help:"File with the Slack ID of who is on support, whom on-support in mentions calls."`
	DryRun    bool         `yaml:"dry_run" help:"Print what would be posted, and post nothing."`
}

// Problems tells all that is wrong.
func (p params) Problems() []error {
	if p.Alert == render.Fixed && p.Report == "" {
		return []error{errors.New("report is missing: without it nobody knows whether anything was fixed")}
	}
	return nil
}

// version is which message a put posted; nobody fetches it.
type version struct {
	Posted string `yaml:"posted"`
}

// What a version names where there is no message, for there must be a version.
const (
	nothing = "nothing"
	dryRun  = "nothing, dry run"
)

// Problems tells all that is wrong.
func (v version) Problems() []error {
	if v.Posted == "" {
		return []error{errors.New("posted is missing")}
	}
	return nil
}
