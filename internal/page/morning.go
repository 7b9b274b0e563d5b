package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// morning is the answer to "what about this morning's checklist?".
type morning struct {
	sign
	Headline string   // "8 of 12 boxes clean"
	Tally    []string // "1 did not run", the worst first
	Boxes    []box    // what is not clean, the worst first
}

func newMorning(g digest.Grid, boxes []box) morning {
	m := morning{sign: signOf(verdict(g))}
	number := map[digest.State]int{}
	for _, b := range boxes {
		number[b.Now.State]++
		if b.Now.wants() {
			m.Boxes = append(m.Boxes, b)
		}
	}
	slices.SortStableFunc(m.Boxes, func(a, b box) int { return cmp.Compare(rank(a.Now.State), rank(b.Now.State)) })
	for _, s := range signs {
		if number[s.State] > 0 {
			m.Tally = append(m.Tally, fmt.Sprintf("%d %s", number[s.State], s.Word))
		}
	}
	if n := len(g.Findings); n > 0 {
		m.Tally = append(m.Tally, report.Number(n, "finding"))
	}
	if n := len(g.Gaps); n > 0 {
		m.Tally = append(m.Tally, report.Number(n, "place")+" not read")
	}
	m.Headline = m.headline(number[digest.Clean], len(boxes))
	return m
}

// headline tells the whole in words, for tabs and for ears: boxes that are all clean are not yet a clean morning.
func (m morning) headline(clean, all int) string {
	some := fmt.Sprintf("%d of %s clean", clean, report.Number(all, "box"))
	switch {
	case all == 0:
		return "No box is known: nobody looked"
	case m.State != digest.Clean && clean == all:
		return strings.ToUpper(m.Word[:1]) + m.Word[1:] + ": " + some
	case clean == 1 && all == 1:
		return "The only box is clean"
	case clean == all:
		return fmt.Sprintf("All %d boxes clean", all)
	}
	return some
}

// verdict is the state of the whole. It is clean only when there are boxes, all that were due are clean, and nothing
// else was found or left unread.
func verdict(g digest.Grid) digest.State {
	worst := len(signs)
	for _, r := range g.Rows {
		worst = min(worst, rank(r.Now))
	}
	clean := slices.ContainsFunc(g.Rows, func(r digest.Row) bool { return r.Now == digest.Clean })
	found := slices.ContainsFunc(g.Findings, func(f report.Finding) bool { return f.Severity >= report.Warning })
	switch {
	case len(g.Rows) == 0 || len(g.Gaps) > 0:
		return digest.Unknown
	case worst < rank(digest.Found):
		return signs[worst].State
	case found:
		return digest.Found
	case worst < rank(digest.Idle) || !clean:
		return signs[worst].State
	}
	return digest.Clean
}
