// Package report is the vocabulary of the checklist: what one run of one check looked at, what it
// found, and what it could not look at. A Report is the only thing that leaves a task.
package report

import "time"

// Schema is the version of the JSON form; it grows when a reader of the old form would be misled.
const Schema = 1

// Report is one run of one check.
type Report struct {
	Schema   int       `json:"schema"`
	Check    string    `json:"check"`   // the task's name, as in tasks/<check>
	Title    string    `json:"title"`   // the sentence that should be true
	Scope    string    `json:"scope"`   // where it was asked: an environment or an account
	Runbook  string    `json:"runbook"` // a link to the checklist's own line
	Tool     string    `json:"tool"`    // version of the program that looked
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
	Policy   string    `json:"policy"` // sha256 of the policy file, for the auditor; empty without one

	Examined []Count    `json:"examined"`          // what must exist; any zero is could-not-look
	Seen     []Count    `json:"seen"`              // what may rightly be absent
	Findings []Finding  `json:"findings"`          // what is wrong, the worst first
	Gaps     []Gap      `json:"gaps"`              // what could not be looked at
	Accepted []Accepted `json:"accepted"`          // what an exception silenced
	LeftOut  []LeftOut  `json:"left_out"`          // what parameters turned off
	Gone     []Finding  `json:"gone"`              // in the previous report and no longer so
	Hidden   []Finding  `json:"hidden_by_gaps"`    // in the previous report; today's gaps hide whether still so
	Previous time.Time  `json:"previous,omitzero"` // when the report that this one was compared with started
	AsOf     time.Time  `json:"as_of,omitzero"`    // the moment judged, in a replay; zero: when it ran
}

// Count is a number of things of one kind.
type Count struct {
	What   string `json:"what"` // a plural noun: "deployments"
	Number int    `json:"number"`
}

// Gap is something that could not be looked at.
type Gap struct {
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
	Action  string `json:"action,omitempty"`
}

// LeftOut is a part that parameters or policy turned off: said, not hidden.
type LeftOut struct {
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
}

// Status is what a box on the dashboard stands for.
type Status string

// The three answers. Concourse shows the last two in one colour, so words must tell them apart.
const (
	Clean   Status = "clean"   // looked at everything, nothing wrong
	Found   Status = "found"   // looked at everything, something is wrong
	Unknown Status = "unknown" // could not look at everything, whatever was found
)

// Status derives the answer. It is never stored: nothing examined and any gap that nobody accepted
// are Unknown, also beside findings.
func (r *Report) Status() Status {
	switch {
	case len(r.Gaps) > 0 || len(r.Unexamined()) > 0:
		return Unknown
	case r.Worst() >= Warning:
		return Found
	}
	return Clean
}

// Unexamined names what should have been examined and was not; a report that counts nothing at
// all names itself.
func (r *Report) Unexamined() []string {
	if len(r.Examined) == 0 {
		return []string{"anything"}
	}
	var none []string
	for _, c := range r.Examined {
		if c.Number <= 0 {
			none = append(none, c.What)
		}
	}
	return none
}

// Worst is the highest severity found, Info when there is nothing.
func (r *Report) Worst() Severity {
	worst := Info
	for _, f := range r.Findings {
		worst = max(worst, f.Severity)
	}
	return worst
}

// Now is the moment the report judges.
func (r *Report) Now() time.Time {
	if r.AsOf.IsZero() {
		return r.Started
	}
	return r.AsOf
}

// Find adds findings.
func (r *Report) Find(f ...Finding) { r.Findings = append(r.Findings, f...) }

// Miss adds a gap.
func (r *Report) Miss(subject, reason, action string) {
	r.Gaps = append(r.Gaps, Gap{subject, reason, action})
}

// Examine counts things that must exist.
func (r *Report) Examine(what string, number int) {
	r.Examined = append(r.Examined, Count{what, number})
}

// See counts things that may rightly be absent.
func (r *Report) See(what string, number int) { r.Seen = append(r.Seen, Count{what, number}) }

// LeaveOut says that a part was turned off.
func (r *Report) LeaveOut(subject, reason string) {
	r.LeftOut = append(r.LeftOut, LeftOut{subject, reason})
}
