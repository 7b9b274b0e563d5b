package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "nessus", main) }

// TestScripts runs the real program, a script a situation.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]contract.Command{
			"world": contract.World(worlds, start), "exits": exits, "asked": contract.Asked(gate), "exported": contract.World(worlds, export),
		},
		Setup: func(e *testscript.Env) error {
			e.Values["nessus"] = new(manager)
			return nil
		},
	})
}

// manager is the stand-in that a script started last.
type manager struct{ *nessus.Server }

func gate(ts *testscript.TestScript) *fault.Gate { return &ts.Value("nessus").(*manager).Gate }

// start starts the stand-in with this setting and gives the script what a pipeline would.
func start(ts *testscript.TestScript, _ string, set set) {
	now := time.Now()
	w := nessus.Clean(now)
	if set.change != nil {
		set.change(&w, now)
	}
	s := nessus.New(w, set.options...)
	s.Inject(set.faults...)
	ts.Defer(s.Close)
	ts.Value("nessus").(*manager).Server = s
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

// export writes the newest whole runs of a world's scans into a folder, and CISA's catalogue into a file, for a
// run without a server.
func export(ts *testscript.TestScript, _ string, set set) {
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

// exits runs the program, which must tell no secret: neither the keys, nor what a script plants, nor an export's token.
var exits = contract.Exits(func(*testscript.TestScript) []string {
	return []string{nessus.AccessKey, nessus.SecretKey, "planted-", "00000000000000001"}
})
