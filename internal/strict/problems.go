package strict

import (
	"errors"
	"fmt"
)

// Problems asks a value what is wrong with it, if it knows: by a method Problems() []error.
func Problems(value any) []error {
	if v, ok := value.(interface{ Problems() []error }); ok {
		return v.Problems()
	}
	return nil
}

// At says of problems where they are.
func At(place string, problems []error) []error {
	for i, problem := range problems {
		problems[i] = fmt.Errorf("%s: %w", place, problem)
	}
	return problems
}

// Each takes the errors of YAML and JSON apart.
func Each(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}
