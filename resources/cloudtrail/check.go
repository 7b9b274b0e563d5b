package main

import (
	"context"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
	"github.com/cloud-gov/platform-checklist/internal/trail"
)

// check gives the known version, and behind it one with all that is new. Whatever it cannot read is an
// error, so that the next check looks there again.
func check(ctx context.Context, r *resource.Run[source, version, resource.None]) (versions []version, err error) {
	looks := r.Source.rhythm()
	span, err := looks.span(r.Version, time.Now())
	if err != nil {
		return nil, err
	}
	review := trail.NewReview(r.Source.policy(), ranges.Snapshot())
	if err := r.Source.scan(ctx, span, func(e trail.Event, _ []byte) { review.Add(e) }); err != nil {
		return nil, err
	}
	if r.Version != nil {
		versions = append(versions, *r.Version)
	}
	if next := looks.advance(r.Version, anomalies(review, span), span); next != nil {
		if next.unlisted() > 0 {
			r.Log.Printf("%d anomalies are too many for a version: it lists the newest %d", next.Count, len(next.Events))
		}
		versions = append(versions, *next)
	}
	return versions, nil
}

// anomalies are what a review found. One whose record has no time, or one outside of what was looked at, counts
// as of the end: it must be known for as long as it may be seen.
func anomalies(review *trail.Review, span lookup.Span) ledger {
	all := map[key]uint32{}
	for _, f := range findings(review) {
		happened := f.Since
		if happened.Before(span.Start) || happened.After(span.End) {
			happened = span.End
		}
		all[keyOf(f.Subject)] = uint32(happened.Unix())
	}
	return newLedger(all)
}

// findings are those about events: as of their publication AWS's ranges are not old, which would be one more.
func findings(review *trail.Review) []report.Finding {
	return review.Findings(ranges.Snapshot().Created)
}
