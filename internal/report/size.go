package report

import (
	"encoding/json"
	"fmt"
	"strings"
)

// MaxSize bounds a report.json in bytes; a larger file is not one of ours.
const MaxSize = 16 << 20

// Fit leaves out what would make report.json larger than MaxSize, so that nobody could read it again, be it as the
// previous report or as evidence. What is worth most is kept, and that something is missing is a gap.
func (r *Report) Fit() {
	if size(r.form()) <= MaxSize {
		return
	}
	whole := *r
	r.Findings, r.Gaps, r.Accepted, r.LeftOut, r.Gone, r.Hidden = nil, nil, nil, nil, nil, nil
	const room = 4 << 10 // for the gap itself
	c := &cut{left: MaxSize - room - size(r.form())}
	r.Gaps = kept(c, "gap", whole.Gaps)
	r.Findings = kept(c, "finding", whole.Findings)
	r.Hidden = kept(c, "hidden finding", whole.Hidden)
	r.Accepted = kept(c, "acceptance", whole.Accepted)
	r.LeftOut = kept(c, "omission", whole.LeftOut)
	r.Gone = kept(c, "gone finding", whole.Gone)
	r.Miss("report", fmt.Sprintf("it would be larger than %d MiB, so these are left out: %s", MaxSize>>20, strings.Join(c.out, ", ")),
		"Find out what makes it so large: a source that lists far too much, or a policy that tells too much. What is left out is new when it is seen again.")
}

// cut is how much room is left, and what there was none for.
type cut struct {
	left int
	out  []string
}

// kept are those of a list that there is room for.
func kept[T any](c *cut, noun string, list []T) (kept []T) {
	for _, item := range list {
		if n := size(item); n <= c.left {
			c.left -= n
			kept = append(kept, item)
		}
	}
	if n := len(list) - len(kept); n > 0 {
		c.out = append(c.out, "+"+Number(n, noun))
	}
	return kept
}

// size is how many bytes a value takes in report.json, two levels deep.
func size(value any) int {
	var n counter
	e := json.NewEncoder(&n)
	e.SetIndent("    ", "  ")
	e.SetEscapeHTML(false)
	_ = e.Encode(value) // of what cannot be encoded the writer hears
	return int(n) + len("    ,")
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
