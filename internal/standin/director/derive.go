package director

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// stemcellOS finds the operating system in a stemcell's name,
// bosh-<iaas>-<hypervisor>-<os>[-go_agent].
var stemcellOS = regexp.MustCompile(`(?:ubuntu|centos|windows).*`)

// uploaded lists the stemcells on the director by name: those that the fleet
// describes, then those that only a plan or a VM tells of.
func (f *Fleet) uploaded() []Upload {
	uploads := slices.Clone(f.Uploads)
	add := func(s Stemcell, known func(Upload) bool) {
		if !slices.ContainsFunc(uploads, known) {
			uploads = append(uploads, Upload{Stemcell: s})
		}
	}
	for _, d := range f.Deployments {
		for _, s := range d.Stemcells {
			add(s, func(u Upload) bool { return u.Stemcell == s })
		}
	}
	for _, d := range f.Deployments {
		for _, s := range d.running() {
			add(s, func(u Upload) bool { return u.Name == s.Name && u.Version == s.Version }) // under whatever CPI
		}
	}
	for i := range uploads {
		uploads[i].complete(i + 1)
	}
	slices.SortStableFunc(uploads, func(a, b Upload) int { return cmp.Compare(a.Name, b.Name) })
	return uploads
}

// running lists each stemcell that a VM runs, once.
func (d *Deployment) running() []Stemcell {
	var stemcells []Stemcell
	for _, i := range d.Instances {
		for _, vm := range i.VMs {
			if vm.Stemcell.Name != "" && !slices.Contains(stemcells, vm.Stemcell) {
				stemcells = append(stemcells, vm.Stemcell)
			}
		}
	}
	return stemcells
}

// complete fills in what the fleet left out.
func (u *Upload) complete(id int) {
	name := strings.TrimSuffix(u.Name, "-go_agent")
	u.ID = cmp.Or(u.ID, id)
	u.OS = cmp.Or(u.OS, stemcellOS.FindString(name), "-")
	u.APIVersion = cmp.Or(u.APIVersion, 3)
	if u.CID == "" {
		u.CID = "ami-" + digits(17, "ami", u.Name, u.Version, u.CPI)
		if !strings.HasSuffix(u.OS, "-fips") { // these are published as whole images alone
			u.CID += " light"
		}
	}
}

// users names the deployments whose plan refers to a stemcell.
func (f *Fleet) users(s Stemcell) []string {
	var names []string
	for _, d := range f.Deployments {
		if slices.Contains(d.Stemcells, s) {
			names = append(names, d.Name)
		}
	}
	slices.Sort(names)
	return names
}

// locked says whether a task is at work on the deployment.
func (f *Fleet) locked(deployment string) bool {
	return slices.ContainsFunc(f.Locks, func(l Lock) bool {
		return l.Type == "deployment" && slices.Contains(l.Resource, deployment)
	})
}

// find looks a deployment up; nil: there is none.
func (f *Fleet) find(name string) *Deployment {
	i := slices.IndexFunc(f.Deployments, func(d Deployment) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return &f.Deployments[i]
}

func (f *Fleet) uuid() string { return cmp.Or(f.UUID, uuid("director", f.Name)) }

func (i *Instance) id(deployment string) string {
	return cmp.Or(i.ID, uuid("instance", deployment, i.Job, fmt.Sprint(i.Index)))
}

func (i *Instance) state() string { return cmp.Or(i.State, "started") }

// expectsVM is the director's own idea of whether a VM is missing.
func (i *Instance) expectsVM() bool { return !i.Errand && i.state() != "detached" }

// A VM made anew gets new ids, which its time of creation stands for.
func (vm *VM) cid(instance string) string {
	return cmp.Or(vm.CID, "i-"+digits(17, "vm", instance, vm.Created.String()))
}

func (vm *VM) agent(instance string) string {
	return cmp.Or(vm.AgentID, uuid("agent", instance, vm.Created.String()))
}

// uuid makes an id that is the same for the same names.
func uuid(names ...string) string {
	d := digits(32, names...)
	return strings.Join([]string{d[:8], d[8:12], "4" + d[13:16], "8" + d[17:20], d[20:]}, "-")
}

// digits makes hexadecimal digits that are the same for the same names.
func digits(n int, names ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return hex.EncodeToString(sum[:])[:n]
}
