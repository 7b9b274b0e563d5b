package main

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// level is how bad an item is.
type level int

// The levels, for each of which a source may call others. The last are the first to be kept where there are too many.
const (
	warning level = iota
	unknown       // could not look, or the build broke
	high
)

// item is one thing about which somebody may be called.
type item struct {
	key   string // the same for the same thing, whatever the build; of a finding it tells how bad, by its first letter
	level level
	of    any // report.Finding or report.Gap; nil: the build itself
}

// items are all that is not as it should be, the worst first: what an info says is, and a replay tells of another day.
func (s source) items(p render.Post) (all []item) {
	if p.Report != nil && !p.Report.AsOf.IsZero() {
		return nil
	}
	if p.Report == nil || p.Overruled() {
		if !p.Note() && p.Alert != render.Aborted { // an abort has somebody who knows
			all = append(all, item{"b" + s.digest(p.Status()), unknown, nil})
		}
		return all
	}
	for _, f := range p.Report.Findings {
		switch f.Severity {
		case report.High:
			all = append(all, item{"h" + s.finding(f), high, f})
		case report.Warning:
			all = append(all, item{"f" + s.finding(f), warning, f})
		}
	}
	if p.Alert == render.Aborted { // what it did not come to is no news to whoever ended it
		return all
	}
	seen := map[string]bool{}
	for _, g := range p.Report.Gaps { // a place may have several
		if key := "g" + s.digest(g.Subject); !seen[key] {
			seen[key] = true
			all = append(all, item{key, unknown, g})
		}
	}
	for _, what := range p.Report.Unexamined() {
		all = append(all, item{"g" + s.digest("unexamined", what), unknown, report.Gap{Subject: what, Reason: "there was nothing to look at"}})
	}
	slices.SortStableFunc(all, func(a, b item) int { return cmp.Compare(b.level, a.level) })
	return all
}

// finding names a finding, however bad.
func (s source) finding(f report.Finding) string { return s.digest(f.Rule, f.Subject) }

// findings are the names of those among keys, each once.
func findings(keys []string) (names []string) {
	for _, key := range keys {
		if name := key[1:]; (key[0] == 'f' || key[0] == 'h') && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// digest names something in a few characters. It is keyed, since metadata can be read in channels that are not to see
// hosts, and a host's name could be guessed.
func (s source) digest(parts ...string) string {
	sum := hmac.New(sha256.New, []byte(s.Token.Reveal()))
	sum.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func keys(items []item) (all []string) {
	for _, i := range items {
		all = append(all, i.key)
	}
	return all
}
