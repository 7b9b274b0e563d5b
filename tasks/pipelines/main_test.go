package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/strict"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

func TestMain(m *testing.M) { contract.Main(m, "pipelines", main) }

// TestScripts runs the real program over this project's own pipelines, a script a situation.
func TestScripts(t *testing.T) {
	project, err := filepath.Abs("../..")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands, Setup: func(e *testscript.Env) error {
		e.Setenv("PIPELINES", filepath.Join(project, "pipelines"))
		e.Setenv("SCOPE", "platform")
		return os.CopyFS(filepath.Join(e.WorkDir, "config"), os.DirFS(filepath.Join(project, "pipelines", "example")))
	}})
}

var commands = map[string]contract.Command{"world": contract.World(worlds, write), "exits": contract.Exits(hidden)}

// write gives the script the example config as a team has changed it.
func write(ts *testscript.TestScript, _ string, change func(*checklist.Config)) {
	var c checklist.Config
	text, err := os.ReadFile("../../pipelines/example/checklist.yml")
	ts.Check(err)
	ts.Check(strict.YAML(text, &c))
	change(&c)
	text, err = yaml.Marshal(c)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("config/checklist.yml"), text, 0o600))
	ts.Check(os.RemoveAll(ts.MkAbs("boxes")))
}

// hidden is what a team should not have written into its config.
func hidden(*testscript.TestScript) []string { return []string{"planted-"} }

// worlds are what a team did to the example, by the name that scripts call it by.
var worlds = map[string]func(*checklist.Config){
	"example": func(*checklist.Config) {},
	"left out": func(c *checklist.Config) {
		delete(c.Environments, "support")
		lines(c, "production", "stemcells")
	},
	"mistakes": func(c *checklist.Config) {
		lines(c, "staging", "stemcels", "cloudtrail")
		delete(c.Environments["production"].Vars["bosh"].(checklist.Vars), "client")
		delete(c.Vars["images"].(checklist.Vars), "slack")
		c.Environments["staging"].Vars["stemcell_nmae"] = "planted-name"
		c.LineVars["mfa"]["morning"] = checklist.Vars{"start": "8:00 AM", "stop": "9:00 AM", "days": []any{"Mondays"}}
		delete(c.Parent, "scope")
	},
	"a name twice": func(c *checklist.Config) {
		c.Environments["Staging"] = c.Environments["staging"]
		lines(c, "staging", "cloudtrail", "cloudtrail")
	},
	"refused": func(c *checklist.Config) {
		c.Vars["slack"] = "planted-address"
		c.Environments["staging"].Vars["worker_tags"] = "planted-tag"
		c.Environments["production"].Vars["nessus"] = "((planted-secrets))"
	},
	"refused by Concourse alone": func(c *checklist.Config) {
		c.Environments["support"].Vars["worker_tags"] = []any{checklist.Vars{"planted-tag": 1}}
	},
	"parent that cannot set itself again": func(c *checklist.Config) {
		c.Parent["scope"] = "the platform"
		c.Vars["images"].(checklist.Vars)["tasks"] = checklist.Vars{"repositry": "planted-image"}
		c.Vars["config"] = checklist.Vars{"urii": "planted-address"}
	},
	"messages lost": func(c *checklist.Config) { c.Vars["slack"] = checklist.Vars{"ulr": "planted-address"} },
	"secret in the config": func(c *checklist.Config) {
		c.Environments["production"].Vars["bosh"].(checklist.Vars)["client_secret"] = "planted-secret"
	},
	"nothing": func(c *checklist.Config) { c.Environments = nil },
}

func lines(c *checklist.Config, environment string, lines ...string) {
	e := c.Environments[environment]
	e.Lines = lines
	c.Environments[environment] = e
}
