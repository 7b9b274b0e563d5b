package stemcell

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// unknown names VMs whose stemcell the director does not know, or not by a version: such a VM is
// not known to be current.
func (j *judge) unknown(d Deployment) {
	var vms []VM
	for _, vm := range d.VMs {
		if _, err := ParseVersion(vm.Version); err != nil && !vm.Unread && !vm.Detached {
			vms = append(vms, vm)
		}
	}
	if len(vms) > 0 {
		j.find("stemcell-unknown", report.Warning, d.Name, some(vms, d.VMs)+" a stemcell that the director cannot name",
			detail("%s", list(vms)), action("Recreate it: bosh -d %s recreate INSTANCE.%s", d.Name, j.policy.notes(d.Name)))
	}
}

// odd names VMs that no deploy will bring forward as they are. Whether they are behind is judged elsewhere.
func (j *judge) odd(d Deployment) {
	for _, kind := range []struct {
		rule, what, summary, action string
		is                          func(VM) bool
	}{
		{"vm-ignored", "VM", "ignored: deploys pass over %s", "Find out why, and run bosh -d %s unignore INSTANCE when it is over.",
			func(vm VM) bool { return vm.Ignored }},
		{"vm-detached", "instance", "stopped hard: %s, coming back with the deployment's stemcell when it is started", "Start it when it is wanted: bosh -d %s start INSTANCE.",
			func(vm VM) bool { return vm.Detached }},
		{"vm-unresponsive", "VM", "the agent does not answer on %s, so no deploy can bring it forward", "Look at it with bosh -d %s cloud-check.",
			func(vm VM) bool { return vm.Silent }},
	} {
		var vms []VM
		for _, vm := range d.VMs {
			if kind.is(vm) {
				vms = append(vms, vm)
			}
		}
		if len(vms) > 0 {
			j.find(kind.rule, report.Info, d.Name, fmt.Sprintf(kind.summary, number(len(vms), kind.what)),
				detail("%s", list(vms)), action(kind.action, d.Name))
		}
	}
}

// unread judges VMs of which only the creation could be read: one made before a stemcell was
// published cannot run it, whatever the deployment lists.
func (j *judge) unread(d Deployment) {
	for _, s := range d.Stemcells {
		line, published := j.lines[s.Name]
		v, err := ParseVersion(s.Version)
		if !published || err != nil {
			continue
		}
		listed, found := line.find(v)
		if !found || listed.Date.IsZero() || len(linesListed(d)) > 1 {
			continue
		}
		var older []VM
		for _, vm := range d.VMs {
			if vm.Unread && !vm.Created.IsZero() && vm.Created.Before(listed.Date) {
				older = append(older, vm)
			}
		}
		if len(older) > 0 {
			j.find("vm-older-than-stemcell", report.High, d.Name+"/"+OS(s.Name),
				fmt.Sprintf("%s made before %s %s was published, so not running it though the deployment lists it", were(older, d.VMs), OS(s.Name), v),
				detail("published %s\n%s", listed.Date.Format(time.DateOnly), list(older)),
				action("Look why deploys passed over them (bosh -d %s vms --vitals; an ignored VM?), then deploy again.%s", d.Name, j.policy.notes(d.Name)))
		}
	}
}

func linesListed(d Deployment) map[string]bool {
	names := map[string]bool{}
	for _, s := range d.Stemcells {
		names[s.Name] = true
	}
	return names
}

// orphans are VMs that nobody updates any more. BOSH deletes them after some days by itself.
func (j *judge) orphans() {
	for _, o := range j.fleet.Orphans {
		severity := report.Info
		if j.now.Sub(o.Since) >= days(j.policy.GraceDays) {
			severity = report.Warning
		}
		j.find("vm-orphaned", severity, o.Deployment+"/"+o.CID,
			fmt.Sprintf("%s is orphaned since %s: it still runs, and nobody updates it", o.CID, o.Since.Format(time.DateOnly)),
			detail("was %s of %s", o.Instance, o.Deployment), action("Delete it: bosh delete-vm %s.", o.CID))
	}
}
