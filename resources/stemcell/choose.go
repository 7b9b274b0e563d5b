package main

import (
	"errors"
	"fmt"
	"log"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// offer is a listed stemcell in the flavour that the source wants.
type offer struct {
	version stemcell.Version
	flavour string // light or regular
	tarball boshio.Tarball
}

// offers are all in the wanted flavour, the oldest first. Where a line has light stemcells, only those
// that are light count: the light one comes minutes after the regular one, and is waited for.
func (s source) offers(list []boshio.Stemcell, say *log.Logger) (all []offer, err error) {
	flavour, pick := "regular", func(b boshio.Stemcell) *boshio.Tarball { return b.Regular }
	if !s.ForceRegular && slices.ContainsFunc(list, func(b boshio.Stemcell) bool { return b.Light != nil }) {
		flavour, pick = "light", func(b boshio.Stemcell) *boshio.Tarball { return b.Light }
	}
	for _, listed := range list {
		v, err := stemcell.ParseVersion(listed.Version)
		if err != nil {
			say.Printf("%s lists %v: it is passed over, for nobody can say whether it is newer", s.index(), err)
		} else if t := pick(listed); t != nil {
			all = append(all, offer{v, flavour, *t})
		}
	}
	if len(all) == 0 && s.ForceRegular {
		return nil, fmt.Errorf("no regular stemcell is published as %s: remove force_regular", s.Name)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s lists no stemcell of %s with a version to go by", s.index(), s.Name)
	}
	slices.SortStableFunc(all, func(a, b offer) int { return a.version.Compare(b.version) })
	return slices.CompactFunc(all, func(a, b offer) bool { return a.version.Compare(b.version) == 0 }), nil
}

// wanted are those of the family that are not denied.
func (s source) wanted(all []offer) ([]offer, error) {
	newest := all[len(all)-1].version
	f, err := s.Family.family()
	if err != nil {
		return nil, err
	}
	if all = keep(all, func(o offer) bool { return f.has(o.version) }); len(all) == 0 {
		return nil, fmt.Errorf("no stemcell of %s is of version_family %s, the newest is %s: correct version_family", s.Name, s.Family, newest)
	}
	if all = keep(all, func(o offer) bool { return !s.denied(o.version) }); len(all) == 0 {
		return nil, errors.New("deny leaves no stemcell: remove a version from it")
	}
	return all, nil
}

func keep(all []offer, fits func(offer) bool) []offer {
	return slices.DeleteFunc(slices.Clone(all), func(o offer) bool { return !fits(o) })
}

func (s source) denied(v stemcell.Version) bool {
	return slices.ContainsFunc(s.Deny, func(d numeral) bool {
		denied, err := stemcell.ParseVersion(string(d))
		return err == nil && denied.Compare(v) == 0
	})
}

// since are the offers from the known version on, and without one the newest alone. A known version that is
// gone is not needed for that: the others compare with it. The newest stands for one that was newer than all.
func since(all []offer, known *version, say *log.Logger) []offer {
	newest := all[len(all)-1:]
	if known == nil {
		return newest
	}
	from, err := stemcell.ParseVersion(known.Version)
	if err != nil {
		return newest
	}
	first := slices.IndexFunc(all, func(o offer) bool { return o.version.Compare(from) >= 0 })
	if first < 0 {
		say.Printf("%s is no longer offered, nor is anything newer: the newest is %s", from, newest[0].version)
		return newest
	}
	return all[first:]
}
