package main

import (
	"context"

	"github.com/cloud-gov/platform-checklist/internal/resource"
)

// check lists what is published from the known version on.
func check(ctx context.Context, r *resource.Run[source, version, resource.None]) (versions []version, err error) {
	list, err := r.Source.client().List(ctx, r.Source.Name)
	if err != nil {
		return nil, err
	}
	all, err := r.Source.offers(list, r.Log)
	if err != nil {
		return nil, err
	}
	if all, err = r.Source.wanted(all); err != nil {
		return nil, err
	}
	for _, o := range since(all, r.Version, r.Log) {
		versions = append(versions, version{o.version.String()})
	}
	return versions, nil
}
