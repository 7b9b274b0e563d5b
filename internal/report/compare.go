package report

// Compare takes from the previous report since when each finding stands and which are gone. Where
// today has gaps, a finding that is missing today is hidden, not gone: it keeps its date for the
// day on which somebody can look again.
func (r *Report) Compare(previous *Report) {
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
		if r.Status() == Unknown {
			r.Hidden = append(r.Hidden, f)
		} else {
			r.Gone = append(r.Gone, f)
		}
	}
	Sort(r.Hidden)
	Sort(r.Gone)
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
