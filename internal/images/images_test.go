// Package images holds the images to what docs/images.md says of them, as far as that needs no builder.
package images

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// The version and commit that the tests build with.
const version, revision = "1.2.3", "0123456789abcdef0123456789abcdef01234567"

var (
	ldflags   = regexp.MustCompile(`(?s)-ldflags="([^"]*)"`)
	resources = sync.OnceValues(func() (string, error) { return build("Dockerfile.resource", "resources/...") })
)

// work is where programs are built.
var work string

func TestMain(m *testing.M) {
	var err error
	if work, err = os.MkdirTemp("", "images-"); err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(work)
	os.Exit(status)
}

// build builds packages with the linker's flags of a Dockerfile: a variable that one names and no package has would be
// ignored in silence.
func build(dockerfile, packages string) (folder string, err error) {
	text, err := os.ReadFile(filepath.Join(root, dockerfile))
	if err != nil {
		return "", err
	}
	flags := "-ldflags="
	if found := ldflags.FindSubmatch(text); found != nil {
		flags += strings.NewReplacer("\\\n", " ", "${version}", version, "${revision}", revision).Replace(string(found[1]))
	}
	if folder, err = os.MkdirTemp(work, ""); err != nil {
		return "", err
	}
	command := exec.Command("go", "build", flags, "-o", folder, "./"+packages)
	command.Dir, command.Stderr = root, os.Stderr
	return folder, command.Run()
}

func folders(t *testing.T, of string) (names []string) {
	entries, err := os.ReadDir(filepath.Join(root, of))
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	require.NotEmpty(t, names)
	return names
}

// TestVersion: what an image's build is told is what its programs say.
func TestVersion(t *testing.T) {
	built, err := resources()
	require.NoError(t, err)
	task, err := build("Dockerfile.task", "tasks/tickets")
	require.NoError(t, err)
	for _, program := range []string{filepath.Join(built, "slack"), filepath.Join(task, "tickets")} {
		said, err := exec.Command(program, "--version").Output()
		require.NoError(t, err)
		require.Regexp(t, "^"+filepath.Base(program)+" 1.2.3, commit 0123456789ab, go.+\n$", string(said))
	}
}

// TestNotes: a version that CHANGELOG.md does not describe is not published.
func TestNotes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "CHANGELOG.md")
	require.NoError(t, os.WriteFile(file, []byte("# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.1.0] - 2026-12-01\n\n### Added\n\n- better\n\n"+
		"## [1.0.1] - 2026-11-30\n\n## [1.0.0] - 2026-11-24\n\n- first\n\n[1.0.0]: https://example.gov/v1.0.0\n"), 0o600))
	for of, want := range map[string]string{
		"1.1.0": "### Added\n\n- better\n", "1.0.0": "- first\n",
		"1.0.1": "", "1.0": "", "Unreleased": "", "2.0.0": "", "1.1.0-dev.1": "",
	} {
		said, err := exec.Command(filepath.Join(root, "pipelines/images/notes.sh"), of, file).Output()
		require.Equal(t, want, string(said), of)
		require.Equal(t, want == "", err != nil, of)
	}
}

// TestChangelog: a version whose heading is written otherwise could not be published.
func TestChangelog(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	require.NoError(t, err)
	headings := regexp.MustCompile(`(?m)^## .*$`).FindAllString(string(text), -1)
	require.NotEmpty(t, headings)
	seen := map[string]bool{}
	for i, heading := range headings {
		if i > 0 || heading != "## [Unreleased]" {
			require.Regexp(t, `^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$`, heading)
		}
		require.False(t, seen[heading], "%s is there twice", heading)
		seen[heading] = true
	}
}

// TestScan plays the scanner, since no vulnerability database is at hand: each of two images must have been scanned.
func TestScan(t *testing.T) {
	const clean, seen = "exit 0", `echo '{"Type": "gobinary"}'`
	for name, c := range map[string]struct {
		image, convert string
		green          bool
	}{
		"nothing found":         {seen, clean, true},
		"a vulnerability":       {seen, `! grep -q two "$found"`, false},
		"not read":              {`echo '{"Type": "gobinary"}'; exit 1`, clean, false},
		"one of two not read":   {`echo '{"Type": "gobinary"}'; case $* in *two*) exit 1 ;; esac`, clean, false},
		"nothing looked at":     {`echo '{"Results": null}'`, clean, false},
		"nothing in one of two": {`case $* in *one*) echo '{"Type": "gobinary"}' ;; *) echo '{}' ;; esac`, clean, false},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			script := "#!/bin/sh\nverb=$1\nfor found; do case $found in /*) break ;; esac; done\n" +
				"if [ $verb = image ]; then { " + c.image + "; echo \"$@\"; } >\"$found\"; else " + c.convert + "; fi\n"
			require.NoError(t, os.WriteFile(filepath.Join(folder, "trivy"), []byte(script), 0o700))
			command := exec.Command(filepath.Join(root, "pipelines/images/scan.sh"), "one", "two")
			command.Env = append(os.Environ(), "PATH="+folder+string(filepath.ListSeparator)+os.Getenv("PATH"))
			said, err := command.CombinedOutput()
			require.Equal(t, c.green, err == nil, string(said))
			require.Contains(t, string(said), "== two", "one red image does not hide the next")
		})
	}
}
