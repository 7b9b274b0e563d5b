package report

import (
	"fmt"
	"time"
)

// Day is a date in UTC, as people write it in a policy: 2026-12-31.
type Day struct{ start time.Time }

// ParseDay reads 2026-12-31.
func ParseDay(text string) (Day, error) {
	start, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Day{}, fmt.Errorf("wants a date such as 2026-12-31, not %q", text)
	}
	return Day{start}, nil
}

// Start is the midnight in UTC that begins the day.
func (d Day) Start() time.Time { return d.start }

// Over tells whether the whole day has passed.
func (d Day) Over(now time.Time) bool { return !now.Before(d.start.AddDate(0, 0, 1)) }

// IsZero tells whether no day was given.
func (d Day) IsZero() bool { return d.start.IsZero() }

func (d Day) String() string { return d.start.Format(time.DateOnly) }

// MarshalText writes 2026-12-31.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2026-12-31.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}
