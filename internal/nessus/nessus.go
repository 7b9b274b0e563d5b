// Package nessus judges what Nessus says: whether the scans that a team expects were done, whole and lately,
// and what they found that somebody must remediate. It reads Nessus' answers and its .nessus v2 exports.
package nessus

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/kev"
)

// Facts are all that was read of one scanner, or of one folder of exports.
type Facts struct {
	Scope  string
	Server *Server        // nil where only exports were read
	Scans  []Scan         // one for each expected scan that there is
	Known  *kev.Catalogue // CISA's; nil where it could not be read
}

// Server is what a scanner says of itself.
type Server struct {
	Version string
	Plugins time.Time // when its plugins were made; zero: it does not say
	Expires time.Time // when its licence ends; zero: it does not say
}

// Scan is an expected scan as it was found.
type Scan struct {
	Expected
	Disabled bool     // it has a schedule, which is turned off
	Runs     []Run    // in any order
	Export   *Export  // of the newest run that ended well, the one that is judged; nil where it could not be read
	Judged   Run      // that run
	Before   *Earlier // the run before that one; nil where there is none
}

// Run is one time that a scan was done.
type Run struct {
	ID      int64
	Status  string // Nessus' own word: completed, running, aborted, canceled, ...
	Started time.Time
	Ended   time.Time
}

// Earlier is what a run before the judged one looked at.
type Earlier struct {
	Hosts int
	Ended time.Time
}

// done are the states of a run of which there is a whole result.
var done = map[string]bool{"completed": true, "imported": true}

// Done tells whether a run has a whole result.
func Done(status string) bool { return done[status] }

// underway are those of a run that may yet end well.
var underway = map[string]bool{"running": true, "pending": true, "processing": true, "resuming": true, "initializing": true, "publishing": true, "importing": true}

// Newest gives the newest run that ended well, the one before it that did, and the newest of all.
func Newest(runs []Run) (completed, before, newest *Run) {
	for i := range runs {
		r := &runs[i]
		if newest == nil || r.later(newest) {
			newest = r
		}
		switch {
		case !done[r.Status]:
		case completed == nil || r.later(completed):
			completed, before = r, completed
		case before == nil || r.later(before):
			before = r
		}
	}
	return completed, before, newest
}

func (r *Run) later(than *Run) bool {
	if !r.Started.Equal(than.Started) {
		return r.Started.After(than.Started)
	}
	return r.ID > than.ID
}
