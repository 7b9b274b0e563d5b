//go:build sandbox

package images

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// image lays a resource out as its image does.
func image(t *testing.T, resource string) (folder string) {
	built, err := resources()
	require.NoError(t, err)
	folder = t.TempDir()
	for _, name := range []string{resource, "check", "in", "out"} {
		require.NoError(t, os.Symlink(filepath.Join(built, resource), filepath.Join(folder, name)))
	}
	return folder
}

// bare is a PATH without jq: all that concourse-tests.sh may rely on in a hardened image.
func bare(t *testing.T) (folder string) {
	folder = t.TempDir()
	for _, name := range []string{"sh", "cat", "mkdir", "mktemp", "rm", "tr"} {
		program, err := exec.LookPath(name)
		require.NoError(t, err)
		require.NoError(t, os.Symlink(program, filepath.Join(folder, name)))
	}
	return folder
}

func concourseTests(t *testing.T, resource, folder, path string) (said string, err error) {
	script, err := filepath.Abs(filepath.Join(root, "pipelines/images/concourse-tests.sh"))
	require.NoError(t, err)
	command := exec.Command(script, resource)
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), "RESOURCE_FOLDER="+folder, "PATH="+path)
	output, err := command.CombinedOutput()
	return string(output), err
}

// TestProtocol: every resource passes what cloud.gov asks of its image, as built, with jq (where it is at hand) and without.
func TestProtocol(t *testing.T) {
	_, err := exec.LookPath("jq")
	t.Logf("jq is at hand: %t", err == nil)
	paths := map[string]string{"as here": os.Getenv("PATH"), "without jq": bare(t)}
	for _, resource := range folders(t, "resources") {
		for name, path := range paths {
			t.Run(resource+" "+name, func(t *testing.T) {
				t.Parallel() // each tries those who do not answer more than once
				said, err := concourseTests(t, resource, image(t, resource), path)
				require.NoError(t, err, said)
				for _, verb := range []string{"check", "in", "out"} {
					require.Contains(t, said, "right: "+resource+": "+verb)
				}
			})
		}
	}
}

// TestBrokenProtocol: a verb that breaks the protocol is found, with jq and without.
func TestBrokenProtocol(t *testing.T) {
	// The real program refuses what is wrong; what is right gets another answer.
	const refuse = "#!/bin/sh\nasked=$(cat)\ncase $asked in *'no such key'*) echo no >&2; exit 2 ;; esac\n"
	for name, c := range map[string]struct{ verb, program string }{
		"a banner before the answer": {"check", refuse + `echo hello; echo '[]'`},
		"an object for an array":     {"check", refuse + `echo '{}'`},
		"an array for an object":     {"in", refuse + `echo '[]'`},
		"no answer":                  {"in", refuse},
		"an answer to a failure":     {"out", refuse + `echo '{}'; echo why >&2; exit 1`},
		"a failure without a reason": {"out", refuse + `exit 1`},
		"green without anybody":      {"out", refuse + `echo '{}'`},
		"another status":             {"check", refuse + `echo why >&2; exit 3`},
		"all is taken":               {"check", "#!/bin/sh\necho '[]'"},
		"no program":                 {"in", ""},
	} {
		for with, path := range map[string]string{"as here": os.Getenv("PATH"), "without jq": bare(t)} {
			t.Run(name+" "+with, func(t *testing.T) {
				t.Parallel()
				folder := image(t, "slack")
				broken := filepath.Join(folder, c.verb)
				require.NoError(t, os.Remove(broken))
				if c.program != "" {
					require.NoError(t, os.WriteFile(broken, []byte(c.program), 0o700))
				}
				said, err := concourseTests(t, "slack", folder, path)
				require.Error(t, err, said)
				require.Regexp(t, `wrong: slack: (\S*/)?`+c.verb+`\b`, said)
			})
		}
	}
}

func TestProtocolOfAnUnknownResource(t *testing.T) {
	folder := image(t, "slack")
	require.NoError(t, os.Symlink(filepath.Join(folder, "slack"), filepath.Join(folder, "new")))
	said, err := concourseTests(t, "new", folder, os.Getenv("PATH"))
	require.Error(t, err)
	require.Contains(t, said, "does not know what to ask")
}
