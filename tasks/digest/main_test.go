package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/concourse"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "digest", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands, Setup: func(e *testscript.Env) error {
		e.Values["servers"] = new(servers)
		return nil
	}})
}

// servers are the stand-ins that a script started last.
type servers struct {
	*concourse.Server
	bucket *bucket.Server
	watch  *watch
}

func of(ts *testscript.TestScript) *servers { return ts.Value("servers").(*servers) }

func gate(ts *testscript.TestScript) *fault.Gate { return &of(ts).Gate }

var commands = map[string]contract.Command{
	"world": contract.World(worlds, start), "exits": contract.Exits(hidden), "asked": contract.Asked(gate), "terminate": contract.Terminate(gate),
	"watched": contract.Asked(func(ts *testscript.TestScript) *fault.Gate { return &of(ts).watch.Gate }),
	"fetched": contract.Asked(func(ts *testscript.TestScript) *fault.Gate { return &of(ts).bucket.Gate }),
	"told":    told,
}

// start starts the stand-ins and gives the script what a pipeline would.
func start(ts *testscript.TestScript, _ string, set setting) {
	m := newMorning(time.Now())
	world := concourse.Checklist(lines, m.runs)
	if set.change != nil {
		set.change(world, m)
	}
	s := servers{Server: concourse.New(world, ""), bucket: bucket.New(), watch: newWatch()}
	ts.Defer(s.Server.Close)
	ts.Defer(s.bucket.Close)
	ts.Defer(s.watch.Close)
	*of(ts) = s
	ts.Check(set.keep(context.Background(), world, s.bucket))
	if set.also != nil {
		ts.Check(set.also(s.bucket, world, m))
	}
	s.Server.Inject(set.faults...)
	s.bucket.Inject(set.bucket...)
	s.watch.Inject(set.watch...)
	ts.Check(os.WriteFile(ts.MkAbs("checklist.yml"), []byte(m.config()), 0o600))
	for _, pair := range append(s.bucket.Env(), "CONFIG=checklist.yml", "SCOPE=checklist", "CONCOURSE_URL="+s.Server.URL(),
		"CONCOURSE_USERNAME="+concourse.Viewer, "CONCOURSE_PASSWORD="+concourse.Password,
		"HEARTBEAT_URL="+s.watch.URL()+"/ping/planted-uuid", "PUSHGATEWAY_URL="+s.watch.URL()) {
		name, value, _ := strings.Cut(pair, "=")
		ts.Setenv(name, value)
	}
}

// hidden is what no output may hold, whatever happened.
func hidden(*testscript.TestScript) []string {
	return []string{concourse.Password, concourse.Token(""), "planted-", bucket.Secret, "Zmx5", "\x1b["}
}

// watch takes the signs of life: a service that waits for pings, and a Pushgateway.
type watch struct {
	fault.Server
	mu   sync.Mutex
	said []string
}

func newWatch() *watch {
	w := new(watch)
	w.Start("", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.said = append(w.said, string(body))
	}))
	return w
}

// told is the command "told TEXT": some sign of life holds it.
func told(ts *testscript.TestScript, neg bool, args []string) {
	w := of(ts).watch
	w.mu.Lock()
	defer w.mu.Unlock()
	if all := strings.Join(w.said, "\n"); strings.Contains(all, args[0]) == neg {
		ts.Fatalf("told %q: %v\n%q", args[0], !neg, all)
	}
}
