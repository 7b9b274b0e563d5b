package main

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

type get = resource.Run[source, version, resource.None]

// in reads a version's anomalies again and writes them down. What it writes depends on source and version
// alone: what else happened in the same time is of other versions.
func in(ctx context.Context, r *get) (version, resource.Metadata, error) {
	b := &batch{version: *r.Version, source: r.Source, listed: r.Version.Events.keys(), records: map[string][]byte{}}
	b.review = trail.NewReview(r.Source.policy(), ranges.Snapshot())
	if len(b.listed) > 0 { // a heartbeat has nothing to read
		if err := b.expired(time.Now()); err != nil {
			return version{}, nil, err
		}
		if err := r.Source.scan(ctx, lookup.Span{Start: b.Since.Time, End: b.Through.Time}, b.take); err != nil {
			return version{}, nil, err
		}
	}
	b.findings = findings(b.review)
	if missing := len(b.listed) - len(b.findings); missing > 0 {
		return version{}, nil, fmt.Errorf("CloudTrail does not list %d of this version's %d anomalies now: get it again, and look whether source is that of the version",
			missing, len(b.listed))
	}
	return *r.Version, b.metadata(), b.write(r.Folder)
}

// batch is the anomalies of one version.
type batch struct {
	version
	source   source
	review   *trail.Review
	listed   map[key]uint32
	findings []report.Finding

	mu      sync.Mutex
	records map[string][]byte // by subject
}

// take keeps an event of the batch. CloudTrail may list one twice; of two records one stays, whichever came first.
func (b *batch) take(e trail.Event, record []byte) {
	subject := e.Subject()
	if _, is := b.listed[keyOf(subject)]; !is {
		return
	}
	b.review.Add(e)
	b.mu.Lock()
	defer b.mu.Unlock()
	if before, again := b.records[subject]; !again || bytes.Compare(record, before) < 0 {
		b.records[subject] = record
	}
}

// expired says why a version cannot be had any more.
func (b *batch) expired(now time.Time) error {
	oldest := time.Unix(int64(b.Events[0].at), 0).UTC()
	if oldest.After(now.Add(-trail.History)) {
		return nil
	}
	return fmt.Errorf("the version's oldest anomaly is of %s and has expired, the event history keeps 90 days: read the log files of its time with tasks/cloudtrail",
		oldest.Format(layout))
}
