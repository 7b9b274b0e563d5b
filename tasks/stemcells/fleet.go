package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// fleet is being read from a director.
type fleet struct {
	*check
	run      *task.Run
	director *bosh.Director
	listed   []bosh.Deployment
	judged   stemcell.Fleet

	lock     sync.Mutex // of run and what is below, while deployments are read in parallel
	verified int        // VMs of which the stemcell was read
	left     []string   // deployments for which no time was left
}

// read lists the director's deployments and then each one's VMs. It fails where nothing can be
// said without the answer; what only narrows the view is a gap.
func (f *fleet) read(ctx context.Context) (err error) {
	info := f.director.Info
	f.judged.Scope = f.run.Scope
	f.judged.Director = stemcell.Director{Name: info.Name, OS: info.StemcellOS, Version: info.StemcellVersion}
	if f.listed, err = f.director.Deployments(ctx); err != nil {
		return err
	}
	uploaded, err := f.director.Stemcells(ctx)
	if err != nil {
		return err
	}
	f.judged.Uploaded = uploads(uploaded)
	locked := f.locks(ctx)
	f.orphans(ctx)
	for _, d := range f.listed {
		f.judged.Deployments = append(f.judged.Deployments, stemcell.Deployment{
			Name: d.Name, Stemcells: references(d.Stemcells), Locked: d.Locked || slices.Contains(locked, d.Name), Unread: true,
		})
	}
	f.vms(ctx)
	if err := bosh.Hidden(f.listed, uploaded); err != nil {
		f.miss("hidden deployments", err.Error(), bosh.Remedy(err))
	}
	f.run.Examine("deployments", len(f.listed))
	f.run.Examine("VMs", f.verified)
	f.run.Examine("uploaded stemcells", len(uploaded))
	return nil
}

// vms lists the instances of every deployment, which costs little, and then its VMs, for which the director may
// need longer than there is time.
func (f *fleet) vms(ctx context.Context) {
	instances := make([][]bosh.Instance, len(f.listed))
	failed := make([]error, len(f.listed))
	f.each(len(f.listed), func(i int) {
		instances[i], failed[i] = f.director.Instances(ctx, f.listed[i].Name)
		f.judged.Deployments[i].VMs = created(instances[i])
	})
	f.each(len(f.listed), func(i int) {
		if failed[i] == nil {
			failed[i] = f.running(ctx, &f.judged.Deployments[i], instances[i])
		}
		switch name := f.listed[i].Name; {
		case failed[i] == nil:
		case ctx.Err() != nil:
			f.lock.Lock()
			f.left = append(f.left, name)
			f.lock.Unlock()
		default:
			f.miss(name, failed[i].Error(), bosh.Remedy(failed[i]))
		}
	})
	if len(f.left) > 0 {
		slices.Sort(f.left)
		f.miss("VMs", fmt.Sprintf("those of %d of %d deployments were not read, %s: %s", len(f.left), len(f.listed), context.Cause(ctx), strings.Join(f.left, ", ")),
			"Run it again when the director is less busy, or raise TIMEOUT.")
	}
}

// running reads what the VMs of a deployment run, and how its last deploy ended if it looks unfinished.
func (f *fleet) running(ctx context.Context, d *stemcell.Deployment, instances []bosh.Instance) error {
	vms, err := f.director.VMs(ctx, d.Name, instances)
	if err != nil {
		return err
	}
	d.Unread, d.VMs = false, nil
	verified := 0
	for _, vm := range vms {
		d.VMs = append(d.VMs, seen(vm))
		if !bosh.Detached(vm) {
			verified++
		}
	}
	f.lock.Lock()
	f.verified += verified
	f.lock.Unlock()
	if len(d.Stemcells) > 1 && !d.Locked {
		d.LastError, err = f.director.LastError(ctx, d.Name)
	}
	return err
}

// created is what instances alone tell of VMs: when each was made.
func created(instances []bosh.Instance) (vms []stemcell.VM) {
	for _, i := range instances {
		if i.CID != "" {
			vms = append(vms, stemcell.VM{Instance: i.Job + "/" + i.ID, CID: i.CID, Created: i.Created})
		}
	}
	return vms
}

func seen(vm boshdir.VMInfo) stemcell.VM {
	return stemcell.VM{
		Instance: vm.JobName + "/" + vm.ID, CID: vm.VMID,
		Name: vm.Stemcell.Name, Version: vm.Stemcell.Version, Created: vm.VMCreatedAt,
		Ignored: vm.Ignore, Detached: bosh.Detached(vm), Silent: strings.Contains(vm.ProcessState, "unresponsive"),
		Inactive: vm.Active != nil && !*vm.Active,
	}
}

// locks names deployments that are being deployed; older directors say so only here.
func (f *fleet) locks(ctx context.Context) []string {
	locked, err := f.director.Locks(ctx)
	if err != nil {
		f.miss("locks", err.Error()+" (without them a running deploy looks like one that stopped half-way)", bosh.Remedy(err))
	}
	return locked
}

func (f *fleet) orphans(ctx context.Context) {
	orphans, err := f.director.OrphanedVMs(ctx)
	switch {
	case bosh.Denied(err):
		f.run.LeaveOut("orphaned VMs", "this client may not list them (that needs bosh.admin; bosh.read is recommended)")
	case err != nil:
		f.miss("orphaned VMs", err.Error(), bosh.Remedy(err))
	default:
		f.run.See("orphaned VMs", len(orphans))
	}
	for _, o := range orphans {
		since, _ := o.At() // zero, which is judged as long ago
		f.judged.Orphans = append(f.judged.Orphans, stemcell.Orphan{CID: o.CID, Deployment: o.Deployment, Instance: o.Instance, Since: since})
	}
}

func (f *fleet) miss(subject, reason, action string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.run.Miss(f.run.Scope+"/"+subject, reason, action)
}

func references(list []bosh.Reference) (all []stemcell.Reference) {
	for _, r := range list {
		if s := stemcell.Reference(r); !slices.Contains(all, s) { // one row a CPI
			all = append(all, s)
		}
	}
	return all
}

func uploads(list []bosh.Stemcell) (all []stemcell.Uploaded) {
	for _, s := range list {
		all = append(all, stemcell.Uploaded{Name: s.Name, OS: s.OS, Version: s.Version})
	}
	return all
}
