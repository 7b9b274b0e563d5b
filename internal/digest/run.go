package digest

import (
	"cmp"
	"slices"
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
func (b *Box) runs(kept bool, due, now time.Time) (all []run) {
	left, foreign := b.left()
	for i := range b.Builds {
		build := &b.Builds[i]
		if !build.Started.IsZero() {
			state, note := b.state(build, left[build.ID], kept)
			all = append(all, run{build.Started, state, build, note})
		}
	}
	oldest := b.oldest()
	for _, r := range foreign {
		if oldest.IsZero() || r.Started.Before(oldest) { // Concourse forgets the oldest first
			all = append(all, forgotten(r, due))
		}
	}
	for i := range all {
		if all[i].at.After(now.Add(skew)) {
			all[i].state, all[i].note = Unknown, "is of the future: a clock is wrong"
		}
	}
	slices.SortStableFunc(all, func(a, b run) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id(), b.id())) })
	return all
}

// decisive are the runs without the reruns of builds that were not the newest any more, which looked with the inputs of then:
// a rerun of a green build of last week says nothing of today. rerun is the last of them.
func decisive(all []run) (runs []run, rerun *Build) {
	var newest *Build
	for _, r := range all {
		switch b := r.build; {
		case b == nil:
		case newest == nil || b.newer(*newest):
			newest = b
		case b.RerunOf != 0:
			rerun = b
			continue
		}
		runs = append(runs, r)
	}
	return runs, rerun
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
	case b.Unkept:
		return Unknown, "is green, its report could not be read"
	case !kept:
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

// newest is the newest in Concourse's order among those that a condition takes.
func (s *Setup) newest(is func(Build) bool) (newest *Build) {
	for i := range s.Builds {
		if b := &s.Builds[i]; is(*b) && (newest == nil || b.newer(*newest)) {
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
