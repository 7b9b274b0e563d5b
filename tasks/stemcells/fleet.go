package main

import (
	"context"
	"slices"
	"strings"
	"sync"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"
	"golang.org/x/sync/errgroup"

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
	uploaded []bosh.Stemcell
	judged   stemcell.Fleet

	lock     sync.Mutex // of run and verified, while deployments are read in parallel
	verified int        // VMs of which the stemcell was read
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
	if f.uploaded, err = f.director.Stemcells(ctx); err != nil {
		return err
	}
	f.judged.Uploaded = uploads(f.uploaded)
	locked := f.locks(ctx)
	f.orphans(ctx)

	f.judged.Deployments = make([]stemcell.Deployment, len(f.listed))
	var group errgroup.Group
	group.SetLimit(f.Concurrency)
	for i, d := range f.listed {
		group.Go(func() error {
			f.judged.Deployments[i] = f.deployment(ctx, d, slices.Contains(locked, d.Name))
			return nil
		})
	}
	_ = group.Wait()
	f.hidden()
	f.run.Examine("deployments", len(f.listed))
	f.run.Examine("VMs", f.verified)
	return nil
}

func (f *fleet) deployment(ctx context.Context, d bosh.Deployment, locked bool) stemcell.Deployment {
	judged := stemcell.Deployment{Name: d.Name, Locked: d.Locked || locked, Stemcells: references(d.Stemcells)}
	vms, err := f.director.VMs(ctx, d.Name)
	if err != nil {
		f.miss(d.Name, "its VMs were not verified: "+err.Error(), "Run it again when the director is less busy, or raise the timeout that it names.")
		judged.VMs = f.short(ctx, d.Name)
		return judged
	}
	for _, vm := range vms {
		judged.VMs = append(judged.VMs, seen(vm))
	}
	detached, err := f.director.Detached(ctx, d.Name)
	if err != nil {
		f.miss(d.Name, "its detached instances were not listed: "+err.Error(), "")
	}
	for _, vm := range detached {
		judged.VMs = append(judged.VMs, seen(vm))
	}
	f.lock.Lock()
	f.verified += len(vms)
	f.lock.Unlock()
	if len(judged.Stemcells) > 1 && !judged.Locked {
		if judged.LastError, err = f.director.LastError(ctx, d.Name); err != nil {
			f.miss(d.Name, err.Error(), "")
		}
	}
	return judged
}

// short is the proof that is left when VMs cannot be listed whole: when each was made.
func (f *fleet) short(ctx context.Context, deployment string) (vms []stemcell.VM) {
	list, err := f.director.ShortVMs(ctx, deployment)
	if err != nil {
		f.miss(deployment, "nor could they be listed without their stemcells: "+err.Error(), "")
		return nil
	}
	for _, vm := range list {
		vms = append(vms, stemcell.VM{Instance: vm.Job + "/" + vm.ID, CID: vm.CID, Created: vm.Created, Unread: true})
	}
	return vms
}

func seen(vm boshdir.VMInfo) stemcell.VM {
	return stemcell.VM{
		Instance: vm.JobName + "/" + vm.ID, CID: vm.VMID,
		Name: vm.Stemcell.Name, Version: vm.Stemcell.Version, Created: vm.VMCreatedAt,
		Ignored: vm.Ignore, Detached: vm.State == "detached", Silent: strings.Contains(vm.ProcessState, "unresponsive"),
	}
}

// locks names deployments that are being deployed; older directors say so only here.
func (f *fleet) locks(ctx context.Context) []string {
	locked, err := f.director.Locks(ctx)
	if err != nil {
		f.miss("locks", err.Error(), "Without them a running deploy looks like one that stopped half-way.")
	}
	return locked
}

func (f *fleet) orphans(ctx context.Context) {
	orphans, err := f.director.OrphanedVMs(ctx)
	switch {
	case bosh.Denied(err):
		f.run.LeaveOut("orphaned VMs", "this client may not list them (that needs bosh.admin; bosh.read is recommended)")
	case err != nil:
		f.miss("orphaned VMs", err.Error(), "")
	default:
		f.run.See("orphaned VMs", len(orphans))
	}
	for _, o := range orphans {
		since, err := o.At()
		if err != nil {
			f.miss("orphaned VMs", err.Error(), "")
		}
		f.judged.Orphans = append(f.judged.Orphans, stemcell.Orphan{CID: o.CID, Deployment: o.Deployment, Instance: o.Instance, Since: since})
	}
}

func (f *fleet) hidden() {
	if hidden := f.judged.Hidden(); len(hidden) > 0 {
		f.miss("hidden deployments", "this client does not see "+strings.Join(hidden, ", ")+", which uploaded stemcells name",
			"Give the client bosh.read: with the rights of a team it sees that team's deployments only.")
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
		u := stemcell.Uploaded{Name: s.Name, OS: s.OS, Version: s.Version}
		for _, d := range s.Deployments {
			u.Deployments = append(u.Deployments, d.Name)
		}
		all = append(all, u)
	}
	return all
}
