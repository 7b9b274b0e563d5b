package mistake

import (
	"fmt"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// mornings tells of those that are none, and of a digest that comes before them.
func (f Facts) mornings() []report.Finding {
	return f.each("morning-mistake", func(u user) error {
		vars := u.vars
		if u.pipeline == Parent {
			vars = f.Config.Parent
		}
		if _, given := vars["morning"]; !given {
			return nil
		}
		w, err := vars.Morning()
		if err != nil {
			return err
		}
		if u.pipeline == Parent {
			return f.early(w)
		}
		return nil
	})
}

// lasts is how long a box may take, begun as its morning ends, until the digest can know of it.
const lasts = 10 * time.Minute

// early tells of a digest that is made before that day's mornings are over: it would always judge those of the day before.
// A line with a morning of its own, as rotation in the afternoon, may have it later.
func (f Facts) early(digest clock.Window) error {
	var boxes []string
	for _, u := range f.users() {
		if u.pipeline == Parent || f.place(u, "morning") == "line_vars."+u.Line+".morning" {
			continue
		}
		if w, err := u.vars.Morning(); err == nil && before(digest, w) {
			boxes = append(boxes, u.name)
		}
	}
	if boxes == nil {
		return nil
	}
	return fmt.Errorf("parent.morning starts before the morning of %s is over for %.0f minutes: its digest would judge the day before",
		strings.Join(boxes, ", "), lasts.Minutes())
}

// weeks are one of winter and one of summer, for zones of which only one has summer time.
var weeks = []time.Time{time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC), time.Date(2026, 7, 6, 12, 0, 0, 0, time.UTC)}

// before tells whether a digest is made on a day on which a morning stops, and before it can know of it.
func before(digest, morning clock.Window) bool {
	for _, week := range weeks {
		for day := range 7 {
			noon := week.AddDate(0, 0, day)
			if made, _, ok := digest.On(noon); ok && stopsAfter(made, noon, morning) {
				return true
			}
		}
	}
	return false
}

func stopsAfter(made, noon time.Time, morning clock.Window) bool {
	for days := -2; days <= 2; days++ { // those of other zones and nights too
		_, stop, ok := morning.On(noon.AddDate(0, 0, days))
		if same := stop.In(made.Location()).YearDay() == made.YearDay(); ok && same && made.Before(stop.Add(lasts)) {
			return true
		}
	}
	return false
}
