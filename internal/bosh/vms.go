package bosh

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"time"

	boshdir "github.com/cloudfoundry/bosh-cli/v7/director"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Instance is what the director knows without asking an agent.
type Instance struct {
	Job     string    `json:"job"`
	ID      string    `json:"id"`
	CID     string    `json:"cid"`           // of its VM; empty when it has none, as an errand or after stop --hard
	Created time.Time `json:"vm_created_at"` // zero from older directors
}

// Instances lists the instances of a deployment at once, without their stemcells.
func (d *Director) Instances(ctx context.Context, deployment string) (list []Instance, err error) {
	err = d.get(ctx, of(deployment, "instances"), &list)
	return list, named("list instances of "+deployment, err)
}

// VMs lists the VMs of a deployment with the stemcell that each runs, and after them the instances
// that were stopped with --hard and have none. The director makes the list as a task, asking every agent, so it may
// wait in a queue and take minutes.
//
// instances are the control: a list without the VM of one of them is not whole.
func (d *Director) VMs(ctx context.Context, deployment string, instances []Instance) ([]boshdir.VMInfo, error) {
	vms, err := d.full(ctx, of(deployment, "vms"))
	if err != nil {
		return nil, named("list VMs of "+deployment, err)
	}
	for _, i := range instances {
		if i.CID != "" && !slices.ContainsFunc(vms, func(vm boshdir.VMInfo) bool { return vm.ID == i.ID }) {
			return nil, &trouble{fmt.Errorf("list VMs of %s: the list lacks %s/%s, which has one", deployment, i.Job, i.ID), changed}
		}
	}
	if !slices.ContainsFunc(instances, func(i Instance) bool { return i.CID == "" }) {
		return vms, nil
	}
	all, err := d.full(ctx, of(deployment, "instances"))
	if err != nil {
		return nil, named("list instances of "+deployment, err)
	}
	for _, i := range all {
		if Detached(i) {
			vms = append(vms, i)
		}
	}
	return vms, nil
}

// Detached tells whether an instance was stopped with --hard and its VM is gone.
func Detached(i boshdir.VMInfo) bool { return i.State == "detached" && i.VMID == "" }

func of(deployment, what string) string {
	return "/deployments/" + url.PathEscape(deployment) + "/" + what
}

func (d *Director) full(ctx context.Context, path string) ([]boshdir.VMInfo, error) {
	var t task
	if err := d.get(ctx, path+"?format=full", &t); err != nil {
		return nil, err
	}
	if err := d.finish(ctx, &t); err != nil {
		return nil, err
	}
	body, err := d.read(ctx, fmt.Sprintf("/tasks/%d/output?type=result", t.ID))
	if err != nil {
		return nil, err
	}
	vms, err := parseVMs(body)
	if err != nil {
		return nil, &trouble{fmt.Errorf("read what task %d listed: %w", t.ID, err), strange}
	}
	return vms, nil
}

// parseVMs reads one JSON value a line.
func parseVMs(body []byte) (vms []boshdir.VMInfo, err error) {
	lines := json.NewDecoder(bytes.NewReader(body))
	for {
		var vm boshdir.VMInfo
		switch err := lines.Decode(&vm); {
		case errors.Is(err, io.EOF):
			return vms, nil
		case err != nil:
			return nil, fmt.Errorf("the list breaks off after %d: %w", len(vms), report.Misread(err))
		case vm.ID == "":
			return nil, fmt.Errorf("the list holds something else after %d", len(vms))
		}
		vm.VMCreatedAt, _ = time.Parse(time.RFC3339, vm.VMCreatedAtRaw) // older directors give none
		vms = append(vms, vm)
	}
}
