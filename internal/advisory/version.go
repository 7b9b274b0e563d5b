package advisory

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	semi "github.com/cppforlife/go-semi-semantic/version"
)

// grammar is what BOSH releases are numbered like, 78.13.0 or 1.0.0+dev.2. BOSH's own comparison also takes
// words, and puts them above every number.
var grammar = regexp.MustCompile(`^v?\d{1,9}(\.\d{1,9}){0,4}([-+][0-9A-Za-z][0-9A-Za-z.+-]{0,40})?$`)

func parseVersion(text string) (semi.Version, error) {
	if !grammar.MatchString(text) {
		return semi.Version{}, fmt.Errorf("%q is no version that can be compared", text)
	}
	v, err := semi.NewVersionFromString(strings.TrimPrefix(text, "v"))
	if err != nil {
		return semi.Version{}, fmt.Errorf("%q is no version that can be compared: %w", text, err)
	}
	return v, nil
}

// status is what a product's ranges say of a version. fixed says from where on it is good, in words. Where it
// cannot be told, the error says why.
func (p Product) status(running string) (affected bool, fixed string, err error) {
	v, err := parseVersion(running)
	if err != nil {
		return false, "", fmt.Errorf("running version %w", err)
	}
	if len(p.Versions) == 0 && p.Default != "unaffected" {
		return p.Default == "affected", none, missing(p.Default != "affected")
	}
	var good bool
	var unclear error
	var ends []string // of ranges that are affected
	for _, r := range p.Versions {
		status, end, within, err := r.status(v)
		switch {
		case err != nil:
			unclear = err
		case !within:
		case status == "affected": // whatever other ranges say
			ends = append(ends, end)
		case status == "unaffected":
			good = true
		default:
			unclear = fmt.Errorf("the record gives the status %q to the range from %s", status, r.Version)
		}
	}
	if len(ends) > 0 {
		return true, slices.MaxFunc(ends, byEnd), nil
	}
	if unclear != nil {
		return false, "", unclear
	}
	switch {
	case good || p.Default == "unaffected":
		return false, "", nil
	case p.Default == "affected":
		return true, "no version of those the record names", nil
	case p.Default == "" && p.bounded(): // what the default is then, the format leaves open; the ranges do not
		return false, "", nil
	}
	return false, "", fmt.Errorf("version %s is in none of the record's ranges, and it tells nothing of others", running)
}

func missing(is bool) error {
	if !is {
		return nil
	}
	return fmt.Errorf("the record has no versions")
}

// bounded tells whether some range is said to be affected, and each has two ends: such a record means that what
// is outside is good.
func (p Product) bounded() (named bool) {
	for _, r := range p.Versions {
		if r.LessThan == "" && r.LessThanOrEqual == "" {
			return false
		}
		named = named || r.Status == "affected"
	}
	return named
}

// status is that of a version within the range.
func (r Range) status(v semi.Version) (status, fixed string, within bool, err error) {
	if within, err = r.holds(v); !within || err != nil {
		return "", "", false, err
	}
	status, fixed = r.Status, r.end()
	for _, c := range r.Changes {
		at, err := parseVersion(c.At)
		if err != nil {
			return "", "", false, ranged(err)
		}
		if !v.IsLt(at) {
			status = c.Status
		} else if c.Status == "unaffected" {
			return status, c.At, true, nil
		}
	}
	return status, fixed, true, nil
}

// beginnings are how records write that a range has no lower end.
var beginnings = map[string]bool{"": true, "0": true, "*": true, "n/a": true, "unspecified": true}

func (r Range) holds(v semi.Version) (bool, error) {
	if r.LessThan == "" && r.LessThanOrEqual == "" {
		if r.Version == "*" {
			return true, nil
		}
		one, err := parseVersion(r.Version)
		return err == nil && v.IsEq(one), ranged(err)
	}
	if !beginnings[strings.ToLower(r.Version)] {
		from, err := parseVersion(r.Version)
		if err != nil {
			return false, ranged(err)
		}
		if v.IsLt(from) {
			return false, nil
		}
	}
	if r.LessThan == "*" || r.LessThanOrEqual == "*" {
		return true, nil
	}
	if r.LessThan != "" {
		end, err := parseVersion(r.LessThan)
		return err == nil && v.IsLt(end), ranged(err)
	}
	end, err := parseVersion(r.LessThanOrEqual)
	return err == nil && !v.IsGt(end), ranged(err)
}

func ranged(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the record's range %w", err)
}

// none is the end of a range that has none.
const none = "no version yet"

// byEnd orders ends: who leaves one range may still be in another.
func byEnd(a, b string) int {
	if a == none || b == none {
		return cmp.Compare(oneIf(a == none), oneIf(b == none))
	}
	first, errA := parseVersion(a[strings.LastIndex(a, " ")+1:]) // of "a version after 78.12.0"
	second, errB := parseVersion(b[strings.LastIndex(b, " ")+1:])
	if errA != nil || errB != nil {
		return cmp.Compare(oneIf(errA != nil), oneIf(errB != nil))
	}
	return first.Compare(second)
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// end is from where on the range is over, in words.
func (r Range) end() string {
	switch {
	case r.LessThan == "*" || r.LessThanOrEqual == "*":
		return none
	case r.LessThan != "":
		return r.LessThan
	case r.LessThanOrEqual != "":
		return "a version after " + r.LessThanOrEqual
	}
	return "a version other than " + r.Version
}
