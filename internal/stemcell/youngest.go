package stemcell

import (
	"fmt"
	"time"
)

// Youngest tells what of a fleet came to be last, and when: the making of a VM, or the publication of a stemcell that
// somebody runs. A moment before it cannot be judged by this fleet.
func Youngest(f Fleet, lines map[string]Line) (what string, at time.Time) {
	take := func(when time.Time, told string, values ...any) {
		if when.After(at) {
			what, at = fmt.Sprintf(told, values...)+" "+when.UTC().Format(time.RFC3339), when
		}
	}
	for _, o := range f.Orphans {
		take(o.Since, "%s is orphaned since", o.CID)
	}
	for _, d := range f.Deployments {
		for _, vm := range d.VMs {
			take(vm.Created, "%s of %s was made", vm.Instance, d.Name)
		}
	}
	for _, s := range inUse(f) {
		v, err := ParseVersion(s.Version)
		if published, known := lines[s.Name].find(v); err == nil && known {
			take(published.Date, "%s %s, which is in use, was published", OS(s.Name), v)
		}
	}
	return what, at
}

// inUse are the stemcells that VMs run, and those that deployments with unread VMs list.
func inUse(f Fleet) (all []Reference) {
	all = append(all, Reference{f.directorLine(), f.Director.Version})
	for _, d := range f.Deployments {
		if d.Unread {
			all = append(all, d.Stemcells...)
		}
		for _, vm := range d.VMs {
			all = append(all, Reference{vm.Name, vm.Version})
		}
	}
	return all
}
