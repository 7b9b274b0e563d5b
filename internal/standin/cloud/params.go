package cloud

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// params are what a request of a Query protocol asks, by name.
type params map[string]string

// invalid is how IAM and STS refuse a parameter's value.
func invalid(format string, args ...any) error {
	return refuse(http.StatusBadRequest, "ValidationError", format, args...)
}

// only refuses what the stand-in does not understand: a filter that is ignored
// would make a test pass for the wrong reason. "RegionName." allows a list.
func (p params) only(known []string) error {
	for name := range p {
		stem, index, _ := strings.Cut(name, ".")
		if index != "" {
			stem += "."
		}
		if !slices.Contains(known, stem) {
			return refuse(http.StatusBadRequest, "UnknownParameter", "the stand-in does not know the parameter %s", name)
		}
	}
	return nil
}

// list is the values of name.1, name.2 and so on.
func (p params) list(name string) []string {
	var values []string
	for i := 1; ; i++ {
		value, ok := p[name+"."+strconv.Itoa(i)]
		if !ok {
			return values
		}
		values = append(values, value)
	}
}

// number is a whole number within its limits.
func (p params) number(name string, otherwise, least, most int) (int, error) {
	text, ok := p[name]
	if !ok {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, invalid("%s must be between %d and %d, not %q", name, least, most, text)
	}
	return n, nil
}

// text is a value that must be there and match.
func (p params) text(name string, pattern *regexp.Regexp) (string, error) {
	value := p[name]
	if !pattern.MatchString(value) {
		return "", invalid("Value %q at %q failed to satisfy constraint: Member must satisfy regular expression pattern: %s", value, name, pattern)
	}
	return value, nil
}
