package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

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
			e.Setenv("NOON", noon(time.Now()))
			e.Setenv("NOW", time.Now().UTC().Format(time.RFC3339))
			e.Setenv("EARLY", time.Now().UTC().Add(-8*time.Hour).Format(time.RFC3339))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"messages": messages, "answer": answer, "posts": posts, "harmless": harmless, "request": request,
			"calls": calls, "age": age, "asked": asked, "forge": forge, "file": file, "chatter": chatter,
		},
	})
}

// noon names a time zone in which it is about noon: a script must not come past a midnight.
func noon(now time.Time) string {
	return fmt.Sprintf("Etc/GMT%+d", now.UTC().Hour()-12)
}

func server(ts *testscript.TestScript) *standin.Server { return ts.Value("slack").(*standin.Server) }

// messages FILE: write what the channel shows, for grep and cmp; replies are below their message.
func messages(ts *testscript.TestScript, _ bool, args []string) {
	var all []string
	for _, m := range server(ts).Messages() {
		said := m.Words() + "\n"
		for _, reply := range m.Replies {
			mark := "> "
			if reply.Broadcast {
				mark = ">> "
			}
			for _, f := range reply.Files {
				said += mark + "file " + f.Name + "\n"
			}
			if len(reply.Files) == 0 {
				said += mark + strings.ReplaceAll(reply.Words(), "\n", "\n"+mark) + "\n"
			}
		}
		all = append(all, said)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(all, "---\n")), 0o600))
}

// answer [PATH] TIMES STATUS BODY [HEADER VALUE]: let Slack misbehave.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	path := "*"
	if strings.HasPrefix(args[0], "/") {
		path, args = args[0], args[1:]
	}
	times, err := strconv.Atoi(args[0])
	ts.Check(err)
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	server(ts).Inject(fault.Fault{Path: "POST " + path, Times: times, Do: fault.Answer(status, args[2], args[3:]...)})
}

// posts NUMBER: how often something was posted or updated, taken or not.
func posts(ts *testscript.TestScript, _ bool, args []string) {
	if n := server(ts).Count("POST /services/*") + server(ts).Count("POST /api/chat.*"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d posts", n)
	}
}

// asked NUMBER PATH: how often Slack was asked that.
func asked(ts *testscript.TestScript, _ bool, args []string) {
	if n := server(ts).Count(args[1]); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d times", n)
	}
}

// age DURATION: let all that was said be so much older.
func age(ts *testscript.TestScript, _ bool, args []string) {
	by, err := time.ParseDuration(args[0])
	ts.Check(err)
	server(ts).Age(by)
}

// calls [MENTION]...: whom all messages call, a reply after its message.
func calls(ts *testscript.TestScript, _ bool, args []string) {
	var called []string
	for _, m := range server(ts).Messages() {
		called = append(called, m.Mentions()...)
		for _, reply := range m.Replies {
			called = append(called, reply.Mentions()...)
		}
	}
	if fmt.Sprint(called) != fmt.Sprint(args) {
		ts.Fatalf("calls %s", called)
	}
}

// forge FROM: let another app say what the newest message carries for apps.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	all := server(ts).Messages()
	server(ts).Plant(standin.Message{At: time.Now(), Bot: args[0], Text: "forged", Metadata: all[len(all)-1].Metadata})
}

// chatter NUMBER: let people say so much.
func chatter(ts *testscript.TestScript, _ bool, args []string) {
	number, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range number {
		server(ts).Plant(standin.Message{At: time.Now(), User: "U0JANE", Text: "and so on"})
	}
}

// file NAME: write the newest file in a thread.
func file(ts *testscript.TestScript, _ bool, args []string) {
	for _, m := range server(ts).Messages() {
		for _, reply := range m.Replies {
			for _, f := range reply.Files {
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(f.Content), 0o600))
			}
		}
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
