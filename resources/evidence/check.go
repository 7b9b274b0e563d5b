package main

import (
	"context"

	"github.com/cloud-gov/platform-checklist/internal/resource"
)

// check lists the reports from the one that Concourse knows on, the oldest first. A job wants the
// latest as its previous, so at first, and where the known one is gone, that one is all.
func check(ctx context.Context, r *resource.Run[source, version, resource.None]) ([]version, error) {
	b, err := r.Source.open(ctx)
	if err != nil {
		return nil, err
	}
	if known := r.Version; known != nil && b.owns(known.Key) {
		keys, err := b.reports(ctx, folder(known.Key))
		if err != nil || len(keys) > 0 {
			return versions(keys), err
		}
		r.Log.Printf("%s is not there any more, nor anything newer", b.place(known.Key))
	}
	keys, err := b.reports(ctx, "")
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
