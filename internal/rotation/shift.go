package rotation

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
)

// Shift is a time within a week in which one person is on support; nobody where Who is empty.
type Shift struct {
	Who         string
	From, Until time.Time // Until is the first moment after it
}

func (s Shift) contains(moment time.Time) bool {
	return !moment.Before(s.From) && moment.Before(s.Until)
}

func (s Shift) overlaps(other Shift) bool {
	return s.From.Before(other.Until) && other.From.Before(s.Until)
}

// At is the shift of a moment.
func (s *Schedule) At(moment time.Time) Shift {
	for _, shift := range s.week(moment) {
		if moment.Before(shift.Until) {
			return shift
		}
	}
	return Shift{From: moment, Until: moment} // a week ends after each of its moments
}

// Weeks are the shifts of so many weeks, from that of a moment on.
func (s *Schedule) Weeks(moment time.Time, number int) (weeks [][]Shift) {
	for range number {
		week := s.week(moment)
		weeks = append(weeks, week)
		moment = week[len(week)-1].Until
	}
	return weeks
}

// week are the shifts of a moment's week. They follow upon each other without a hole.
func (s *Schedule) week(moment time.Time) (shifts []Shift) {
	start := civil(moment.In(s.Zone.Location()))
	start = start.AddDate(0, 0, -((int(start.Weekday()) - int(s.Week.Starts) + 7) % 7))
	switch {
	case s.begins(start).After(moment):
		start = start.AddDate(0, 0, -7)
	case !s.begins(start.AddDate(0, 0, 7)).After(moment): // around a date that a zone leaves out, as Samoa did 2011-12-30
		start = start.AddDate(0, 0, 7)
	}
	number := -1
	if first := s.First.Start(); !start.Before(first) {
		number = int((start.Unix() - first.Unix()) / (7 * 24 * 60 * 60))
	}
	end := s.begins(start.AddDate(0, 0, 7))
	for from := s.begins(start); from.Before(end); {
		until := s.nextDay(from)
		if until.After(end) {
			until = end
		}
		who := s.who(number, from)
		if last := len(shifts) - 1; last >= 0 && shifts[last].Who == who {
			shifts[last].Until = until
		} else {
			shifts = append(shifts, Shift{who, from, until})
		}
		from = until
	}
	return shifts
}

// who is on support at a moment of a week. Whoever is absent is skipped on these days and takes the next turn as ever: an
// absence moves nobody else's week.
func (s *Schedule) who(week int, moment time.Time) string {
	for _, o := range s.Overrides {
		if s.booked(o).contains(moment) {
			return o.Who
		}
	}
	if week < 0 { // the schedule has not begun
		return ""
	}
	for i := range s.People {
		if p := s.People[(week+i)%len(s.People)]; !s.absent(p.Name, civil(moment)) {
			return p.Name
		}
	}
	return ""
}

// Before is whoever handed over to a shift; empty when nobody did.
func (s *Schedule) Before(shift Shift) string { return s.At(shift.From.Add(-1)).Who }

// HandsOver tells whether somebody takes over who was not on support just before.
func (s *Schedule) HandsOver(shift Shift) bool {
	return shift.Who != "" && s.Before(shift) != shift.Who
}

// begins is when a week of this date does.
func (s *Schedule) begins(date time.Time) time.Time {
	return s.Week.At.On(noon(date, s.Zone.Location()))
}

// noon names a day by a time that no zone skips.
func noon(date time.Time, zone *time.Location) time.Time {
	return time.Date(date.Year(), date.Month(), date.Day(), 12, 0, 0, 0, zone)
}

// civil is a moment's date as a file writes it.
func civil(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// midnight is when a date begins.
func (s *Schedule) midnight(date time.Time) time.Time {
	return clock.Time{}.On(noon(date, s.Zone.Location()))
}

// nextDay is when the next day begins.
func (s *Schedule) nextDay(t time.Time) time.Time {
	midnight := s.midnight(civil(t).AddDate(0, 0, 1))
	if !midnight.After(t) { // Samoa again
		return t.Add(24 * time.Hour)
	}
	return midnight
}
