package rotation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// kept is how long a turn that is over still tells who was on support before: two weeks.
const kept = 14

// Judge tells what is wrong with the weeks to come: days with nobody, somebody two weeks running, and turns that are over.
func (s *Schedule) Judge(scope string, weeks int, now time.Time) []report.Finding {
	ahead, today := s.Weeks(now, weeks), civil(now.In(s.Zone.Location()))
	found := s.nobody(scope, ahead, now)
	found = append(found, s.running(scope, ahead)...)
	found = append(found, over(scope, "override-past", "override", s.Overrides, today)...)
	found = append(found, over(scope, "absence-past", "absence", s.Absences, today)...)
	report.Sort(found)
	return found
}

// nobody tells of times at which all are absent, or that are before the first week.
func (s *Schedule) nobody(scope string, weeks [][]Shift, now time.Time) (found []report.Finding) {
	for _, hole := range holes(slices.Concat(weeks...)) {
		if !hole.Until.After(now) {
			continue
		}
		f := report.Finding{
			Rule: "nobody-on-support", Subject: scope + "/" + hole.From.Format(time.DateOnly), Severity: report.Warning,
			Summary: fmt.Sprintf("nobody is on support from %s until %s", stamp(hole.From), stamp(hole.Until)),
			Detail:  "everybody is absent: " + strings.Join(s.away(hole), "; "),
			Action:  "Add an override for somebody who is there, or correct absences.",
		}
		if civil(hole.From).Before(s.First.Start()) {
			f.Detail = "the schedule begins on " + s.First.String()
			f.Action = "Set first to the start of this week, and begin people with who is on support now."
		}
		if !hole.From.After(now) {
			f.Severity = report.High
		}
		found = append(found, f)
	}
	return found
}

// holes are the times without anybody, over the ends of weeks too.
func holes(shifts []Shift) (all []Shift) {
	for _, shift := range shifts {
		if last := len(all) - 1; shift.Who == "" && last >= 0 && all[last].Until.Equal(shift.From) {
			all[last].Until = shift.Until
		} else if shift.Who == "" {
			all = append(all, shift)
		}
	}
	return all
}

// away are the absences within a shift.
func (s *Schedule) away(shift Shift) (all []string) {
	for _, a := range s.Absences {
		if first, last := a.days(); !first.After(civil(shift.Until.Add(-1))) && !last.Before(civil(shift.From)) {
			all = append(all, a.String())
		}
	}
	return all
}

// running tells of those who have more than one week in a row. Whose week it is decides the longest time.
func (s *Schedule) running(scope string, weeks [][]Shift) (found []report.Finding) {
	for i := 0; i < len(weeks); {
		who, n := mostly(weeks[i]), 1
		for i+n < len(weeks) && mostly(weeks[i+n]) == who {
			n++
		}
		if who != "" && n > 1 {
			from, until := weeks[i][0].From, last(weeks[i+n-1]).Until
			found = append(found, report.Finding{
				Rule: "same-person-two-weeks", Subject: scope + "/" + from.Format(time.DateOnly), Severity: report.Warning,
				Summary: fmt.Sprintf("%s is on support for %d weeks running, from %s until %s", who, n, day(from), day(until)),
				Action:  "Have somebody swap with them and write the swap as overrides, or accept it as an exception.",
			})
		}
		i += n
	}
	return found
}

func mostly(week []Shift) (who string) {
	share, most := map[string]time.Duration{}, time.Duration(0)
	for _, shift := range week {
		if share[shift.Who] += shift.Until.Sub(shift.From); share[shift.Who] > most {
			who, most = shift.Who, share[shift.Who]
		}
	}
	return who
}

func last(week []Shift) Shift { return week[len(week)-1] }

// over tells of turns that no longer tell anything.
func over(scope, rule, kind string, turns []Turn, today time.Time) (found []report.Finding) {
	for _, t := range turns {
		first, last := t.days()
		if !last.AddDate(0, 0, kept).Before(today) {
			continue
		}
		found = append(found, report.Finding{
			Rule: rule, Subject: scope + "/" + kind + "/" + first.Format(time.DateOnly) + "/" + t.Who, Severity: report.Info,
			Summary: fmt.Sprintf("the %s of %s is over", kind, t),
			Action:  "Remove it from the schedule.",
		})
	}
	return found
}

func day(t time.Time) string   { return t.Format("Mon 2006-01-02") }
func stamp(t time.Time) string { return t.Format("Mon 2006-01-02 15:04 MST") }
