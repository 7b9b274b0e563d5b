package digest

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// run is one time that a box was asked: a build with its report, or a report whose build Concourse forgot.
type run struct {
	at    time.Time
	state State
	build *Build // nil: Concourse knows it no more
	note  string
}

// runs are those that have begun, the oldest first. due is when the morning began that is judged.
func (b *Box) runs(kept bool, due time.Time) (all []run) {
	known, left := map[string]bool{}, map[string]report.Status{}
	for _, r := range b.Reports { // that of a green build is clean unless somebody read it
		left[r.Build] = cmp.Or(r.Status, report.Clean)
	}
	if b.Latest != nil {
		left[b.Latest.Build] = b.Latest.Status
	}
	for i := range b.Builds {
		build := &b.Builds[i]
		id := strconv.Itoa(build.ID)
		if known[id] = true; !build.Started.IsZero() {
			state, note := b.state(build, left[id], kept)
			all = append(all, run{build.Started, state, build, note})
		}
	}
	oldest := b.oldest()
	for _, r := range b.Reports {
		if !known[r.Build] && (oldest.IsZero() || r.Started.Before(oldest)) { // Concourse forgets the oldest first
			all = append(all, forgotten(r, due))
		}
	}
	slices.SortStableFunc(all, func(a, b run) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id(), b.id())) })
	return all
}

// forgotten is a run of whose build only the report is left. It colours a day that is past; of the present it proves
// nothing, as Concourse never had the build, or lost all that it knew.
func forgotten(r Report, due time.Time) run {
	is := run{at: r.Started, state: State(cmp.Or(r.Status, report.Unknown)), note: "of its build only the report is left"}
	if is.state == Clean && !r.Started.Before(due) {
		is.state, is.note = Unknown, "a report is clean, and Concourse knows no build that left it"
	}
	return is
}

func (r run) id() int {
	if r.build == nil {
		return 0
	}
	return r.build.ID
}

// state is what a build says, with its report. A report of found or could-not-look stands, whatever the build's colour;
// a clean one needs a green build; and a build without a report proves nothing where reports are kept.
func (b *Box) state(build *Build, left report.Status, kept bool) (State, string) {
	if !build.Over() {
		return Running, "still runs"
	}
	green := build.Status == Succeeded
	switch {
	case b.Unkept && !green:
		return Unknown, "is red, and its report could not be read"
	case !kept && !green:
		return Unknown, string(build.Status) + ", and no report tells why"
	case !kept || b.Unkept:
		return Clean, ""
	case left == "" && green:
		return Unknown, "is green and left no report"
	case left == "":
		return Unknown, string(build.Status) + " and left no report"
	case left == report.Found:
		return Found, ""
	case left == report.Unknown:
		return Unknown, "could not look at everything"
	case !green:
		return Unknown, string(build.Status) + ", though its report is clean"
	}
	return Clean, ""
}

// Green are the IDs of the builds whose reports need not be asked for their status.
func (s *Setup) Green() map[string]bool {
	green := map[string]bool{}
	for _, b := range s.Builds {
		if b.Status == Succeeded {
			green[strconv.Itoa(b.ID)] = true
		}
	}
	return green
}

// newest is the build that started last among those that a condition takes.
func (s *Setup) newest(is func(Build) bool) (newest *Build) {
	for i := range s.Builds {
		b := &s.Builds[i]
		if is(*b) && (newest == nil || b.Started.After(newest.Started) || b.Started.Equal(newest.Started) && b.ID > newest.ID) {
			newest = b
		}
	}
	return newest
}

// Finished is the newest build that has ended; nil where none has.
func (s *Setup) Finished() *Build {
	return s.newest(func(b Build) bool { return b.Over() && !b.Started.IsZero() })
}

// oldest is when the first build began that Concourse knows; zero: none has.
func (s *Setup) oldest() (oldest time.Time) {
	for _, b := range s.Builds {
		if !b.Started.IsZero() && (oldest.IsZero() || b.Started.Before(oldest)) {
			oldest = b.Started
		}
	}
	return oldest
}

// waiting is the build that waits the longest to begin.
func (s *Setup) waiting() (oldest *Build) {
	for i := range s.Builds {
		if b := &s.Builds[i]; b.Status == Pending && (oldest == nil || b.ID < oldest.ID) {
			oldest = b
		}
	}
	return oldest
}
