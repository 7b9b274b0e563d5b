package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/resource/contract"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	standin "github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

func TestMain(m *testing.M) { contract.Main(m, "slack", main) }

func TestContract(t *testing.T) {
	server := standin.New()
	defer server.Close()
	contract.Test(t, contract.Resource{
		Source:  `{"url":"` + server.WebhookURL() + `"}`,
		At:      func(base string) string { return `{"url":"` + base + `/services/w3bh00k-s3cret"}` },
		Secret:  "w3bh00k-s3cret",
		Params:  `{"report":"clean.json"}`,
		Inputs:  "../../internal/render/testdata",
		Version: `{"posted":"2026-08-24T09:00:00Z"}`,
		Offline: []string{"check", "in"},
	})
}

func TestPage(t *testing.T) { contract.Page(t, "../../docs/resources/slack.md", source{}, params{}) }

func TestScripts(t *testing.T) {
	reports, err := filepath.Abs("../../internal/render/testdata")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			server := standin.New()
			e.Defer(server.Close)
			e.Values["slack"] = server
			e.Setenv("REPORTS", reports)
			e.Setenv("WEBHOOK", server.WebhookURL())
			e.Setenv("API", server.APIURL())
			e.Setenv("TOKEN", standin.Token)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"messages": messages, "answer": answer, "posts": posts, "harmless": harmless, "request": request,
		},
	})
}

func server(ts *testscript.TestScript) *standin.Server { return ts.Value("slack").(*standin.Server) }

// messages FILE: write what the channel shows, for grep and cmp.
func messages(ts *testscript.TestScript, _ bool, args []string) {
	var words []string
	for _, m := range server(ts).Messages() {
		words = append(words, m.Words()+"\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(words, "---\n")), 0o600))
}

// answer TIMES STATUS BODY [HEADER VALUE]: let Slack misbehave.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	times, err := strconv.Atoi(args[0])
	ts.Check(err)
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	server(ts).Inject(fault.Fault{Path: "POST *", Times: times, Do: fault.Answer(status, args[2], args[3:]...)})
}

// posts NUMBER: how often something was posted, taken or not.
func posts(ts *testscript.TestScript, _ bool, args []string) {
	if n := server(ts).Count("POST *"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d posts", n)
	}
}

// harmless [LINK]...: nothing that was posted calls anybody, or links elsewhere.
func harmless(ts *testscript.TestScript, _ bool, args []string) {
	for _, m := range server(ts).Messages() {
		if called := m.Mentions(); len(called) > 0 {
			ts.Fatalf("calls %s", called)
		}
		if links := fmt.Sprint(m.Links()); links != fmt.Sprint(args) {
			ts.Fatalf("links to %s", links)
		}
	}
}

// request FILE: write standard input for the next exec, with the environment's variables filled in.
func request(ts *testscript.TestScript, _ bool, args []string) {
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
