// Package rotation is who is on support and when, and what Slack should say of it: the checklist's "Is it your
// first day of support?".
package rotation

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Schedule is a team's rotation, as it writes it. It is never edited to move on: who is on support follows from it
// and the time.
type Schedule struct {
	Zone      clock.Zone `yaml:"time_zone"`
	Week      Week       `yaml:"week"`
	First     report.Day `yaml:"first"` // on which the first of People began a week
	People    []Person   `yaml:"people"`
	Overrides []Turn     `yaml:"overrides"` // who is on support whatever the order says
	Absences  []Turn     `yaml:"absences"`  // who is not
	Meeting   string     `yaml:"meeting"`   // the standing sync at which support changes hands, in words
	Slack     Places     `yaml:"slack"`
}

// Week is when support changes hands.
type Week struct {
	Starts clock.Weekday `yaml:"starts"`
	At     clock.Time    `yaml:"at"`
}

// Person is one who takes a turn.
type Person struct {
	Name  string `yaml:"name"`
	Slack string `yaml:"slack"` // user ID, or the e-mail address of the account
}

// Turn is a time of one person: a day, or several with the last one. An override that begins or ends on a day on which
// support changes hands does so at that hour, so that a week is from one such day until the next.
type Turn struct {
	Who   string     `yaml:"who"`
	Date  report.Day `yaml:"date"`
	From  report.Day `yaml:"from"`
	Until report.Day `yaml:"until"`
}

// Places are where Slack says who is on support.
type Places struct {
	Channel  string   `yaml:"channel"`  // ID; its topic says it, and the hand-off is posted there
	Group    string   `yaml:"group"`    // ID or @handle of the user group that is whoever is on support; none when empty
	Channels []string `yaml:"channels"` // IDs of those that whoever is on support must be in
}

// DefaultSchedule has the time at which the checklist's support sync is: "Tuesday 4:30-5 pm ET".
func DefaultSchedule() *Schedule {
	s := &Schedule{Week: Week{clock.Weekday(time.Tuesday), clock.At(16, 30)}}
	_ = s.Zone.UnmarshalText([]byte("America/New_York")) // is in the program
	return s
}

// first and last day of a turn.
func (t Turn) days() (first, last time.Time) {
	if !t.Date.IsZero() {
		return t.Date.Start(), t.Date.Start()
	}
	return t.From.Start(), t.Until.Start()
}

func (t Turn) covers(day time.Time) bool {
	first, last := t.days()
	return !day.Before(first) && !day.After(last)
}

// whole is a turn's time by whole days, Until being the first moment after it.
func (s *Schedule) whole(t Turn) Shift {
	first, last := t.days()
	return Shift{t.Who, s.midnight(first), s.midnight(last.AddDate(0, 0, 1))}
}

// booked is an override's time.
func (s *Schedule) booked(t Turn) Shift {
	shift := s.whole(t)
	if first, last := t.days(); last.After(first) {
		if first.Weekday() == time.Weekday(s.Week.Starts) {
			shift.From = s.begins(first)
		}
		if last.Weekday() == time.Weekday(s.Week.Starts) {
			shift.Until = s.begins(last)
		}
	}
	return shift
}

func (t Turn) String() string {
	if !t.Date.IsZero() {
		return t.Who + " on " + t.Date.String()
	}
	return t.Who + " from " + t.From.String() + " until " + t.Until.String()
}

// absent tells whether somebody is away on a day.
func (s *Schedule) absent(name string, day time.Time) bool {
	for _, a := range s.Absences {
		if a.Who == name && a.covers(day) {
			return true
		}
	}
	return false
}

// Person is that of a name.
func (s *Schedule) Person(name string) (Person, bool) {
	for _, p := range s.People {
		if p.Name == name {
			return p, true
		}
	}
	return Person{}, false
}

// All are the channels, each once.
func (p Places) All() []string {
	all := []string{p.Channel}
	for _, id := range p.Channels {
		if id != p.Channel {
			all = append(all, id)
		}
	}
	return all
}
