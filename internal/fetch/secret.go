package fetch

import (
	"fmt"
	"log/slog"
)

// Secret is a text that cannot print itself: not through fmt, slog, JSON or YAML, nor inside
// another struct. It reads itself from parameters and from JSON.
type Secret struct{ value *string } // a pointer, since fmt prints unexported fields without asking them

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{&value} }

// Reveal is the value, for the one call that needs it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero tells whether there is none.
func (s Secret) IsZero() bool { return s.Reveal() == "" }

// UnmarshalText takes the value.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}

const hidden = "<secret>"

func (s Secret) String() string               { return hidden }
func (s Secret) Format(f fmt.State, _ rune)   { fmt.Fprint(f, hidden) }
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
func (s Secret) LogValue() slog.Value         { return slog.StringValue(hidden) }
