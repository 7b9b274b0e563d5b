package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Finding is one thing that is wrong. Rule and Subject together are its identity from run to run.
type Finding struct {
	Rule       string            `json:"rule"`    // the bad state in kebab-case: "stemcell-behind"
	Subject    string            `json:"subject"` // what it is about, outermost first: "production/cf"
	Severity   Severity          `json:"severity"`
	Summary    string            `json:"summary"`              // what is so, in one sentence
	Detail     string            `json:"detail,omitempty"`     // the evidence; may have several lines
	Action     string            `json:"action,omitempty"`     // what to do next, beginning with a verb
	Link       string            `json:"link,omitempty"`       // where to read on
	Attributes map[string]string `json:"attributes,omitempty"` // facts that an exception may match
	Since      time.Time         `json:"since,omitzero"`       // first seen; zero: new today
}

// Key identifies a finding from run to run.
func (f Finding) Key() string { return f.Rule + " " + f.Subject }

// Severity orders findings. Info never makes a box red.
type Severity int

// The severities, mildest first.
const (
	Info Severity = iota
	Warning
	High
)

var severities = []string{"info", "warning", "high"}

func (s Severity) String() string {
	if s < 0 || int(s) >= len(severities) {
		return fmt.Sprintf("severity(%d)", int(s))
	}
	return severities[s]
}

// MarshalText writes the word.
func (s Severity) MarshalText() ([]byte, error) {
	if s < 0 || int(s) >= len(severities) {
		return nil, fmt.Errorf("severity %d has no word", int(s))
	}
	return []byte(severities[s]), nil
}

// UnmarshalText reads the word.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severities, string(text))
	if i < 0 {
		return fmt.Errorf("severity %q is none of info, warning, high", text)
	}
	*s = Severity(i)
	return nil
}

// Sort puts the worst first, then by subject and rule, so that two runs over the same facts read the same.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Rule, b.Rule),
		)
	})
}
