package digest

import (
	"cmp"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Facts are what Concourse and the bucket say of a team's checklist.
type Facts struct {
	Scope     string
	Parent    Parent
	Boxes     []Box      // each that must exist, whether it does or not
	Leftovers []Pipeline // instances of the group that the config does not name
	Kept      bool       // reports are kept, so every run must have left one
}

// Parent is the pipeline that sets the boxes.
type Parent struct {
	Setup
	Name  string
	JobID int // of the job that sets them; 0: not known
}

// Box is a line in an environment, and what became of it.
type Box struct {
	checklist.Box
	Setup
	Morning clock.Window  // when it must run
	Reports []Report      // of the days that are looked at
	Latest  *LatestReport // that of its newest finished build, the worst where it left several
	Unkept  bool          // its reports could not be read, which is a gap
}

// Setup is a pipeline with the job that matters, as Concourse has them.
type Setup struct {
	Ref, Link string    // as fly names it, and its page, also where there is none
	JobName   string    // the job that matters
	Pipeline  *Pipeline // nil: there is none
	Job       *Job      // nil: there is none
	Builds    []Build   // of the job, in any order
	Resources []Resource
	Unread    bool // job, builds or resources could not be read, which is a gap
}

// Pipeline is a pipeline.
type Pipeline struct {
	Ref, Link   string
	Paused      bool
	PausedBy    string
	PausedAt    time.Time
	Archived    bool
	ParentJob   int // the IDs of the job and the build that set it last; 0: somebody set it by hand
	ParentBuild int
	Updated     time.Time // when its config changed last
}

// Job is a job.
type Job struct {
	Paused   bool
	PausedBy string
	PausedAt time.Time
}

// Status is how a build stands: https://concourse-ci.org/builds.html
type Status string

// The statuses of a build.
const (
	Pending   Status = "pending"
	Started   Status = "started"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"
	Errored   Status = "errored"
	Aborted   Status = "aborted"
)

// Build is one build of a job.
type Build struct {
	ID      int
	Name    string
	Link    string
	Status  Status
	Started time.Time // zero: not yet
	Ended   time.Time // zero: not yet
	RerunOf int       // the ID of the build that it repeats; 0: none
	By      string    // who started it; empty: Concourse itself
	Waits   []string  // what a pending build waits for
}

// newer tells whether a build comes after another in Concourse's order, in which a rerun stands beside what it repeats: it has the
// inputs of then.
func (b Build) newer(than Build) bool {
	return cmp.Or(cmp.Compare(cmp.Or(b.RerunOf, b.ID), cmp.Or(than.RerunOf, than.ID)), cmp.Compare(b.ID, than.ID)) > 0
}

// Over tells whether a build has ended.
func (b Build) Over() bool { return b.Status != Pending && b.Status != Started }

// Resource is a resource of a pipeline.
type Resource struct {
	Name    string
	Link    string
	Check   Status // of its last check; empty: there was none
	Pinned  bool   // to a version, by hand
	Comment string // of who pinned it
}

// Report is what the bucket tells of a report without reading it. The status is that of a red build's, or of one whose build
// Concourse does not know; else it is empty, as a green build's report is clean.
type Report struct {
	Build   string // the ID of the build that left it
	Started time.Time
	Status  report.Status
}

// LatestReport is how a report stands.
type LatestReport struct {
	Status   report.Status
	Worst    report.Severity
	Findings int // that nobody accepted, info among them
	Gaps     int
	First    string // what comes first in it, in one sentence
}

func latest(r *report.Report) *LatestReport {
	latest := &LatestReport{Status: r.Status(), Worst: r.Worst(), Findings: len(r.Findings), Gaps: len(r.Gaps)}
	switch {
	case len(r.Gaps) > 0:
		latest.First = r.Gaps[0].Subject + ": " + r.Gaps[0].Reason
	case len(r.Findings) > 0:
		latest.First = r.Findings[0].Subject + ": " + r.Findings[0].Summary
	}
	return latest
}
