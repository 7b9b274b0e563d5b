package house

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// row says what packages may import, beside themselves and what they embed.
type row struct {
	name    string
	of      []string // folders; a last /... stands for all below
	may     []string // words of the kinds below, folders, modules
	because string
}

// The kinds of what is imported:
//
//	std        all of Go's own packages
//	pure       those by which nothing outside the program can be read or changed
//	subjects   the packages of the row of this name, and so clients
//	libraries  all other modules but kong, which is the frames'
var table = []row{
	{"vocabulary", []string{"internal/report"}, []string{"std"},
		"it is the vocabulary: whatever it knew, all would know"},
	{"words", []string{"internal/render"}, []string{"std", "internal/report"},
		"one place decides how things look, and it decides nothing else"},
	{"page", []string{"internal/page"}, []string{"std", "internal/report", "internal/digest"},
		"the page that the auditor prints: one place decides how it looks"},
	{"nearest", []string{"internal/nearest"}, []string{"pure"},
		"it only counts letters"},
	{"strict", []string{"internal/strict"}, []string{"pure", "internal/nearest", "go.yaml.in/yaml/v3"},
		"it reads what it is handed, for the frames and for files that a parameter names"},
	{"secret", []string{"internal/secret"}, []string{"std"},
		"it sees every secret, so it must be easy to read"},
	{"fetch", []string{"internal/fetch"}, []string{"std", "github.com/hashicorp/go-retryablehttp"},
		"whatever goes over it is bounded, so it must be easy to read"},
	{"clients", []string{"internal/account", "internal/bosh", "internal/boshio", "internal/evidence", "internal/lookup", "internal/slackapi"},
		[]string{"std", "internal/report", "internal/fetch", "internal/nearest", "internal/strict", "clients", "libraries"},
		"a client reads; what is wrong is for a subject to say, and how it looks for the frame"},
	{"frames", []string{"internal/task", "internal/resource"},
		[]string{"std", "internal/report", "internal/render", "internal/secret", "internal/strict", "internal/nearest", "github.com/alecthomas/kong", "go.yaml.in/yaml/v3"},
		"only these read the environment, print and exit, and they know no line of the checklist"},
	{"tasks", []string{"tasks/..."},
		[]string{"std", "internal/task", "internal/report", "internal/page", "internal/strict", "internal/fetch", "subjects", "clients", "libraries"},
		"a task collects and hands over: it neither renders, parses parameters nor knows another task"},
	{"resources", []string{"resources/..."},
		[]string{"std", "internal/resource", "internal/report", "internal/render", "internal/strict", "internal/fetch", "subjects", "clients", "libraries"},
		"a resource carries reports and versions: it knows no task"},
	{"tools", []string{"internal/standin/...", "internal/sandbox/...", "internal/demo", "internal/shipped", "internal/task/contract", "internal/resource/contract", "internal/house"}, []string{"anything"},
		"only tests, the demo and the sandbox import them, so nothing of them is in a binary that a team runs"},
	{"generators", []string{"internal/ranges/snapshot"}, []string{"std", "subjects"},
		"it writes what a subject embeds, and is run by hand"},
	// All others are subjects, so that a new package is one until somebody says why not.
	{"subjects", []string{"internal/..."}, []string{"pure", "internal/report", "internal/nearest", "internal/strict", "subjects", "github.com/cppforlife/go-semi-semantic"},
		"a judgement can be replayed: it depends on its arguments alone"},
}

// impure are Go's own packages by which a program reads or changes something outside, or rolls dice.
var impure = []string{"crypto/rand", "log", "math/rand", "math/rand/v2", "net", "net/http", "os", "plugin", "runtime/debug", "syscall", "unsafe"}

func TestImports(t *testing.T) {
	for _, s := range allSources(t) {
		if s.isTest() {
			continue
		}
		own := rowOf(s.folder())
		for _, spec := range s.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if !own.allows(strings.TrimPrefix(imported, module)) {
				t.Errorf("%s: %s (of the row %s) imports %s: %s", s.at(spec), s.folder(), own.name, imported, own.because)
			}
		}
	}
}

func rowOf(folder string) row {
	i := slices.IndexFunc(table, func(r row) bool {
		return slices.ContainsFunc(r.of, func(of string) bool {
			below, all := strings.CutSuffix(of, "/...")
			return folder == of || all && strings.HasPrefix(folder+"/", below+"/")
		})
	})
	if i < 0 {
		return row{name: "none", because: "packages live in tasks, resources or internal"}
	}
	return table[i]
}

func (r row) allows(imported string) bool {
	return slices.ContainsFunc(r.may, func(may string) bool { return is(imported, may) })
}

func is(imported, kind string) bool {
	first, _, _ := strings.Cut(imported, "/")
	ours := first == "internal" || first == "tasks" || first == "resources"
	std := !ours && !strings.Contains(first, ".")
	switch kind {
	case "anything":
		return true
	case "std":
		return std
	case "pure":
		return std && !slices.Contains(impure, imported) && !strings.HasPrefix(imported, "os/") && !strings.HasPrefix(imported, "net/http/")
	case "libraries":
		return !ours && !std && imported != "github.com/alecthomas/kong"
	case "subjects", "clients":
		return ours && rowOf(imported).name == kind
	}
	return imported == kind || !ours && strings.HasPrefix(imported, kind+"/")
}

// The table itself can be wrong in silence: a folder that it names must be there, and some things must not pass.
func TestImportTable(t *testing.T) {
	all := allSources(t)
	for _, r := range table {
		for _, of := range r.of {
			below := strings.TrimSuffix(of, "/...")
			if !slices.ContainsFunc(all, func(s source) bool { return strings.HasPrefix(s.path, below+"/") }) {
				t.Errorf("the row %s names %s, which is not there", r.name, of)
			}
		}
	}
	for folder, imports := range map[string][]string{
		"internal/report":   {"internal/render", "github.com/x/y"},
		"internal/mfa":      {"os", "os/exec", "net/http", "net", "internal/task", "internal/fetch", "internal/account", "math/rand/v2", "github.com/x/y"},
		"internal/new":      {"os", "internal/standin/cloud"},
		"internal/page":     {"internal/render", "internal/task", "github.com/x/y"},
		"internal/task":     {"internal/mfa", "internal/fetch", "github.com/x/y", "tasks/mfa"},
		"tasks/mfa":         {"tasks/stemcells", "internal/render", "internal/resource", "internal/standin", "github.com/alecthomas/kong"},
		"resources/slack":   {"tasks/mfa", "internal/task", "internal/sandbox"},
		"internal/bosh":     {"internal/stemcell", "internal/task"},
		path.Dir("main.go"): {"os"},
	} {
		for _, imported := range imports {
			if rowOf(folder).allows(imported) {
				t.Errorf("the table lets %s import %s", folder, imported)
			}
		}
	}
}
