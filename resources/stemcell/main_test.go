package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/resource/contract"
	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

func TestMain(m *testing.M) { contract.Main(m, "stemcell", main) }

const jammy = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent"

func TestContract(t *testing.T) {
	server := boshio.New()
	defer server.Close()
	at := func(base string) string {
		return fmt.Sprintf(`{"name":%q,"bosh_io_url":%q,"auth":{"access_key":"GOOG-planted","secret_key":"s3cret-planted"}}`, jammy, base)
	}
	contract.Test(t, contract.Resource{
		Source:  at(server.URL()),
		At:      at,
		Secret:  "planted",
		Get:     `{"tarball":false}`,
		Version: `{"version":"1.1363"}`,
		Gone:    true,
	})
}

func TestPage(t *testing.T) {
	contract.Page(t, "../../docs/resources/stemcell.md", source{}, params{})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			server := boshio.New(boshio.At(monday))
			e.Defer(server.Close)
			e.Values["bosh.io"] = server
			e.Setenv("BOSHIO", server.URL())
			e.Setenv("JAMMY", jammy)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"publish": publish, "withdraw": withdraw, "faults": faults, "heal": heal, "asked": asked, "request": request,
		},
	})
}

// monday is the day of every script.
var monday = time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC)

func server(ts *testscript.TestScript) *boshio.Server { return ts.Value("bosh.io").(*boshio.Server) }

// publish NAME VERSION [light|regular]...: put a stemcell up.
func publish(ts *testscript.TestScript, _ bool, args []string) {
	var flavours []boshio.Flavour
	for _, f := range args[2:] {
		flavours = append(flavours, boshio.Flavour(f))
	}
	server(ts).Publish(args[0], args[1], monday.Add(-time.Hour), flavours...)
}

// withdraw NAME VERSION: take a stemcell back.
func withdraw(ts *testscript.TestScript, _ bool, args []string) {
	server(ts).Withdraw(args[0], args[1])
}

// faults PATH TIMES reset|truncate BYTES|answer STATUS BODY [HEADER VALUE]: misbehave.
func faults(ts *testscript.TestScript, _ bool, args []string) {
	number := func(i int) int {
		n, err := strconv.Atoi(args[i])
		ts.Check(err)
		return n
	}
	f := fault.Fault{Path: args[0], Times: number(1)}
	switch args[2] {
	case "reset":
		f.Do = fault.Reset
	case "truncate":
		f.Do = fault.Truncate(number(3))
	case "answer":
		f.Do = fault.Answer(number(3), os.Expand(args[4], ts.Getenv), args[5:]...)
	default:
		ts.Fatalf("no fault is named %s", args[2])
	}
	server(ts).Inject(f)
}

// heal ends all faults.
func heal(ts *testscript.TestScript, _ bool, _ []string) { server(ts).Heal() }

// asked PATTERN NUMBER: how often bosh.io was asked.
func asked(ts *testscript.TestScript, _ bool, args []string) {
	if n := server(ts).Count(args[0]); strconv.Itoa(n) != args[1] {
		ts.Fatalf("%d times; all: %s", n, strings.Join(server(ts).Requests(), ", "))
	}
}

// request FILE: fill the environment's variables into a request.
func request(ts *testscript.TestScript, _ bool, args []string) {
	for _, file := range args {
		text := os.Expand(ts.ReadFile(file), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
	}
}
