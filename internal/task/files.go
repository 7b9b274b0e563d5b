package task

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// WriteJSON keeps a value as a file beside report.json, for another line to read.
func (r *Run) WriteJSON(name string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return r.WriteText(name, string(text)+"\n")
}

// WriteText keeps a text as a file beside report.json, for people.
func (r *Run) WriteText(name, text string) error {
	return r.write(name, func(w io.Writer) error {
		_, err := r.hide.WriteString(w, text)
		return err
	})
}

// write is atomic: who reads the folder sees the whole file or none.
func (r *Run) write(name string, encode func(io.Writer) error) error {
	if err := os.MkdirAll(r.folder, 0o755); err != nil {
		return fmt.Errorf("make folder %s: %w", r.folder, err)
	}
	temporary, err := os.CreateTemp(r.folder, "."+name+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(temporary.Name())
	if err := errors.Join(encode(temporary), temporary.Chmod(0o644), temporary.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return os.Rename(temporary.Name(), filepath.Join(r.folder, name))
}

// previous reads the previous report from a folder or file. A missing one is no error: Concourse
// leaves an optional input away, and the first run has none.
func (r *Run) previous(path string) (*report.Report, error) {
	if path == "" {
		return nil, nil
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "report.json")
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	defer file.Close()
	previous, err := report.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if previous.Check != r.Check || previous.Scope != r.Scope {
		return nil, fmt.Errorf("%s is of %s %s, not of %s %s", path, previous.Check, previous.Scope, r.Check, r.Scope)
	}
	return previous, nil
}
