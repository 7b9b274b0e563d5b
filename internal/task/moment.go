package task

import (
	"fmt"
	"time"
)

// leeway is how far ahead a place may be: clocks differ, and some tell a time without its zone.
const leeway = 24 * time.Hour

// Dated says of when what was read is, at its youngest. A gap if that is after the moment judged: what came to be, or
// was mended, since then says nothing of that moment, which would look clean without reason. A zero time is of no day.
func (r *Run) Dated(subject, what string, youngest time.Time) {
	latest, of, action := r.AsOf, "the time judged as of (AS_OF)", "Leave AS_OF out, or give a later time: what was so then can no longer be read."
	if latest.IsZero() {
		latest, of, action = time.Now(), "this moment", "Correct the clock of the worker, or of what was read."
		youngest = youngest.Add(-leeway)
	}
	if youngest.After(latest) {
		r.Miss(subject, fmt.Sprintf("the facts are younger than %s, %s: %s", of, latest.UTC().Format(time.RFC3339), what), action)
	}
}
