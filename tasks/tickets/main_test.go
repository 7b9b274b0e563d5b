package main

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "tickets", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands, Setup: func(e *testscript.Env) error {
		e.Values["zendesk"] = new(desk)
		return nil
	}})
}

// desk is the stand-in that a script started last.
type desk struct{ *zendesk.Server }

func gate(ts *testscript.TestScript) *fault.Gate { return &ts.Value("zendesk").(*desk).Gate }

var commands = map[string]contract.Command{"world": contract.World(worlds, start), "exits": contract.Exits(hidden), "asked": contract.Asked(gate)}

// start starts the stand-in with this desk and gives the script what a pipeline would.
func start(ts *testscript.TestScript, _ string, set setting) {
	s := zendesk.New(set.desk(time.Now()))
	s.Inject(set.faults...)
	ts.Defer(s.Close)
	ts.Value("zendesk").(*desk).Server = s
	ts.Setenv("ZENDESK_URL", s.URL())
	ts.Setenv("ZENDESK_OAUTH_TOKEN", zendesk.OAuthToken)
	ts.Setenv("SCOPE", "support")
}

// private is what no output may hold, whatever happened: secrets in any form, and personal data.
var private = []string{
	zendesk.OAuthToken, zendesk.APIToken, "planted-",
	base64.StdEncoding.EncodeToString([]byte(zendesk.Email + "/token:" + zendesk.APIToken)),
	zendesk.OAuthToken[:9], base64.StdEncoding.EncodeToString([]byte(zendesk.Email))[:20], // cut off
	"@agency.example.gov", "maria",
}

// hidden is all that is private, and the tickets' subjects where they are not asked for.
func hidden(ts *testscript.TestScript) []string {
	if ts.Getenv("SHOW_SUBJECTS") == "true" {
		return private
	}
	return append([]string{"Planted subject"}, private...)
}
