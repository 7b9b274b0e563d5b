package alert

import (
	"regexp"
	"strings"
)

// Matcher is one condition of a silence.
type Matcher struct {
	Name, Value    string
	Regexp, Negate bool
	anchored       *regexp.Regexp
	prefix         string // that every text begins with which the expression matches: most are refused by it, fast
}

// NewMatcher makes a matcher as Alertmanager does: expressions are anchored, an absent label is empty.
func NewMatcher(name, value string, isRegexp, negate bool) (Matcher, error) {
	m := Matcher{Name: name, Value: value, Regexp: isRegexp, Negate: negate}
	if !isRegexp {
		return m, nil
	}
	loose, err := regexp.Compile("(?:" + value + ")$")
	if err != nil {
		return m, err
	}
	m.prefix, _ = loose.LiteralPrefix()
	m.anchored, err = regexp.Compile("^(?:" + value + ")$")
	return m, err
}

func (m *Matcher) accepts(value string) bool {
	if m.Regexp {
		return (strings.HasPrefix(value, m.prefix) && m.anchored.MatchString(value)) != m.Negate
	}
	return (value == m.Value) != m.Negate
}

// nonsense is the value of no label.
const nonsense = "zq7x no such value"

// selects tells whether the matcher tells alerts apart: one that accepts an absent label or nonsense
// takes what it never heard of.
func (m Matcher) selects() bool { return !m.accepts("") && !m.accepts(nonsense) }

func (m Matcher) String() string {
	operator := map[[2]bool]string{{false, false}: "=", {false, true}: "!=", {true, false}: "=~", {true, true}: "!~"}[[2]bool{m.Regexp, m.Negate}]
	return m.Name + operator + `"` + m.Value + `"`
}
