package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

type put = resource.Run[source, version, params]

// words is the report as people read it.
const words = "report.md"

// out keeps a report. It comes last, after what lies beside it: what check lists is whole.
func out(ctx context.Context, r *put) (version, resource.Metadata, error) {
	store, err := r.Source.Open(ctx)
	if err != nil {
		return version{}, nil, err
	}
	kept, err := left(ctx, store, r)
	if err != nil {
		return version{}, nil, err
	}
	key := store.Key(kept, r.Build.ID)
	var text bytes.Buffer
	if err := render.Markdown(&text, kept); err != nil {
		return version{}, nil, err
	}
	if err := store.Write(ctx, evidence.Beside(key, words), kinds[".md"], text.Bytes(), evidence.Facts(kept)); err != nil {
		return version{}, nil, err
	}
	names, err := keepBeside(ctx, store, r, key, kept)
	if err != nil {
		return version{}, nil, err
	}
	if err := store.Keep(ctx, key, kept); err != nil {
		return version{}, nil, err
	}
	r.Log.Printf("kept %s: %s", store.Name(key), render.Headline(kept))
	metadata := shown(kept, store.Name(key))
	for _, name := range names {
		metadata = append(metadata, resource.Field{Name: name, Value: store.Name(evidence.Beside(key, name))})
	}
	return version{key}, metadata, nil
}

// left is the report that the task left. Where it left none, one that says so: a day without a
// report would look like a day without a build.
func left(ctx context.Context, store *evidence.Store, r *put) (*report.Report, error) {
	left, err := r.Report(r.Params.Report)
	if err != nil {
		r.Log.Printf("no report: %v", err)
		return unknown(ctx, store, r, err)
	}
	if left.Check != r.Source.Check || left.Scope != r.Source.Scope {
		return nil, fmt.Errorf("the report is of check %q in scope %q, source of %q in %q: correct the one that is wrong",
			left.Check, left.Scope, r.Source.Check, r.Source.Scope)
	}
	return left, nil
}

// unknown is a report of a build that left none. It takes over from the latest what is hidden now,
// so that a finding keeps its date.
func unknown(ctx context.Context, store *evidence.Store, r *put, reason error) (*report.Report, error) {
	now := time.Now().UTC().Truncate(time.Second)
	u := &report.Report{Check: r.Source.Check, Title: r.Source.Check, Scope: r.Source.Scope, Tool: "evidence", Started: now, Finished: now}
	u.Miss("report", reason.Error(), strings.TrimSpace("Read the build's log. "+r.Build.Link))
	keys, err := store.Reports(ctx, r.Source.line(), "")
	if err != nil || len(keys) == 0 {
		return u, err
	}
	body, err := store.Read(ctx, keys[len(keys)-1])
	if err != nil {
		return nil, err
	}
	if latest, err := report.Decode(bytes.NewReader(body)); err == nil { // what is broken there must not stop what is kept here
		u.Title, u.Runbook = latest.Title, latest.Runbook
		u.Compare(latest)
	}
	return u, nil
}

// shown is on the build's page. It names no subject: metadata is for everybody.
func shown(r *report.Report, place string) resource.Metadata {
	return resource.Metadata{
		{Name: "status", Value: string(r.Status())},
		{Name: "findings", Value: strconv.Itoa(len(r.Findings))},
		{Name: "gaps", Value: strconv.Itoa(len(r.Gaps))},
		{Name: "started", Value: r.Started.Format(time.RFC3339)},
		{Name: "kept", Value: place},
	}
}
