package trail

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
)

// Pattern is a regular expression over a whole text, whatever it says itself. Case does not count.
// https://pkg.go.dev/regexp/syntax
type Pattern struct {
	text string
	re   *regexp.Regexp
}

// ParsePattern compiles a pattern; an empty one is refused, since it would match nothing.
func ParsePattern(text string) (Pattern, error) {
	if text == "" {
		return Pattern{}, errors.New("wants a regular expression, not nothing")
	}
	if _, err := regexp.Compile(text); err != nil {
		return Pattern{}, fmt.Errorf("wants a regular expression: %w", err)
	}
	re, err := regexp.Compile(`(?i)\A(?:` + text + `)\z`)
	if err != nil {
		return Pattern{}, fmt.Errorf("wants a regular expression: %w", err)
	}
	return Pattern{text, re}, nil
}

func mustPattern(text string) Pattern {
	p, err := ParsePattern(text)
	if err != nil {
		panic(err)
	}
	return p
}

// Match tells whether the whole text fits. The zero Pattern fits nothing.
func (p Pattern) Match(text string) bool { return p.re != nil && p.re.MatchString(text) }

func (p Pattern) String() string { return p.text }

// UnmarshalText reads a pattern of a policy file.
func (p *Pattern) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePattern(string(text))
	return err
}

// Network is a range of addresses: 203.0.113.0/24, or one address.
type Network struct{ netip.Prefix }

// ParseNetwork reads a CIDR or an address.
func ParseNetwork(text string) (Network, error) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return Network{netip.PrefixFrom(a, a.BitLen())}, nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return Network{}, fmt.Errorf("wants a CIDR such as 203.0.113.0/24, not %q", text)
	}
	return Network{p.Masked()}, nil
}

// UnmarshalText reads a network of a policy file.
func (n *Network) UnmarshalText(text []byte) (err error) {
	*n, err = ParseNetwork(string(text))
	return err
}

// within tells whether one of the networks has the address.
func within(networks []Network, address netip.Addr) bool {
	for _, n := range networks {
		if n.Contains(address) {
			return true
		}
	}
	return false
}
