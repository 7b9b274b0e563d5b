package boshio

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cppforlife/go-semi-semantic/version"
)

// published.txt holds the real versions and dates; its head says from where.
//
//go:embed published.txt
var published string

// catalogue has the stemcells of each name, newest version first.
type catalogue map[string][]stemcell

// stemcell is one version; a flavour that does not exist has no time.
type stemcell struct {
	version version.Version
	at      map[Flavour]time.Time
}

// Flavour is a form that a stemcell is published in.
type Flavour string

const (
	Light   Flavour = "light"   // AMIs by name
	Regular Flavour = "regular" // a whole image
)

// flavours in the order of published.txt's columns.
var flavours = []Flavour{Light, Regular}

// read takes published.txt apart: a line's name alone, then its versions.
func read(text string) (catalogue, error) {
	all := catalogue{}
	name := ""
	for n, row := range strings.Split(text, "\n") {
		switch fields := strings.Fields(row); {
		case len(fields) == 0 || strings.HasPrefix(row, "#"):
		case len(fields) == 1:
			name = fields[0]
		case len(fields) == 1+len(flavours):
			s, err := parse(fields)
			if err != nil {
				return nil, fmt.Errorf("row %d: %w", n+1, err)
			}
			all[name] = append(all[name], s)
		default:
			return nil, fmt.Errorf("row %d has %d fields, not 1 or %d", n+1, len(fields), 1+len(flavours))
		}
	}
	return all, nil
}

func parse(fields []string) (stemcell, error) {
	v, err := version.NewVersionFromString(fields[0])
	if err != nil {
		return stemcell{}, fmt.Errorf("version %s: %w", fields[0], err)
	}
	s := stemcell{v, map[Flavour]time.Time{}}
	for i, flavour := range flavours {
		if fields[1+i] == "-" {
			continue
		}
		if s.at[flavour], err = time.Parse(time.RFC3339, fields[1+i]); err != nil {
			return stemcell{}, err
		}
	}
	return s, nil
}

// add puts a version at its place, instead of the same one if it is there.
func (c catalogue) add(name string, s stemcell) {
	c.remove(name, s.version)
	i := slices.IndexFunc(c[name], func(other stemcell) bool { return other.version.IsLt(s.version) })
	if i < 0 {
		i = len(c[name])
	}
	c[name] = slices.Insert(c[name], i, s)
}

func (c catalogue) remove(name string, v version.Version) {
	c[name] = slices.DeleteFunc(c[name], func(s stemcell) bool { return s.version.IsEq(v) })
}

// usual says in which flavours the newest version of a line is published.
func (c catalogue) usual(name string) []Flavour {
	if len(c[name]) == 0 {
		return flavours
	}
	newest := c[name][0]
	return slices.DeleteFunc(slices.Clone(flavours), func(f Flavour) bool { return newest.at[f].IsZero() })
}

// seen lists the flavours that are out by now.
func (s stemcell) seen(now time.Time) []Flavour {
	return slices.DeleteFunc(slices.Clone(flavours), func(f Flavour) bool {
		return s.at[f].IsZero() || s.at[f].After(now)
	})
}
