package house

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// A line of the checklist is whole when everybody finds it: the person on support in the README and on
// its page, the platform team among the pipelines, Concourse by its task.yml.
func TestLinesAreWhole(t *testing.T) {
	readme := read(t, "README.md", "it is where everybody begins")
	for _, name := range folders(t, "tasks") {
		t.Run(name, func(t *testing.T) {
			read(t, "tasks/"+name+"/main.go", "its comment is the manual")
			read(t, "tasks/"+name+"/task.yml", "Concourse runs a line by it")
			read(t, "docs/tasks/"+name+".md", "it is where a red box is read up on")
			if !runs(t, "checklist/tasks/"+name+"/task.yml") {
				t.Errorf("no pipeline runs tasks/%s: a line that is in none is never asked", name)
			}
			if row := "| [" + name + "](docs/tasks/" + name + ".md) |"; !strings.Contains(readme, row) {
				t.Errorf("README.md lacks a row that begins with %s: a box that is not in the README is known to nobody", row)
			}
		})
	}
}

// runs tells whether a job of any pipeline runs a task by its file.
func runs(t *testing.T, file string) bool {
	pipelines, err := fs.Glob(root, "pipelines/*.yml")
	require.NoError(t, err)
	return slices.ContainsFunc(pipelines, func(name string) bool {
		return regexp.MustCompile(`(?m)^\s+file: ` + regexp.QuoteMeta(file) + `$`).MatchString(read(t, name, "it was there just now"))
	})
}

func TestResourcesAreWhole(t *testing.T) {
	readme := read(t, "README.md", "it is where everybody begins")
	for _, name := range folders(t, "resources") {
		t.Run(name, func(t *testing.T) {
			read(t, "resources/"+name+"/main.go", "its comment is the manual")
			read(t, "docs/resources/"+name+".md", "it is where source and params are read up on")
			if row := "| [" + name + "](docs/resources/" + name + ".md) |"; !strings.Contains(readme, row) {
				t.Errorf("README.md lacks a row that begins with %s: a resource that is not in the README is known to nobody", row)
			}
		})
	}
}

// The README and the pages name nothing that is not there.
func TestRowsHaveTheirLines(t *testing.T) {
	readme := read(t, "README.md", "it is where everybody begins")
	for _, row := range regexp.MustCompile(`\(docs/(tasks|resources)/([\w-]+)\.md\)`).FindAllStringSubmatch(readme, -1) {
		if !slices.Contains(folders(t, row[1]), row[2]) {
			t.Errorf("README.md names %s, which is not in %s", row[2], row[1])
		}
	}
	for _, of := range []string{"tasks", "resources"} {
		pages, err := fs.Glob(root, "docs/"+of+"/*.md")
		require.NoError(t, err)
		for _, page := range pages {
			if name := strings.TrimSuffix(filepath.Base(page), ".md"); !slices.Contains(folders(t, of), name) {
				t.Errorf("%s describes what is not in %s", page, of)
			}
		}
	}
}

// taskFile is what Concourse reads of a task.yml.
type taskFile struct {
	Params map[string]string
	Run    struct{ Path string }
}

// inHelp finds a parameter in what --help says.
var inHelp = regexp.MustCompile(`\(\$([A-Z0-9_]+)\)`)

// task.yml names just the parameters that the program takes: one that is missing there cannot be set by a
// pipeline (Concourse drops it), one too many is set in vain.
func TestTaskFilesNameTheParameters(t *testing.T) {
	programs := t.TempDir()
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", programs, "./tasks/...")
	build.Dir = filepath.Join("..", "..")
	said, err := build.CombinedOutput()
	require.NoError(t, err, string(said))

	readme := read(t, "README.md", "it describes the parameters that all tasks take")
	for _, name := range folders(t, "tasks") {
		t.Run(name, func(t *testing.T) {
			help := helpOf(t, filepath.Join(programs, name))
			require.True(t, strings.HasPrefix(help, "Usage: "+name+" "), "the line's name is its folder's, or Slack and the dashboard call it differently")
			var taken, named []string
			for _, found := range inHelp.FindAllStringSubmatch(help, -1) {
				taken = append(taken, found[1])
			}
			var file taskFile
			require.NoError(t, yaml.Unmarshal([]byte(read(t, "tasks/"+name+"/task.yml", "Concourse runs a line by it")), &file))
			for param := range file.Params {
				named = append(named, param)
			}
			require.ElementsMatch(t, taken, named, "task.yml and --help name different parameters")
			require.Equal(t, name, file.Run.Path, "task.yml runs another program")
			page := read(t, "docs/tasks/"+name+".md", "it describes the line's own parameters")
			for _, param := range taken {
				if code := "`" + param + "`"; page != "" && !strings.Contains(page, code) && !strings.Contains(readme, code) {
					t.Errorf("neither docs/tasks/%s.md nor README.md describes %s: nobody would set it", name, code)
				}
			}
		})
	}
}

// helpOf runs a program without any environment, since help must come whatever is set. It is joined to one line, as
// it breaks lines within a parameter's description.
func helpOf(t *testing.T, program string) string {
	command := exec.Command(program, "--help")
	command.Env, command.Dir = []string{}, t.TempDir()
	text, err := command.Output()
	require.NoError(t, err, fmt.Sprintf("%s --help", filepath.Base(program)))
	left, err := os.ReadDir(command.Dir)
	require.NoError(t, err)
	require.Empty(t, left, "--help leaves no report")
	return strings.Join(strings.Fields(string(text)), " ")
}
