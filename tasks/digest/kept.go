package main

import (
	"context"
	"strconv"
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
	last, green := b.Finished(), b.Green()
	for _, key := range keys {
		r := digest.Report{}
		r.Started, r.Build = evidence.Told(key)
		switch {
		case last != nil && r.Build == strconv.Itoa(last.ID):
			whole, err := store.Report(ctx, key)
			if err != nil {
				return err
			}
			r.Status, b.Latest = whole.Status(), digest.Latest(r.Build, whole)
		case !green[r.Build]:
			if r.Status, err = store.Status(ctx, key); err != nil {
				return err
			}
		}
		b.Reports = append(b.Reports, r)
	}
	return nil
}
