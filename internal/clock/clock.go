// Package clock reads times of day, days of the week and time zones as people write them.
package clock

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the images have no time zones of their own
)

// Time is a time of day. 24:00 is the day's end; the zero Time is midnight, which nobody gave.
type Time struct {
	minutes int // since midnight
	given   bool
}

// At is a time of day that somebody gave.
func At(hour, minute int) Time { return Time{hour*60 + minute, true} }

// Minutes are those since midnight.
func (c Time) Minutes() int { return c.minutes }

// forms are those of the time resource, and one more. What must be just as that takes it is for package checklist to say.
// https://github.com/concourse/time-resource#source-configuration
var forms = []string{"15:04", "3:04 PM", "3:04PM", "3 PM", "3PM", "1504"}

// UnmarshalText reads 09:00 and 9:00 AM.
func (c *Time) UnmarshalText(text []byte) error {
	if string(text) == "24:00" {
		*c = Time{24 * 60, true}
		return nil
	}
	for _, form := range forms {
		if t, err := time.Parse(form, strings.ToUpper(string(text))); err == nil {
			*c = Time{t.Hour()*60 + t.Minute(), true}
			return nil
		}
	}
	return fmt.Errorf(`wants a time of day such as "09:00", not %q`, text)
}

func (c Time) String() string { return fmt.Sprintf("%02d:%02d", c.minutes/60, c.minutes%60) }

// On is that time on the day of a moment, in its zone. One that the clocks skip is the moment at which they skip
// it; of one that comes twice it is the first or the second, as time.Date says.
func (c Time) On(day time.Time) time.Time {
	date := func(in *time.Location) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), c.minutes/60, c.minutes%60, 0, 0, in)
	}
	t, asked := date(day.Location()), date(time.UTC)
	shown := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
	before, after := t.ZoneBounds()
	switch shown.Compare(asked) {
	case -1:
		return after
	case 1:
		return before
	}
	return t
}

// Weekday is a day of the week by its English name.
type Weekday time.Weekday

// UnmarshalText reads Monday.
func (w *Weekday) UnmarshalText(text []byte) error {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(day.String(), string(text)) {
			*w = Weekday(day)
			return nil
		}
	}
	return fmt.Errorf("wants a day such as Monday, not %q", text)
}

// Zone is a time zone by its name; the zero Zone is UTC.
type Zone struct{ place *time.Location }

// UnmarshalText reads America/New_York.
func (z *Zone) UnmarshalText(text []byte) error {
	place, err := time.LoadLocation(string(text))
	if err != nil || string(text) == "Local" {
		return fmt.Errorf("wants a time zone such as America/New_York, not %q", text)
	}
	z.place = place
	return nil
}

// Location is the zone for package time.
func (z Zone) Location() *time.Location {
	if z.place == nil {
		return time.UTC
	}
	return z.place
}

// Window is a time of day that comes back on days of the week, as the time resource has it: from Start on and until
// before Stop, which is on the next day where it is not later than Start.
type Window struct {
	Start Time      `yaml:"start"`
	Stop  Time      `yaml:"stop"`
	Zone  Zone      `yaml:"location"`
	Days  []Weekday `yaml:"days"` // all when empty
}

// Problems tells all that is wrong.
func (w Window) Problems() []error {
	if !w.Start.given || !w.Stop.given || w.Start == w.Stop {
		return []error{errors.New("wants a start and a stop that differ")}
	}
	return nil
}

// Overnight tells whether the window stops on the day after that on which it starts.
func (w Window) Overnight() bool { return w.Stop.minutes <= w.Start.minutes }

// On is the window that starts on the day of a moment, in the window's zone; false where that day has none.
func (w Window) On(moment time.Time) (start, stop time.Time, ok bool) {
	year, month, day := moment.In(w.Zone.Location()).Date()
	noon := time.Date(year, month, day, 12, 0, 0, 0, w.Zone.Location()) // no zone skips noon, some skip midnight
	last := noon
	if w.Overnight() {
		last = noon.AddDate(0, 0, 1)
	}
	ok = len(w.Days) == 0 || slices.Contains(w.Days, Weekday(noon.Weekday()))
	return w.Start.On(noon), w.Stop.On(last), ok
}

// Last is the latest window that has closed by a moment; false where there is none within two weeks.
func (w Window) Last(moment time.Time) (start, stop time.Time, ok bool) {
	for days := range 15 {
		start, stop, ok = w.On(moment.In(w.Zone.Location()).AddDate(0, 0, -days))
		if ok && !stop.After(moment) {
			return start, stop, true
		}
	}
	return time.Time{}, time.Time{}, false
}

// Contains tells whether a moment is within the window.
func (w Window) Contains(moment time.Time) bool {
	for _, day := range []time.Time{moment, moment.In(w.Zone.Location()).AddDate(0, 0, -1)} {
		if start, stop, ok := w.On(day); ok && !moment.Before(start) && moment.Before(stop) {
			return true
		}
	}
	return false
}
