package main

import (
	"encoding/base64"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "tickets", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands})
}

var commands = map[string]contract.Command{"world": contract.World(worlds, start), "exits": contract.Exits(hidden), "asked": asked}

// standins are those that run, by the folders of their scripts.
var standins sync.Map

// start starts the stand-in with this desk and gives the script what a pipeline would.
func start(ts *testscript.TestScript, _ string, set setting) {
	s := zendesk.New(set.desk(time.Now()))
	s.Inject(set.faults...)
	ts.Defer(s.Close)
	standins.Store(ts.Getenv("WORK"), s)
	ts.Setenv("ZENDESK_URL", s.URL())
	ts.Setenv("ZENDESK_OAUTH_TOKEN", zendesk.OAuthToken)
	ts.Setenv("SCOPE", "support")
}

// asked holds how often the stand-in was asked for what a pattern says.
func asked(ts *testscript.TestScript, neg bool, args []string) {
	s, started := standins.Load(ts.Getenv("WORK"))
	if neg || !started || len(args) != 2 {
		ts.Fatalf("usage, after world: asked TIMES PATTERN")
	}
	if times := strconv.Itoa(s.(*zendesk.Server).Count(args[1])); times != args[0] {
		ts.Fatalf("%s was asked for %s times, not %s:\n%s", args[1], times, args[0], strings.Join(s.(*zendesk.Server).Requests(), "\n"))
	}
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
