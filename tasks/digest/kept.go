package main

import (
	"context"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/digest"
	"github.com/cloud-gov/platform-checklist/internal/evidence"
)

// kept reads which reports a box left since a moment: all by their names, those of red builds by their status too, and that of
// the newest build whole.
func kept(ctx context.Context, store *evidence.Store, b *digest.Box, since time.Time) error {
	line := evidence.Line{Scope: b.Environment, Check: b.Line}
	keys, err := store.Reports(ctx, line, store.Since(line, since))
	if err != nil {
		return err
	}
	last := b.Finished()
	for _, key := range keys {
		r := digest.Report{}
		r.Started, r.Build = evidence.Told(key)
		build := b.Left(r)
		if build != nil && build == last {
			whole, err := store.Report(ctx, key)
			if err == nil && store.Key(whole, r.Build) != key {
				err = fmt.Errorf("%s is a report of %s in %q of %s: it is not of this place", store.Name(key), whole.Check, whole.Scope, whole.Started.Format(time.RFC3339))
			}
			if err != nil {
				return err
			}
			b.Read(r, whole)
			continue
		}
		if build == nil || build.Status != digest.Succeeded {
			if r.Status, err = store.Status(ctx, key); err != nil {
				return err
			}
		}
		b.Reports = append(b.Reports, r)
	}
	return nil
}
