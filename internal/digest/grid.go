// Package digest judges the checklist itself: which of a team's boxes ran, what they said, and what stands in
// their way.
package digest

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// State is what a day says of a box.
type State string

// The states of a day.
const (
	Clean   State = "clean"
	Found   State = "found"
	Unknown State = "unknown" // could not look
	Missed  State = "missed"  // had to run, did not
	Running State = "running"
	Idle    State = "idle" // had not to run, did not
)

// Cell is one day of one box.
type Cell struct {
	Day   string // 2026-11-23
	State State
	Runs  int
	Link  string // the build's page
	Note  string // one line of words: "2 findings, build #12"
}

// Row is one box.
type Row struct {
	Line, Environment string
	Link              string // the pipeline's page
	Now               State
	Words             string // why, of the latest
	Cells             []Cell // one a day, the oldest first
}

// Grid is all boxes by all days.
type Grid struct {
	Scope    string
	At       time.Time
	Zone     string
	Days     []string
	Rows     []Row
	Findings []report.Finding
	Gaps     []report.Gap
	Partial  bool // something was left out, or a gap accepted, of which the report tells
}
