package resource

import (
	"io"
	"strings"
)

// redactor hides the secrets of a request in all that is written. Whoever writes must write whole lines.
type redactor struct {
	to   io.Writer
	hide *strings.Replacer
}

func (r *redactor) Write(line []byte) (int, error) {
	if _, err := r.hide.WriteString(r.to, string(line)); err != nil {
		return 0, err
	}
	return len(line), nil
}
