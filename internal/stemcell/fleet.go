// Package stemcell judges whether every VM runs the current stemcell of its line: "Ensure all VMs
// are running the current stemcell".
//
// What a deployment lists is what its last plan referred to, not what its VMs run, so the judgement is made
// VM by VM; the listings only tell where on its way a stemcell is stuck.
package stemcell

import (
	"cmp"
	"slices"
	"time"
)

// Fleet is what one director told.
type Fleet struct {
	Scope       string // the environment, first part of every subject
	Director    Director
	Deployments []Deployment
	Uploaded    []Uploaded
	Orphans     []Orphan
}

// Director is the director's own VM, as /info tells.
type Director struct{ Name, OS, Version string }

// Reference is a stemcell that a deployment's last plan referred to.
type Reference struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Deployment is a deployment and its VMs.
type Deployment struct {
	Name      string
	Stemcells []Reference
	Locked    bool   // a deploy holds its lock now
	LastError string // of its last change, if that failed
	VMs       []VM

	// Unread: what its VMs run could not be listed. They are known by their creation alone, or not at all, and the
	// deployment is judged by what it lists.
	Unread bool
}

// Uploaded is a stemcell that the director has.
type Uploaded struct{ Name, OS, Version string }

// VM is one VM. Name and Version are those of its stemcell, empty when the director does not know.
type VM struct {
	Instance string // router/0f0f…
	CID      string
	Name     string
	Version  string
	Created  time.Time // zero: unknown
	Ignored  bool      // bosh ignore: deploys pass it over
	Detached bool      // stopped with --hard: there is no VM until it starts again
	Silent   bool      // its agent does not answer
	Inactive bool      // made for a hot swap and not in service, or no longer
}

// Orphan is a VM that the director gave up but has not deleted.
type Orphan struct {
	CID, Deployment, Instance string
	Since                     time.Time
}

// Lines are the names of all lines in use.
func (f Fleet) Lines() []string {
	var names []string
	for _, d := range f.Deployments {
		for _, s := range d.Stemcells {
			names = append(names, s.Name)
		}
		for _, vm := range d.VMs {
			names = append(names, vm.Name)
		}
	}
	names = append(names, f.directorLine())
	slices.Sort(names)
	names = slices.Compact(names)
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// directorLine is the line of the director's own VM, empty when the director does not say. /info tells
// the OS alone, so that of an uploaded stemcell with this OS is taken, else the name that AWS stemcells of this
// OS have: from noble on they have no -go_agent.
func (f Fleet) directorLine() string {
	if f.Director.OS == "" || f.Director.OS == "-" {
		return ""
	}
	var names []string
	for _, s := range f.Uploaded {
		if s.OS == f.Director.OS {
			names = append(names, s.Name)
		}
	}
	if len(names) > 0 {
		return slices.Min(names)
	}
	name := "bosh-aws-xen-hvm-" + f.Director.OS
	if slices.Contains([]string{"ubuntu-trusty", "ubuntu-xenial", "ubuntu-bionic", "ubuntu-jammy"}, f.Director.OS) {
		name += "-go_agent"
	}
	return name
}

// uploaded tells whether the director has a version of a line.
func (f Fleet) uploaded(name string, v Version) bool {
	return slices.ContainsFunc(f.Uploaded, func(s Uploaded) bool { return s.Name == name && v.is(s.Version) })
}

func (d Deployment) refers(name string, v Version) bool {
	return slices.ContainsFunc(d.Stemcells, func(s Reference) bool { return s.Name == name && v.is(s.Version) })
}

// listed are the versions of a line that the deployment lists, the oldest first, each once.
func (d Deployment) listed(name string) (versions []string) {
	for _, s := range d.Stemcells {
		if s.Name == name && !slices.Contains(versions, s.Version) {
			versions = append(versions, s.Version)
		}
	}
	slices.SortFunc(versions, func(a, b string) int {
		v, _ := ParseVersion(a)
		w, _ := ParseVersion(b)
		return cmp.Or(v.Compare(w), cmp.Compare(a, b))
	})
	return versions
}

// lines are the names of the lines that the deployment lists.
func (d Deployment) lines() (names []string) {
	for _, s := range d.Stemcells {
		names = append(names, s.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
