package report

import (
	"strings"
	"time"
)

// Compare takes from the previous report since when each finding stands and which are gone. Where
// today has gaps, a finding that is missing today is hidden, not gone: it keeps its date for the
// day on which somebody can look again. A report of a later moment, as a replay may be given, tells nothing.
func (r *Report) Compare(previous *Report) {
	if previous.Now().After(r.Now()) {
		return
	}
	r.Previous = previous.Started
	known := previous.known()
	for i := range r.Findings {
		date(&r.Findings[i], known)
	}
	for _, a := range r.Accepted {
		if a.Finding != nil {
			date(a.Finding, known)
		}
	}
	here := r.known()
	for key, f := range known {
		if _, still := here[key]; still {
			continue
		}
		if r.hides(f) {
			r.Hidden = append(r.Hidden, f)
		} else {
			r.Gone = append(r.Gone, f)
		}
	}
	Sort(r.Hidden)
	Sort(r.Gone)
}

// Dates tells since when the report knows each finding, by its key.
func (r *Report) Dates() map[string]time.Time {
	dates := map[string]time.Time{}
	for key, f := range r.known() {
		dates[key] = f.Since
	}
	return dates
}

// hides tells whether nobody could see f today: any gap hides all that may lie behind it, an
// accepted one, which may stand for months, what lies beneath its own subject.
func (r *Report) hides(f Finding) bool {
	if r.Status() == Unknown {
		return true
	}
	for _, a := range r.Accepted {
		if a.Gap != nil && (f.Subject == a.Gap.Subject || strings.HasPrefix(f.Subject, a.Gap.Subject+"/")) {
			return true
		}
	}
	return false
}

// known is all that a report stands by: found, accepted or hidden, each with its date.
func (r *Report) known() map[string]Finding {
	all := append([]Finding(nil), r.Hidden...)
	all = append(all, r.Findings...)
	for _, a := range r.Accepted {
		if a.Finding != nil {
			all = append(all, *a.Finding)
		}
	}
	known := make(map[string]Finding, len(all))
	for _, f := range all {
		if f.Since.IsZero() {
			f.Since = r.Now()
		}
		known[f.Key()] = f
	}
	return known
}

// date leaves a date alone that the judgement itself gave, as an event's own time.
func date(f *Finding, known map[string]Finding) {
	if before, ok := known[f.Key()]; ok && f.Since.IsZero() {
		f.Since = before.Since
	}
}
