package task

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// readPolicy fills the line's policy from the file, if one is given, and tells all that is wrong
// with it. The digest is that of the file's bytes.
func (p *parameters) readPolicy(l Line) []error {
	if p.Policy == "" {
		return nil
	}
	file, err := os.ReadFile(p.Policy)
	if err != nil {
		return []error{fmt.Errorf("POLICY: %w", err)}
	}
	sum := sha256.Sum256(file)
	p.digest = hex.EncodeToString(sum[:])
	if err := strict.YAML(file, l.Policy); err != nil {
		return prefixed(p.Policy, each(err))
	}
	p.exceptions = l.Policy.Excepts()
	problems := trouble(l.Policy)
	for i, e := range p.exceptions {
		problems = append(problems, prefixed(fmt.Sprintf("exceptions[%d]", i), e.Problems())...)
	}
	return prefixed(p.Policy, problems)
}

func prefixed(place string, problems []error) []error {
	for i, problem := range problems {
		problems[i] = fmt.Errorf("%s: %w", place, problem)
	}
	return problems
}

// each takes apart what errors.Join put together.
func each(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}
