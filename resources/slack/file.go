package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"unicode/utf8"
)

// file reads a text among the build's inputs, of at most so many bytes. Nothing outside of the inputs is read.
func (w *writer) file(param string, most int64) (string, error) {
	inputs, err := os.OpenRoot(w.Folder)
	if err != nil {
		return "", err
	}
	defer inputs.Close()
	name := path.Clean(param)
	file, err := inputs.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s is not there: the task left none, or the put does not get it as an input", name)
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("read %s: %w", name, err)
	case int64(len(text)) > most:
		return "", fmt.Errorf("%s is larger than %d bytes", name, most)
	case !utf8.Valid(text):
		return "", fmt.Errorf("%s is no text in UTF-8", name)
	}
	return string(text), nil
}
