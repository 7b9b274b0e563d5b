package task

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"

	"go.yaml.in/yaml/v3"

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
	problems, at := strict.Problems(l.Policy), places(file)
	for i, e := range p.exceptions {
		if i < len(at) {
			p.exceptions[i].Place = fmt.Sprintf("%s, line %d", p.Policy, at[i].Line)
		}
		problems = append(problems, strict.At(fmt.Sprintf("exceptions[%d]", i), e.Problems())...)
	}
	return strict.At(p.Policy, problems)
}

// places are where exceptions stand in a policy file, in their order; none where they came as a text.
func places(file []byte) []yaml.Node {
	var document struct{ Exceptions []yaml.Node }
	_ = yaml.Unmarshal(file, &document) // strict has read it
	return document.Exceptions
}
