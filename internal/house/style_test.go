package house

import (
	"bytes"
	"go/format"
	"io/fs"
	"path"
	"slices"
	"testing"
)

func TestGofmt(t *testing.T) {
	for _, s := range allSources(t) {
		text, err := fs.ReadFile(root, s.path)
		if err != nil {
			t.Fatal(err)
		}
		if formatted, err := format.Source(text); err != nil || !bytes.Equal(formatted, text) {
			t.Errorf("%s is not as gofmt writes it: a difference should show a change of meaning", s.path)
		}
	}
}

func TestNoGoFileAtTheTop(t *testing.T) {
	for _, s := range allSources(t) {
		if s.folder() == "." {
			t.Errorf("%s: programs live in tasks and resources, the rest in internal: the module is no library", s.path)
		}
	}
}

// vague are names that say nothing of what is in a package.
var vague = []string{"util", "utils", "common", "helper", "helpers", "types", "manager", "misc", "lib", "shared", "models"}

func TestPackageNames(t *testing.T) {
	for _, s := range allSources(t) {
		if slices.Contains(vague, s.Name.Name) {
			t.Errorf("%s: the name %s says nothing of what is in it, so all may end up there", s.path, s.Name.Name)
		}
		if name := s.Name.Name; name != "main" && name != path.Base(s.folder()) && name != path.Base(s.folder())+"_test" {
			t.Errorf("%s: package %s: a package is named as its folder, or readers search for it", s.path, name)
		}
	}
}
