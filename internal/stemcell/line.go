package stemcell

import (
	"slices"
	"strings"
	"time"
)

// Line is a line of stemcells: all that were published under one name.
type Line struct {
	Name string // bosh-aws-xen-hvm-ubuntu-jammy-go_agent
	All  []Published
}

// Published is one stemcell as bosh.io lists it. A light one holds only a reference to an image
// that the IaaS already has.
type Published struct {
	Version        Version
	Light, Regular string    // addresses of the tarballs; empty when there is none
	Date           time.Time // of the flavour that the line uses; zero: unknown
}

// OS is the line's name without what all AWS lines share: ubuntu-jammy.
func OS(name string) string {
	name = strings.TrimSuffix(name, "-go_agent")
	for _, prefix := range []string{"bosh-aws-xen-hvm-", "bosh-aws-xen-"} {
		if os, found := strings.CutPrefix(name, prefix); found {
			return os
		}
	}
	return name
}

// light tells whether the line has light stemcells; FIPS has none.
func (l Line) light() bool {
	return slices.ContainsFunc(l.All, func(p Published) bool { return p.Light != "" })
}

// Tarball is the address of the flavour that the line uses.
func (l Line) Tarball(p Published) string {
	if l.light() {
		return p.Light
	}
	return p.Regular
}

// Address is that of the version's tarball, in the flavour that the line uses.
func (l Line) Address(v Version) string {
	s, _ := l.find(v)
	return l.Tarball(s)
}

// find gives what is published of a version in any flavour.
func (l Line) find(v Version) (Published, bool) {
	i := slices.IndexFunc(l.All, func(p Published) bool { return v.same(p.Version) })
	if i < 0 {
		return Published{}, false
	}
	return l.All[i], true
}

// newest is the newest version of any flavour, denied or not.
func (l Line) newest() (newest Version) {
	for _, s := range l.All {
		if !newest.Known() || s.Version.Newer(newest) {
			newest = s.Version
		}
	}
	return newest
}

// latest is the newest stemcell of the flavour that the line uses, denied or not.
func (l Line) latest() (latest Published) {
	for _, s := range l.All {
		if l.Tarball(s) != "" && (!latest.Version.Known() || s.Version.Newer(latest.Version)) {
			latest = s
		}
	}
	return latest
}

// offered are the stemcells that a deployment may be told to take, the oldest first: of the line's flavour, out by
// now, not denied, and within its pin.
func (l Line) offered(p Policy, deployment string, now time.Time) []Published {
	pin := p.pin(l.Name, deployment, now)
	var fit []Published
	for _, s := range l.All {
		switch {
		case l.Tarball(s) == "", s.Date.After(now):
		case p.denied(l.Name, s.Version) != nil:
		case pin != nil && !s.Version.within(pin.Version):
		default:
			fit = append(fit, s)
		}
	}
	slices.SortFunc(fit, func(a, b Published) int { return a.Version.Compare(b.Version) })
	return fit
}

// Missed are the stemcells newer than running that a deployment should have taken, the oldest first.
func (l Line) Missed(p Policy, deployment string, running Version, now time.Time) []Published {
	offered := l.offered(p, deployment, now)
	first := slices.IndexFunc(offered, func(s Published) bool { return s.Version.Newer(running) })
	if first < 0 {
		return nil
	}
	return offered[first:]
}
