package task

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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
	if len(bytes.TrimSpace(file)) == 0 {
		return []error{fmt.Errorf("%s is empty: write {} for the defaults on purpose", p.Policy)}
	}
	sum := sha256.Sum256(file)
	p.digest = hex.EncodeToString(sum[:])
	if err := strict.YAML(file, l.Policy); err != nil {
		return strict.At(p.Policy, strict.Each(err))
	}
	p.exceptions = l.Policy.Excepts()
	problems := strict.Problems(l.Policy)
	for i, e := range p.exceptions {
		problems = append(problems, strict.At(fmt.Sprintf("exceptions[%d]", i), e.Problems())...)
	}
	return strict.At(p.Policy, problems)
}
