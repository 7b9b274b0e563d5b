package main

import (
	"context"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

// check lists the reports from the one that Concourse knows on, the oldest first. A job wants the
// latest as its previous, so at first, and where the known one is gone, that one is all.
func check(ctx context.Context, r *resource.Run[source, version, resource.None]) ([]version, error) {
	store, err := r.Source.Open(ctx)
	if err != nil {
		return nil, err
	}
	if known := r.Version; known != nil && store.Owns(r.Source.line(), known.Key) {
		keys, err := store.Reports(ctx, r.Source.line(), evidence.Before(known.Key))
		if err != nil || len(keys) > 0 {
			return versions(keys), err
		}
		r.Log.Printf("%s is not there any more, nor anything newer", store.Name(known.Key))
	}
	keys, err := store.Reports(ctx, r.Source.line(), "")
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return []version{{none}}, nil
	}
	return versions(keys[len(keys)-1:]), nil
}

func versions(keys []string) (all []version) {
	for _, key := range keys {
		all = append(all, version{key})
	}
	return all
}
