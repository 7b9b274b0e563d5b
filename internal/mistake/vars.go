package mistake

import (
	"maps"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/nearest"
)

// missing are those of the wanted vars that are not given.
func missing(v checklist.Vars, wanted []string) (missing []string) {
	for _, path := range wanted {
		if !slices.Contains(checklist.InstanceVars, path) && !gives(v, path) {
			missing = append(missing, path)
		}
	}
	return missing
}

// gives tells whether a path leads to a value, be it an empty one. What is behind a reference to a secret only the
// credential manager knows.
func gives(v checklist.Vars, path string) bool {
	first, rest, deeper := strings.Cut(path, ".")
	value, given := v[first]
	if !given || !deeper {
		return given
	}
	switch value := value.(type) {
	case string:
		return strings.HasPrefix(value, "((") && strings.HasSuffix(value, "))")
	case checklist.Vars: // yaml makes maps within one of its own type
		return gives(value, rest)
	}
	return false
}

// hint names the key that was probably meant by the part of a path that is not there.
func hint(v checklist.Vars, path string) string {
	first, rest, _ := strings.Cut(path, ".")
	if inner, deep := v[first].(checklist.Vars); deep {
		return hint(inner, rest)
	}
	return nearest.Hint(first, slices.Sorted(maps.Keys(v)))
}

// unused are the paths of those vars that are not wanted.
func unused(v checklist.Vars, wanted []string) (paths []string) {
	for _, key := range slices.Sorted(maps.Keys(v)) {
		var fields []string
		whole := slices.Contains(wanted, key)
		for _, path := range wanted {
			if field, is := strings.CutPrefix(path, key+"."); is {
				fields = append(fields, field)
			}
		}
		inner, deep := v[key].(checklist.Vars)
		switch {
		case whole:
		case fields == nil:
			paths = append(paths, key)
		case deep:
			for _, path := range unused(inner, fields) {
				paths = append(paths, key+"."+path)
			}
		}
	}
	return paths
}
