package ticket

import (
	"fmt"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Hours are when a team works.
type Hours struct {
	Zone     clock.Zone      `yaml:"time_zone"`
	From     clock.Time      `yaml:"from"`
	To       clock.Time      `yaml:"to"`
	Days     []clock.Weekday `yaml:"days"`
	Holidays []report.Day    `yaml:"holidays"`
}

// Between is the working time between two moments, as a stopwatch would measure it: on a day whose
// night loses an hour to daylight saving time, a shift through that night is an hour shorter.
func (h Hours) Between(from, to time.Time) (worked time.Duration) {
	zone := h.Zone.Location()
	year, month, day := from.In(zone).Date()
	for ; ; day++ {
		noon := time.Date(year, month, day, 12, 0, 0, 0, zone) // no zone skips noon, some skip midnight
		starts, ends := h.From.On(noon), h.To.On(noon)
		if !starts.Before(to) {
			return worked
		}
		if h.works(noon) {
			worked += max(0, earlier(ends, to).Sub(later(starts, from)))
		}
	}
}

// works tells whether anybody works on a day.
func (h Hours) works(noon time.Time) bool {
	if !slices.Contains(h.Days, clock.Weekday(noon.Weekday())) {
		return false
	}
	return !slices.ContainsFunc(h.Holidays, func(d report.Day) bool { return d.String() == noon.Format(time.DateOnly) })
}

// Problems tells every key that cannot be so.
func (h Hours) Problems() (problems []error) {
	if h.To.Minutes() <= h.From.Minutes() {
		problems = append(problems, fmt.Errorf("hours.to is %s and hours.from %s: end after the start", h.To, h.From))
	}
	if len(h.Days) == 0 {
		problems = append(problems, fmt.Errorf("hours.days is empty: name the days on which tickets are answered"))
	}
	return problems
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
