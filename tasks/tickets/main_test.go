package main

import (
	"encoding/base64"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"tickets": main}) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands})
}

var commands = map[string]func(*testscript.TestScript, bool, []string){"world": world, "exits": exits, "asked": asked}

// standins are those that run, by the folders of their scripts.
var standins sync.Map

// world starts the stand-in with a world of that name and gives the script what a pipeline would.
func world(ts *testscript.TestScript, neg bool, args []string) {
	set, known := worlds[strings.Join(args, " ")]
	if neg || !known {
		ts.Fatalf("usage: world NAME, one of those in world_test.go")
	}
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

// exits runs a program that must end with just this status, and must tell nothing private, in words or in its
// report; the tickets' subjects only where they are asked for.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM ARGUMENT...")
	}
	status := 0
	if failed, is := errors.AsType[*exec.ExitError](ts.Exec(args[1], args[2:]...)); is {
		status = failed.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("%s exits %d, not %s", args[1], status, args[0])
	}
	told := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if written, err := os.ReadFile(ts.MkAbs("report/report.json")); err == nil {
		told += string(written)
	}
	words := private
	if ts.Getenv("SHOW_SUBJECTS") != "true" {
		words = append([]string{"Planted subject"}, words...)
	}
	for _, word := range words {
		if strings.Contains(told, word) {
			ts.Fatalf("%s tells %q:\n%s", args[1], word, told)
		}
	}
}
