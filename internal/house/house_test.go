// Package house holds the repository to its own rules, a file each. Every failure gives the rule's reason.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/cloud-gov/platform-checklist/"

var root = os.DirFS(filepath.Join("..", ".."))

// files are all that git would keep, by their paths from the top.
var files = sync.OnceValues(func() (paths []string, err error) {
	built := []string{".git", "bin", "report"} // see .gitignore
	return paths, fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && has(built, name):
			return fs.SkipDir
		case d.Type().IsRegular():
			paths = append(paths, name)
		}
		return nil
	})
})

func has(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

// source is one Go file of this module, whatever its build tags.
type source struct {
	*ast.File
	path string
	set  *token.FileSet
}

func (s source) folder() string { return path.Dir(s.path) }
func (s source) isTest() bool   { return strings.HasSuffix(s.path, "_test.go") }

// at is where a node stands.
func (s source) at(n ast.Node) string { return s.set.Position(n.Pos()).String() }

// sources are the Go files outside testdata and modules of their own.
var sources = sync.OnceValues(func() (all []source, err error) {
	paths, err := files()
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		if path.Ext(p) != ".go" || strings.Contains(p, "/testdata/") || within(p, modules(paths)) {
			continue
		}
		text, err := fs.ReadFile(root, p)
		if err != nil {
			return nil, err
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, p, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		all = append(all, source{parsed, p, set})
	}
	return all, nil
})

// modules are the folders of modules beside the one at the top.
func modules(paths []string) (folders []string) {
	for _, p := range paths {
		if path.Base(p) == "go.mod" && p != "go.mod" {
			folders = append(folders, path.Dir(p))
		}
	}
	return folders
}

func within(p string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(p, folder+"/") {
			return true
		}
	}
	return false
}

func allFiles(t *testing.T) []string {
	paths, err := files()
	require.NoError(t, err)
	require.Contains(t, paths, "internal/house/house_test.go")
	return paths
}

func allSources(t *testing.T) []source {
	all, err := sources()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}

// folders are those right below a folder, such as the tasks.
func folders(t *testing.T, of string) (names []string) {
	entries, err := fs.ReadDir(root, of)
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	require.NotEmpty(t, names)
	return names
}

// read gives a file's text, or fails with why it should be there.
func read(t *testing.T, name, because string) string {
	t.Helper()
	text, err := fs.ReadFile(root, name)
	if err != nil {
		t.Errorf("%s is missing: %s", name, because)
	}
	return string(text)
}

// selectors calls back for each package.Name that a file uses.
func (s source) selectors(told func(n ast.Node, name string)) {
	ast.Inspect(s.File, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok {
				told(n, x.Name+"."+selector.Sel.Name)
			}
		}
		return true
	})
}
