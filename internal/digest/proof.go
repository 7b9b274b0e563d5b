package digest

import (
	"cmp"
	"strconv"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// skew is how far the clocks of Concourse, its workers and this one may be apart.
const skew = 5 * time.Minute

// Left is the build that left a report; nil: Concourse knows none. The ID alone proves nothing: a Concourse that was built anew counts
// from 1 again, and who may write to the bucket can name any.
func (s *Setup) Left(r Report) *Build {
	for i := range s.Builds {
		if b := &s.Builds[i]; strconv.Itoa(b.ID) == r.Build && b.spans(r.Started) {
			return b
		}
	}
	return nil
}

// spans tells whether a build ran at a moment. One that still runs has no end yet.
func (b Build) spans(at time.Time) bool {
	end := b.Ended
	if end.Before(b.Started) {
		end = b.Started
	}
	return !b.Started.IsZero() && !at.Before(b.Started.Add(-skew)) && (!b.Over() || !at.After(end.Add(skew)))
}

// left are the statuses of the builds' reports by the builds' IDs, of several the worst, and the reports of no known build.
func (b *Box) left() (left map[int]report.Status, foreign []Report) {
	left = map[int]report.Status{}
	for _, r := range b.Reports {
		if build := b.Left(r); build != nil { // that of a green build is clean unless somebody read it
			left[build.ID] = worse(left[build.ID], cmp.Or(r.Status, report.Clean))
		} else {
			foreign = append(foreign, r)
		}
	}
	return left, foreign
}

// worse is the worse of two statuses; empty is none yet.
func worse(a, b report.Status) report.Status {
	for _, s := range []report.Status{report.Unknown, report.Found} {
		if a == s || b == s {
			return s
		}
	}
	return cmp.Or(a, b)
}

// Read adds a report that was read whole.
func (b *Box) Read(r Report, whole *report.Report) {
	r.Status = whole.Status()
	b.Reports = append(b.Reports, r)
	if b.Latest == nil || b.Latest.Status != worse(b.Latest.Status, r.Status) {
		b.Latest = latest(whole)
	}
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
