package main

import (
	"context"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/bosh"
)

// director reads what is deployed. known is false where nothing could be read.
func (r *reading) director(ctx context.Context) (known bool) {
	d, err := bosh.Open(ctx, r.Options())
	if err != nil {
		r.miss("director", err, bosh.Remedy(err))
		return false
	}
	listed, err := d.Deployments(ctx)
	if err != nil {
		r.miss("director", err, bosh.Remedy(err))
		return false
	}
	deployed, releases := advisory.Deployed{Director: d.Info.Version}, 0
	for _, l := range listed {
		deployed.Deployments = append(deployed.Deployments, advisory.Deployment{
			Name: l.Name, Releases: references(l.Releases), Stemcells: references(l.Stemcells),
		})
		releases += len(l.Releases)
	}
	r.keep(func() {
		r.facts.Deployed = deployed
		r.run.Examine("deployments", len(listed))
		r.run.Examine("releases in deployments", releases)
	})
	r.hidden(ctx, d, listed)
	return len(listed) > 0
}

// hidden tells whether the client sees less than there is.
func (r *reading) hidden(ctx context.Context, d *bosh.Director, listed []bosh.Deployment) {
	uploaded, err := d.Stemcells(ctx)
	if err != nil {
		r.miss("director", err, bosh.Remedy(err))
		return
	}
	r.keep(func() { r.run.Examine("uploaded stemcells", len(uploaded)) })
	if err := bosh.Hidden(listed, uploaded); err != nil {
		r.miss("hidden deployments", err, bosh.Remedy(err))
	}
}

func references(list []bosh.Reference) (all []advisory.Reference) {
	for _, r := range list {
		if a := advisory.Reference(r); !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}
