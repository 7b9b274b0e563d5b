package resource

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Only what is among the inputs is read, and no more of it than was asked for.
func TestFile(t *testing.T) {
	outside := t.TempDir()
	r := Run[None, None, None]{Folder: filepath.Join(outside, "inputs")}
	require.NoError(t, os.MkdirAll(filepath.Join(r.Folder, "rotation"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(r.Folder, "rotation/id"), []byte("U0JANE"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(outside, "secret"), []byte("planted"), 0o600))
	require.NoError(t, os.Symlink(filepath.Join(outside, "secret"), filepath.Join(r.Folder, "link")))

	text, err := r.File("./rotation/id", 6)
	require.NoError(t, err)
	require.Equal(t, "U0JANE", string(text))
	for param, want := range map[string]string{
		"rotation/id":                    "rotation/id is larger than 5 bytes",
		"rotation":                       "read rotation: ",
		"../secret":                      "read ../secret: ",
		"link":                           "read link: ",
		filepath.Join(outside, "secret"): "path escapes from parent",
		"rotation/none":                  "rotation/none is not there",
	} {
		_, err := r.File(param, 5)
		require.ErrorContains(t, err, want, param)
	}
	_, err = r.Report("rotation")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "rotation/report.json is not there")
}
