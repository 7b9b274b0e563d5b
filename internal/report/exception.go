package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// GapRule is the rule by which an exception accepts a gap instead of a finding.
const GapRule = "gap"

// Policy is what a team decides about a check; every policy has exceptions.
type Policy interface{ Excepts() []Exception }

// Exceptions is the part that all policies share, and the whole policy of a check without its own.
type Exceptions struct {
	List []Exception `yaml:"exceptions"`
}

// Excepts gives the exceptions.
func (e Exceptions) Excepts() []Exception { return e.List }

// Exception is a finding or a gap that somebody answers for until a day.
type Exception struct {
	Rule    Glob              `yaml:"rule"`
	Subject Glob              `yaml:"subject"`
	Where   map[string][]Glob `yaml:"-"` // attribute -> any of these; all must match
	Reason  string            `yaml:"reason"`
	Until   Day               `yaml:"until"` // the last day on which it holds, through its end in UTC
	Owner   string            `yaml:"owner"`
	Place   string            `yaml:"-"` // where it is written: "policy.yml, line 7"
}

// Problems tells every key that is missing.
func (e Exception) Problems() (problems []error) {
	for _, key := range []struct {
		name, remedy string
		missing      bool
	}{
		{"rule", "name the rule that it accepts, or gap", e.Rule == ""},
		{"subject", "name what it is about; * stands for anything", e.Subject == ""},
		{"reason", "say why it is accepted", e.Reason == ""},
		{"until", "give its last day, such as 2026-12-31", e.Until.IsZero()},
		{"owner", "name who answers for it", e.Owner == ""},
	} {
		if key.missing {
			problems = append(problems, fmt.Errorf("%s is missing: %s", key.name, key.remedy))
		}
	}
	if e.boundless() {
		problems = append(problems, fmt.Errorf("rule %s and subject %s would make everything green, also what nobody knows yet: name one of them", e.Rule, e.Subject))
	}
	return problems
}

// boundless tells whether it would cover every finding, or every gap: an expired token, a run cut short.
func (e Exception) boundless() bool {
	return len(e.Where) == 0 && e.Subject.any() && (e.Rule.any() || e.Rule == GapRule)
}

// Accepted is what an exception silenced: a finding or a gap.
type Accepted struct {
	Finding *Finding `json:"finding,omitempty"`
	Gap     *Gap     `json:"gap,omitempty"`
	Reason  string   `json:"reason"`
	Until   Day      `json:"until"`
	Owner   string   `json:"owner"`
}

// Accept moves what the exceptions cover out of findings and gaps. An exception that ended is
// a finding of its own; one that covered nothing is named, unless something was not looked at that it
// might cover: a gap is one also when it is accepted.
func (r *Report) Accept(exceptions []Exception) {
	blind := len(r.Gaps) > 0 || len(r.Unexamined()) > 0
	var notes []Finding
	for _, e := range exceptions {
		if e.Until.Over(r.Now()) {
			notes = append(notes, e.ended())
		} else if r.accept(e) == 0 && !blind {
			notes = append(notes, e.unused())
		}
	}
	r.Find(notes...)
}

func (r *Report) accept(e Exception) (covered int) {
	keep := r.Findings[:0:0]
	for _, f := range r.Findings {
		if !e.covers(f) {
			keep = append(keep, f)
			continue
		}
		r.Accepted = append(r.Accepted, Accepted{Finding: &f, Reason: e.Reason, Until: e.Until, Owner: e.Owner})
		covered++
	}
	r.Findings = keep
	open := r.Gaps[:0:0]
	for _, g := range r.Gaps {
		if e.Rule != GapRule || !e.Subject.Match(g.Subject) || len(e.Where) > 0 { // a gap has no attributes
			open = append(open, g)
			continue
		}
		r.Accepted = append(r.Accepted, Accepted{Gap: &g, Reason: e.Reason, Until: e.Until, Owner: e.Owner})
		covered++
	}
	r.Gaps = open
	return covered
}

func (e Exception) covers(f Finding) bool {
	if !e.Rule.Match(f.Rule) || !e.Subject.Match(f.Subject) {
		return false
	}
	for attribute, globs := range e.Where {
		if value, has := f.Attributes[attribute]; !has || !matchAny(globs, value) {
			return false
		}
	}
	return true
}

func matchAny(globs []Glob, text string) bool {
	for _, g := range globs {
		if g.Match(text) {
			return true
		}
	}
	return false
}

func (e Exception) ended() Finding {
	return e.note(Finding{
		Rule: "exception-ended", Severity: Warning,
		Summary: fmt.Sprintf("the exception for %s ended on %s", e.name(), e.Until),
		Action:  "Remove it from the policy file, or have its owner renew it with a new reason and date.",
	})
}

func (e Exception) unused() Finding {
	return e.note(Finding{
		Rule: "exception-unused", Severity: Info,
		Summary: fmt.Sprintf("the exception for %s covers nothing today", e.name()),
		Action:  "Remove it from the policy file if it is no longer needed, or mend its rule and subject.",
	})
}

// note says of a finding about an exception where in the policy file it stands, and whose it is.
func (e Exception) note(f Finding) Finding {
	f.Subject = e.name()
	f.Detail = Lines(e.Place, fmt.Sprintf("reason: %s; owner: %s; until %s", e.Reason, e.Owner, e.Until))
	f.Attributes = map[string]string{"owner": e.Owner, "until": e.Until.String()}
	return f
}

// name tells exceptions apart, also those of one rule for all subjects.
func (e Exception) name() string {
	name := string(e.Rule) + " " + string(e.Subject)
	for _, attribute := range slices.Sorted(maps.Keys(e.Where)) {
		var any []string
		for _, g := range e.Where[attribute] {
			any = append(any, string(g))
		}
		name += fmt.Sprintf(", %s %s", attribute, strings.Join(any, " or "))
	}
	return name
}
