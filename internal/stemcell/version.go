package stemcell

import (
	"fmt"
	"regexp"
	"strings"

	semi "github.com/cppforlife/go-semi-semantic/version"
)

// Version is a stemcell's version, compared as BOSH compares: part by part as numbers, a missing
// part being 0. Strings, floats and semantic versions all order real stemcells wrongly.
type Version struct {
	text   string
	parsed semi.Version
}

// go-semi-semantic, BOSH's own, also takes "latest" or "1.x" and puts them above every number.
var grammar = regexp.MustCompile(`^\d{1,9}(\.\d{1,9}){0,3}$`)

// ParseVersion reads one to four numbers with dots between them.
func ParseVersion(text string) (Version, error) {
	if !grammar.MatchString(text) {
		return Version{}, fmt.Errorf("%q is no stemcell version", text)
	}
	parsed, err := semi.NewVersionFromString(text)
	if err != nil {
		return Version{}, fmt.Errorf("%q is no stemcell version: %w", text, err)
	}
	return Version{text, parsed}, nil
}

// Compare is negative when v is the older one.
func (v Version) Compare(other Version) int { return v.parsed.Compare(other.parsed) }

// Newer tells whether v is newer than other.
func (v Version) Newer(other Version) bool { return v.Compare(other) > 0 }

func (v Version) same(other Version) bool { return v.Compare(other) == 0 }

// Known tells whether there is a version at all.
func (v Version) Known() bool { return v.text != "" }

func (v Version) String() string { return v.text }

// preRelease tells whether the line was not yet offered for general use: noble 0.x, resolute 0.x.
func (v Version) preRelease() bool { return v.text == "0" || strings.HasPrefix(v.text, "0.") }

// is tells whether the text is this version: 1.10 is 1.10.0.
func (v Version) is(text string) bool {
	other, err := ParseVersion(text)
	return err == nil && v.same(other)
}

// within tells whether the version is the pinned one or below it: 621.125 is within 621.
func (v Version) within(pin string) bool {
	return v.text == pin || strings.HasPrefix(v.text, pin+".")
}
