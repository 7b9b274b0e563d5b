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

// find gives what is published of a version in any flavour.
func (l Line) find(v Version) (Published, bool) {
	i := slices.IndexFunc(l.All, func(p Published) bool { return p.Version.Compare(v) == 0 })
	if i < 0 {
		return Published{}, false
	}
	return l.All[i], true
}

// newest is the newest of any flavour, denied or not.
func (l Line) newest() Version {
	var newest Version
	for _, p := range l.All {
		if !newest.Known() || p.Version.Newer(newest) {
			newest = p.Version
		}
	}
	return newest
}

// offered are the stemcells that a deployment now on running may be told to take, the oldest first:
// of the line's flavour, not denied, within its pin, and no pre-release for who is past them.
func (l Line) offered(p Policy, deployment string, running Version, now time.Time) []Published {
	pin := p.pin(l.Name, deployment, now)
	var fit []Published
	for _, s := range l.All {
		switch {
		case l.Tarball(s) == "":
		case p.denied(l.Name, s.Version) != nil:
		case pin != nil && !s.Version.within(pin.Version):
		case s.Version.preRelease() && running.Known() && !running.preRelease():
		default:
			fit = append(fit, s)
		}
	}
	slices.SortFunc(fit, func(a, b Published) int { return a.Version.Compare(b.Version) })
	return fit
}

// Missed are the stemcells newer than running that a deployment should have taken, the oldest first.
func (l Line) Missed(p Policy, deployment string, running Version, now time.Time) []Published {
	offered := l.offered(p, deployment, running, now)
	first := slices.IndexFunc(offered, func(s Published) bool { return s.Version.Newer(running) })
	if first < 0 {
		return nil
	}
	return offered[first:]
}

// Undated are the stemcells whose date the judgement of a fleet turns on and that have none yet: the first
// missed ones, those that unread VMs should run, and the newest.
func Undated(f Fleet, lines map[string]Line, p Policy, now time.Time) map[string][]Version {
	wanted := map[string][]Version{}
	want := func(line string, s Published) {
		if s.Date.IsZero() && !slices.ContainsFunc(wanted[line], func(v Version) bool { return v.Compare(s.Version) == 0 }) {
			wanted[line] = append(wanted[line], s.Version)
		}
	}
	miss := func(deployment string, name, running string) {
		line, published := lines[name]
		v, err := ParseVersion(running)
		if !published || err != nil {
			return
		}
		if missed := line.Missed(p, deployment, v, now); len(missed) > 0 {
			want(name, missed[0])
		}
	}
	for name, line := range lines {
		if newest, found := line.find(line.newest()); found {
			want(name, newest)
		}
	}
	miss("(director)", f.directorLine(), f.Director.Version)
	for _, d := range f.Deployments {
		for _, vm := range d.VMs {
			miss(d.Name, vm.Name, vm.Version)
		}
		for _, s := range d.Stemcells {
			v, err := ParseVersion(s.Version)
			if listed, found := lines[s.Name].find(v); err == nil && found && slices.ContainsFunc(d.VMs, func(vm VM) bool { return vm.Unread }) {
				want(s.Name, listed)
			}
		}
	}
	return wanted
}

// Date sets the date of a stemcell of the line.
func (l Line) Date(v Version, date time.Time) {
	for i := range l.All {
		if l.All[i].Version.Compare(v) == 0 {
			l.All[i].Date = date
		}
	}
}
