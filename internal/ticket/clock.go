package ticket

import (
	"fmt"
	"strings"
	"time"
)

// Clock is a time of day in minutes since midnight, as people write it: 09:00. 24:00 is the day's end.
type Clock int

// UnmarshalText reads 09:00.
func (c *Clock) UnmarshalText(text []byte) error {
	if string(text) == "24:00" {
		*c = 24 * 60
		return nil
	}
	t, err := time.Parse("15:04", string(text))
	if err != nil {
		return fmt.Errorf(`wants a time of day such as "09:00", not %q`, text)
	}
	*c = Clock(t.Hour()*60 + t.Minute())
	return nil
}

func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// on is that time on the day of a moment, in its zone. One that the clocks skip is the moment at which they skip
// it; of one that comes twice it is the first or the second, as time.Date says.
func (c Clock) on(day time.Time) time.Time {
	date := func(in *time.Location) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), int(c/60), int(c%60), 0, 0, in)
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

func (z Zone) location() *time.Location {
	if z.place == nil {
		return time.UTC
	}
	return z.place
}
