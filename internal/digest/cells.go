package digest

import "time"

// Grid is the page: how the boxes stand, and each of them on each of the last days. Days are those of the first box's
// zone; a box elsewhere has its own.
func (f *Facts) Grid(p Policy, now time.Time, standings []Standing) Grid {
	g := Grid{Scope: f.Scope, At: now.In(f.clock().Zone.Location()), Zone: f.clock().Zone.Location().String()}
	for back := p.Days - 1; back >= 0; back-- {
		g.Days = append(g.Days, noon(g.At).AddDate(0, 0, -back).Format(time.DateOnly))
	}
	for _, s := range standings {
		row := Row{Line: s.Line, Environment: s.Environment, Link: s.Link, Now: s.State, Words: s.Words}
		runs := map[string][]run{}
		for _, r := range s.runs {
			day := s.day(r.at, p.Grace)
			runs[day] = append(runs[day], r)
		}
		for _, day := range g.Days {
			row.Cells = append(row.Cells, s.cell(day, runs[day], p, now))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// cell is one day of a box: the state is that of its last run.
func (s *Standing) cell(day string, runs []run, p Policy, now time.Time) Cell {
	if len(runs) == 0 {
		state, note := s.without(day, p, now)
		return Cell{Day: day, State: state, Note: note}
	}
	last, earlier := runs[len(runs)-1], runs[:len(runs)-1]
	c := Cell{Day: day, State: last.state, Runs: len(runs), Note: last.note}
	if last.build != nil {
		c.Link, c.Note = last.build.Link, noted(last)
	}
	if before := worst(earlier); before != "" && before != c.State {
		c.Note = "earlier that day " + string(before) + "; " + c.Note
	}
	return c
}

func noted(r run) string {
	if r.note == "" {
		return "build #" + r.build.Name
	}
	return r.note + ", build #" + r.build.Name
}

// without is a day on which a box did not run. Before its first run nobody can say that it had to.
func (s *Standing) without(day string, p Policy, now time.Time) (State, string) {
	at, _ := time.ParseInLocation(time.DateOnly, day, s.Morning.Zone.Location())
	start, stop, due := s.Morning.On(at.Add(12 * time.Hour))
	switch {
	case s.Unread:
		return Unknown, "Concourse could not be read"
	case !due || stop.Add(p.Grace).After(now):
		return Idle, "had not to run"
	case start.Equal(s.Due) && s.State == Missed:
		return Missed, "did not run"
	case len(s.runs) == 0 || day < s.day(s.runs[0].at, p.Grace):
		return Idle, "not there yet"
	}
	return Missed, "did not run"
}

// day is the one to which a run belongs: where a morning goes past midnight, that on which it began.
func (s *Standing) day(at time.Time, grace time.Duration) string {
	at = at.In(s.Morning.Zone.Location())
	before := noon(at).AddDate(0, 0, -1)
	if start, stop, ok := s.Morning.On(before); ok && stop.Sub(start) > 0 && s.Morning.Overnight() && at.Before(stop.Add(grace)) {
		return before.Format(time.DateOnly)
	}
	return at.Format(time.DateOnly)
}

func noon(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, t.Location())
}

// worst is the worse of found and could not look.
func worst(runs []run) (worst State) {
	for _, r := range runs {
		if r.state == Unknown || r.state == Found && worst == "" {
			worst = r.state
		}
	}
	return worst
}
