package main

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "nessus", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]contract.Command{
			"world": world, "exits": exits, "asked": asked, "exported": exported,
		},
	})
}

// standins are those that run, by the folders of their scripts.
var standins sync.Map

// world starts the stand-in with a world of that name and gives the script what a pipeline would.
func world(ts *testscript.TestScript, neg bool, args []string) {
	set, known := worlds[strings.Join(args, " ")]
	if neg || !known {
		ts.Fatalf("usage: world NAME, one of those in world_test.go")
	}
	now := time.Now()
	w := nessus.Clean(now)
	if set.change != nil {
		set.change(&w, now)
	}
	s := nessus.New(w, set.options...)
	s.Inject(set.faults...)
	ts.Defer(s.Close)
	standins.Store(ts.Getenv("WORK"), s)
	policy, err := os.ReadFile("../../pipelines/example/policy/nessus.yml")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("policy.yml"), policy, 0o600))
	for name, value := range map[string]string{
		"NESSUS_URL": s.URL(), "NESSUS_ACCESS_KEY": nessus.AccessKey, "NESSUS_SECRET_KEY": nessus.SecretKey, "NESSUS_CA_CERT": s.CA(),
		"KEV_URL": s.KEVURL(), "KEV_MIRROR_URL": strings.Replace(s.KEVURL(), "known", "mirror", 1), "SCOPE": "production", "POLICY": "policy.yml",
		"FORTY_DAYS_AGO": now.AddDate(0, 0, -40).UTC().Format(time.RFC3339),
	} {
		ts.Setenv(name, value)
	}
}

// exported writes the newest whole runs of a world's scans into a folder, and CISA's catalogue into a file, for a
// run without a server.
func exported(ts *testscript.TestScript, neg bool, args []string) {
	set, known := worlds[strings.Join(args, " ")]
	if neg || !known {
		ts.Fatalf("usage: exported NAME, one of the worlds")
	}
	now := time.Now()
	w := nessus.Clean(now)
	if set.change != nil {
		set.change(&w, now)
	}
	ts.Check(os.MkdirAll(ts.MkAbs("exports"), 0o755))
	for _, scan := range w.Scans {
		for _, run := range scan.Runs {
			name := ts.MkAbs("exports/" + strconv.FormatInt(run.ID, 10) + ".nessus")
			ts.Check(os.WriteFile(name, nessus.Text(scan.Name, run), 0o600))
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs("kev.json"), nessus.Catalogue(w.Released, w.Exploited), 0o600))
	policy, err := os.ReadFile("../../pipelines/example/policy/nessus.yml")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("policy.yml"), policy, 0o600))
	for name, value := range map[string]string{"EXPORTS": "exports", "KEV_FILE": "kev.json", "SCOPE": "production", "POLICY": "policy.yml"} {
		ts.Setenv(name, value)
	}
}

// asked holds how often the stand-in was asked for what a pattern says.
func asked(ts *testscript.TestScript, neg bool, args []string) {
	s, started := standins.Load(ts.Getenv("WORK"))
	if neg || !started || len(args) != 2 {
		ts.Fatalf("usage, after world: asked TIMES PATTERN")
	}
	if times := strconv.Itoa(s.(*nessus.Server).Count(args[1])); times != args[0] {
		ts.Fatalf("%s was asked for %s times, not %s:\n%s", args[1], times, args[0], strings.Join(s.(*nessus.Server).Requests(), "\n"))
	}
}

// exits runs the program, which must tell no secret: neither the keys, nor what a script plants, nor an export's token.
var exits = contract.Exits(func(*testscript.TestScript) []string {
	return []string{nessus.AccessKey, nessus.SecretKey, "planted-", "00000000000000001"}
})
