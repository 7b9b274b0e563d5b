package resource

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Report reads the report.json that a param names, a file or its folder among the build's inputs.
// Nothing outside of the inputs is read. A missing one is fs.ErrNotExist.
func (r *Run[S, V, P]) Report(param string) (*report.Report, error) {
	inputs, err := os.OpenRoot(r.Folder)
	if err != nil {
		return nil, err
	}
	defer inputs.Close()
	name := path.Clean(param)
	if info, err := inputs.Stat(name); err == nil && info.IsDir() {
		name = path.Join(name, "report.json")
	}
	file, err := inputs.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, absent(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	defer file.Close()
	read, err := report.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return read, nil
}

// absent is the name of a report that is not there.
type absent string

func (a absent) Error() string {
	return string(a) + " is not there: the task left none, or the put does not get it as an input"
}

func (absent) Is(target error) bool { return target == fs.ErrNotExist }
