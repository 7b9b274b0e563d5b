package bosh

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// Deployment is a row of the listing: what its last plan referred to.
type Deployment struct {
	Name      string      `json:"name"`
	Teams     []string    `json:"teams"`
	Releases  []Reference `json:"releases"`
	Stemcells []Reference `json:"stemcells"`
	Locked    bool        `json:"locked"` // false also from directors before August 2019: see Locks
}

// Reference is a name and a version.
type Reference struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Deployments lists what this client may see, which may be less than there is.
func (d *Director) Deployments(ctx context.Context) (list []Deployment, err error) {
	if err := d.get(ctx, "/deployments?exclude_configs=true", &list); err != nil {
		return nil, named("list deployments", err)
	}
	if slices.ContainsFunc(list, func(d Deployment) bool { return d.Name == "" }) {
		return nil, &trouble{errors.New("list deployments: the answer has one without a name"), strange}
	}
	return list, nil
}

// Stemcell is an uploaded stemcell, with all deployments that refer to it.
type Stemcell struct {
	Name        string `json:"name"`
	OS          string `json:"operating_system"`
	Version     string `json:"version"`
	Deployments []struct {
		Name string `json:"name"`
	} `json:"deployments"`
}

// Stemcells lists what is uploaded, a row for each CPI.
func (d *Director) Stemcells(ctx context.Context) (list []Stemcell, err error) {
	if err := d.get(ctx, "/stemcells", &list); err != nil {
		return nil, named("list stemcells", err)
	}
	if slices.ContainsFunc(list, func(s Stemcell) bool { return s.Name == "" || s.Version == "" }) {
		return nil, &trouble{errors.New("list stemcells: the answer has one without name or version"), strange}
	}
	return list, nil
}

// Locks names the deployments that a running deploy holds.
func (d *Director) Locks(ctx context.Context) (deployments []string, err error) {
	var locks []struct {
		Type     string   `json:"type"`
		Resource []string `json:"resource"`
	}
	if err := d.get(ctx, "/locks", &locks); err != nil {
		return nil, named("list locks", err)
	}
	for _, l := range locks {
		if l.Type == "deployment" {
			deployments = append(deployments, l.Resource...)
		}
	}
	return deployments, nil
}

// OrphanedVM is a VM that the director gave up and has not deleted yet.
type OrphanedVM struct {
	CID        string `json:"cid"`
	Deployment string `json:"deployment_name"`
	Instance   string `json:"instance_name"`
	Orphaned   string `json:"orphaned_at"` // 2026-08-20 01:02:03 UTC
}

// At is when it was given up.
func (o OrphanedVM) At() (time.Time, error) { return time.Parse("2006-01-02 15:04:05 MST", o.Orphaned) }

// OrphanedVMs needs bosh.admin; with less it is Denied.
func (d *Director) OrphanedVMs(ctx context.Context) (list []OrphanedVM, err error) {
	err = d.get(ctx, "/orphaned_vms", &list)
	return list, named("list orphaned VMs", err)
}

// LastError is how the last change of a deployment ended, empty when it went well or left no event.
func (d *Director) LastError(ctx context.Context, deployment string) (string, error) {
	var events []struct {
		Action string `json:"action"`
		Error  string `json:"error"`
	}
	query := url.Values{"deployment": {deployment}, "object_type": {"deployment"}}
	if err := d.get(ctx, "/events?"+query.Encode(), &events); err != nil {
		return "", named("list events of "+deployment, err)
	}
	for _, e := range events { // newest first
		if e.Action == "create" || e.Action == "update" {
			return e.Error, nil
		}
	}
	return "", nil
}

func named(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
