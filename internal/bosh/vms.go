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
)

// VMs lists the VMs of a deployment with the stemcell that each runs. The director does it as a task
// of its own, asking every agent, so it may wait in a queue and take minutes.
func (d *Director) VMs(ctx context.Context, deployment string) ([]boshdir.VMInfo, error) {
	return d.full(ctx, of(deployment, "vms"))
}

// Detached lists the instances that were stopped with --hard. They have no VM, so VMs passes them over;
// only where the short list shows an instance without one is the director asked for a second task.
func (d *Director) Detached(ctx context.Context, deployment string) (detached []boshdir.VMInfo, err error) {
	var short []ShortVM
	if err := d.get(ctx, of(deployment, "instances"), &short); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(short, func(i ShortVM) bool { return i.CID == "" }) {
		return nil, nil
	}
	all, err := d.full(ctx, of(deployment, "instances"))
	return slices.DeleteFunc(all, func(i boshdir.VMInfo) bool { return i.State != "detached" }), err
}

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
	return parseVMs(body)
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
			return nil, fmt.Errorf("the list of VMs breaks off after %d: %w", len(vms), err)
		case vm.ID == "":
			return nil, fmt.Errorf("the list of VMs holds something else after %d", len(vms))
		}
		vm.VMCreatedAt, _ = time.Parse(time.RFC3339, vm.VMCreatedAtRaw) // older directors give none
		vms = append(vms, vm)
	}
}

// ShortVM is what the director knows of a VM without asking its agent.
type ShortVM struct {
	CID     string    `json:"cid"`
	Job     string    `json:"job"`
	ID      string    `json:"id"`
	Created time.Time `json:"vm_created_at"`
}

// ShortVMs lists the VMs at once, without their stemcells.
func (d *Director) ShortVMs(ctx context.Context, deployment string) (list []ShortVM, err error) {
	return list, d.get(ctx, of(deployment, "vms"), &list)
}
