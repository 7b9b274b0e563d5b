package stemcell

import (
	"slices"
	"time"
)

// Date sets the date of a stemcell of the line.
func (l Line) Date(v Version, date time.Time) {
	for i := range l.All {
		if l.All[i].Version.Compare(v) == 0 {
			l.All[i].Date = date
		}
	}
}

// Stemcell names one version of a line.
type Stemcell struct {
	Name    string
	Version Version
}

func (s Stemcell) String() string { return OS(s.Name) + " " + s.Version.String() }

// Undated are the stemcells whose date the judgement of a fleet turns on and that have none yet: of each line the
// newest, the first that somebody missed, and what deployments with unread VMs list; where the newest is younger than
// now, as in a replay, also what is in use.
func Undated(f Fleet, lines map[string]Line, p Policy, now time.Time) (wanted []Stemcell) {
	want := func(name string, s Published) {
		known := func(w Stemcell) bool { return w.Name == name && w.Version.same(s.Version) }
		if lines[name].Tarball(s) != "" && s.Date.IsZero() && !slices.ContainsFunc(wanted, known) {
			wanted = append(wanted, Stemcell{name, s.Version})
		}
	}
	running := func(deployment, name, version string) {
		v, err := ParseVersion(version)
		if err != nil {
			return
		}
		if missed := lines[name].Missed(p, deployment, v, now); len(missed) > 0 {
			want(name, missed[0])
		}
	}
	for name, line := range lines {
		want(name, line.latest())
	}
	running(ofDirector, f.directorLine(), f.Director.Version)
	for _, d := range f.Deployments {
		for _, vm := range d.VMs {
			running(d.Name, vm.Name, vm.Version)
		}
		if !d.Unread {
			continue
		}
		for _, s := range d.Stemcells {
			running(d.Name, s.Name, s.Version)
			if v, err := ParseVersion(s.Version); err == nil {
				listed, _ := lines[s.Name].find(v)
				want(s.Name, listed)
			}
		}
	}
	for _, s := range inUse(f) {
		if v, err := ParseVersion(s.Version); err == nil && lines[s.Name].latest().Date.After(now) {
			used, _ := lines[s.Name].find(v)
			want(s.Name, used)
		}
	}
	return wanted
}
