package resource

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// File reads the file that a param names among the build's inputs, of at most so many bytes. Nothing outside of the inputs is
// read. A missing one is fs.ErrNotExist.
func (r *Run[S, V, P]) File(param string, most int64) ([]byte, error) {
	name := path.Clean(param)
	file, err := os.OpenInRoot(r.Folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, absent(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case int64(len(content)) > most:
		return nil, fmt.Errorf("%s is larger than %d bytes", name, most)
	}
	return content, nil
}

// Report reads the report.json that a param names, a file or its folder, as File does.
func (r *Run[S, V, P]) Report(param string) (*report.Report, error) {
	name := path.Clean(param)
	text, err := r.File(name, report.MaxSize)
	if errors.Is(err, syscall.EISDIR) {
		name = path.Join(name, "report.json")
		text, err = r.File(name, report.MaxSize)
	}
	if err != nil {
		return nil, err
	}
	read, err := report.Decode(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return read, nil
}

// absent is the name of a file that is not there.
type absent string

func (a absent) Error() string {
	return string(a) + " is not there: the task left none, or the put does not get it as an input"
}

func (absent) Is(target error) bool { return target == fs.ErrNotExist }
