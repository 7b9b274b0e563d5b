package main

import (
	"fmt"
	"path"
	"unicode/utf8"
)

// file reads a text among the build's inputs, of at most so many bytes.
func (w *writer) file(param string, most int64) (string, error) {
	text, err := w.File(param, most)
	if err == nil && !utf8.Valid(text) {
		err = fmt.Errorf("%s is no text in UTF-8", path.Clean(param))
	}
	return string(text), err
}
