package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

// in gives a report back as report.json and report.md. Before the first there is none, and the
// folder stays empty, which a task takes for no previous report.
func in(ctx context.Context, r *resource.Run[source, version, resource.None]) (version, resource.Metadata, error) {
	key := r.Version.Key
	if key == none {
		return *r.Version, resource.Metadata{{Name: "report", Value: "none yet"}}, nil
	}
	store, err := r.Source.Open(ctx)
	if err != nil {
		return version{}, nil, err
	}
	if !store.Owns(r.Source.line(), key) {
		return version{}, nil, fmt.Errorf("version %q is no report of %s in scope %s", key, r.Source.Check, r.Source.Scope)
	}
	body, err := store.Read(ctx, key)
	if err != nil {
		return version{}, nil, err
	}
	kept, err := report.Decode(bytes.NewReader(body))
	if err != nil {
		return version{}, nil, fmt.Errorf("%s: %w", store.Name(key), err)
	}
	text, err := store.Read(ctx, evidence.Beside(key, words))
	if err != nil {
		return version{}, nil, err
	}
	for name, content := range map[string][]byte{evidence.File: body, words: text} {
		if err := os.WriteFile(filepath.Join(r.Folder, name), content, 0o644); err != nil {
			return version{}, nil, err
		}
	}
	return *r.Version, shown(kept, store.Name(key)), nil
}
