package alert

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Silence is one of Alertmanager's, of any state.
type Silence struct {
	ID, Author, Comment string
	State               string // active, pending or expired
	Matchers            []Matcher
	Starts, Ends        time.Time
}

// Covers tells whether the silence matches labels, whenever.
func (s Silence) Covers(l Labels) bool {
	for i := range s.Matchers {
		if m := &s.Matchers[i]; !m.accepts(l[m.Name]) {
			return false
		}
	}
	return len(s.Matchers) > 0
}

// history is what fired, by name: most silences name an alert, and so are done with most of it at once.
type history map[string][]Labels

func newHistory(fired []Labels) history {
	if fired == nil {
		return nil
	}
	h := history{}
	for _, l := range fired {
		h[l["alertname"]] = append(h[l["alertname"]], l)
	}
	return h
}

// has tells whether a silence matches anything of it.
func (h history) has(s Silence) bool {
	named := slices.IndexFunc(s.Matchers, func(m Matcher) bool { return m.Name == "alertname" })
	for name, fired := range h {
		if (named < 0 || s.Matchers[named].accepts(name)) && slices.ContainsFunc(fired, s.Covers) {
			return true
		}
	}
	return false
}

func (s Silence) String() string {
	var all []string
	for _, m := range s.Matchers {
		all = append(all, m.String())
	}
	return "{" + strings.Join(all, ", ") + "}"
}

// fault is something that makes a silence no good one.
type fault struct {
	rule, summary, action string
	severity              report.Severity
}

func (s Silence) faults(p Policy) (faults []fault) {
	if !slices.ContainsFunc(s.Matchers, Matcher.selects) {
		faults = append(faults, fault{"silence-matches-everything", "names nothing: also an alert that nobody knows yet would be silent",
			"End it; silence what is meant by a matcher such as alertname=\"...\".", report.High})
	}
	if lacks := s.lacks(); lacks != "" {
		faults = append(faults, fault{"silence-without-reason", "has " + lacks,
			"Ask who made it, and make it anew with a name and the reason; or end it.", report.Warning})
	}
	if length := s.Ends.Sub(s.Starts); length > p.SilenceLongest {
		faults = append(faults, fault{"silence-too-long", fmt.Sprintf("lasts %s, more than %s", long(length), long(p.SilenceLongest)),
			"End it and mend the rule, or silence it for a time in which somebody looks again.", report.Warning})
	}
	return faults
}

func (s Silence) lacks() string {
	author, comment := strings.TrimSpace(s.Author) == "", strings.TrimSpace(s.Comment) == ""
	switch {
	case author && comment:
		return "neither author nor comment"
	case author:
		return "no author"
	case comment:
		return "no comment"
	}
	return ""
}

// goodSilences are those without a fault, by ID.
func goodSilences(all []Silence, p Policy) map[string]bool {
	good := map[string]bool{}
	for _, s := range all {
		good[s.ID] = len(s.faults(p)) == 0
	}
	return good
}

// badSilences tells the silences, active or to come, that hide more than they should, that end
// under a firing alert, or that hide nothing.
func badSilences(f Facts, p Policy, now time.Time) (found []report.Finding) {
	covered, fired := map[string][]Alert{}, newHistory(f.Fired)
	for _, a := range f.Alerts {
		for _, id := range a.SilencedBy {
			covered[id] = append(covered[id], a)
		}
	}
	for _, s := range f.Silences {
		if s.State == "expired" {
			continue
		}
		faults := s.faults(p)
		if s.State == "active" {
			faults = append(faults, s.ending(covered[s.ID], p, now)...)
			faults = append(faults, s.idle(covered[s.ID], fired, p, now)...)
		}
		for _, wrong := range faults {
			found = append(found, s.finding(f, wrong, covered[s.ID]))
		}
	}
	return found
}

func (s Silence) ending(covers []Alert, p Policy, now time.Time) []fault {
	left := s.Ends.Sub(now)
	if left >= p.SilenceEnds || !slices.ContainsFunc(covers, func(a Alert) bool { return p.severity(a.Labels) >= report.Warning }) {
		return nil
	}
	return []fault{{"silence-ends-soon", fmt.Sprintf("ends in %s and covers %s that still fires", long(max(0, left)), covers[0].Name()),
		"Mend the cause, or prolong it with a reason; else the alert is sent again then.", report.Warning}}
}

func (s Silence) idle(covers []Alert, fired history, p Policy, now time.Time) []fault {
	if len(covers) > 0 || fired == nil || now.Sub(s.Starts) < p.SilenceUnused || fired.has(s) {
		return nil
	}
	return []fault{{"silence-unused", "has matched nothing for " + long(p.SilenceUnused),
		"End it, so that it doesn't hide the next alert.", report.Warning}}
}

func (s Silence) finding(f Facts, wrong fault, covers []Alert) report.Finding {
	return report.Finding{
		Rule: wrong.rule, Subject: f.Scope + "/silence/" + s.ID, Severity: wrong.severity,
		Summary: "the silence " + s.String() + " " + wrong.summary,
		Detail: report.Lines(
			fmt.Sprintf("by %s, comment: %s", cmp.Or(s.Author, "nobody"), cmp.Or(s.Comment, "none")),
			fmt.Sprintf("%s, from %s until %s; covers %s", s.State, clock(s.Starts), clock(s.Ends), report.Number(len(covers), "alert"))),
		Action:     wrong.action,
		Link:       report.Web(f.Page + "/#/silences/" + s.ID),
		Attributes: map[string]string{"author": s.Author},
	}
}
