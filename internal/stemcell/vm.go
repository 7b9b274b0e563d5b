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
		if _, err := ParseVersion(vm.Version); (err != nil || vm.Name == "") && !vm.Detached {
			vms = append(vms, vm)
		}
	}
	if len(vms) > 0 {
		j.find("stemcell-unknown", report.Warning, d.Name, some(vms, d.VMs, "runs", "run")+" a stemcell that the director cannot name",
			detail(list(vms)...), action("Recreate what is listed: bosh -d %s recreate INSTANCE.%s", d.Name, j.policy.notes(d.Name)))
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
			j.find(kind.rule, report.Info, d.Name, fmt.Sprintf(kind.summary, report.Number(len(vms), kind.what)),
				detail(list(vms)...), action(kind.action, d.Name))
		}
	}
}

// unread judges VMs of which only the creation could be read: one made before a stemcell was published cannot
// run it, whatever the deployment lists. Of several that it lists, the oldest proves most.
func (j *judge) unread(d Deployment) {
	lines := d.lines()
	if len(lines) != 1 {
		return // which VM is of which line nobody knows
	}
	v, err := ParseVersion(d.listed(lines[0])[0])
	listed, published := j.lines[lines[0]].find(v)
	if err != nil || !published || listed.Date.IsZero() {
		return
	}
	var older []VM
	for _, vm := range d.VMs {
		if !vm.Created.IsZero() && vm.Created.Before(listed.Date) {
			older = append(older, vm)
		}
	}
	if len(older) > 0 {
		j.find("vm-older-than-stemcell", report.High, d.Name+"/"+OS(lines[0]),
			fmt.Sprintf("%s made before %s %s was published, so cannot run it though the deployment lists nothing older",
				some(older, d.VMs, "was", "were"), OS(lines[0]), v),
			detail(append([]string{"published " + day(listed.Date)}, list(older)...)...),
			action("Look why deploys passed over them (bosh -d %s instances --details; an ignored VM?), then deploy again.%s", d.Name, j.policy.notes(d.Name)))
	}
}

// orphans are VMs that nobody updates any more. BOSH deletes them after some days by itself.
func (j *judge) orphans() {
	for _, o := range j.fleet.Orphans {
		severity := report.Info
		if j.now.Sub(o.Since) >= days(j.policy.GraceDays) {
			severity = report.Warning
		}
		j.find("vm-orphaned", severity, o.Deployment+"/"+o.CID,
			fmt.Sprintf("%s is orphaned since %s: it still runs, and nobody updates it", o.CID, day(o.Since)),
			detail(fmt.Sprintf("was %s of %s", o.Instance, o.Deployment)), action("Delete it: bosh delete-vm %s.", o.CID))
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return "an unknown day"
	}
	return t.UTC().Format(time.DateOnly)
}
