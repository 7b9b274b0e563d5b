package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

type put = resource.Run[source, version, params]

// out keeps a report. report.md comes first: what check lists is whole.
func out(ctx context.Context, r *put) (version, resource.Metadata, error) {
	b, err := r.Source.open(ctx)
	if err != nil {
		return version{}, nil, err
	}
	kept, err := b.report(ctx, r)
	if err != nil {
		return version{}, nil, err
	}
	key, facts := b.key(kept, r.Build.ID), facts(kept)
	var words, body bytes.Buffer
	if err := render.Markdown(&words, kept); err != nil {
		return version{}, nil, err
	}
	if err := kept.Encode(&body); err != nil {
		return version{}, nil, err
	}
	if err := b.write(ctx, beside(key, "report.md"), "text/markdown; charset=utf-8", words.Bytes(), facts); err != nil {
		return version{}, nil, err
	}
	if err := b.write(ctx, key, "application/json", body.Bytes(), facts); err != nil {
		return version{}, nil, err
	}
	r.Log.Printf("kept %s: %s", b.place(key), render.Headline(kept))
	return version{key}, shown(kept, b.place(key)), nil
}

// report is the one that the task left. Where it left none, one that says so: a day without a
// report would look like a day without a build.
func (b bucket) report(ctx context.Context, r *put) (*report.Report, error) {
	left, err := r.Report(r.Params.Report)
	if err != nil {
		r.Log.Printf("no report: %v", err)
		return b.unknown(ctx, r, err)
	}
	if left.Check != b.Check || left.Scope != b.Scope {
		return nil, fmt.Errorf("the report is of check %q in scope %q, source of %q in %q: correct the one that is wrong",
			left.Check, left.Scope, b.Check, b.Scope)
	}
	return left, nil
}

// unknown is a report of a build that left none. It takes over from the latest what is hidden now,
// so that a finding keeps its date.
func (b bucket) unknown(ctx context.Context, r *put, reason error) (*report.Report, error) {
	now := time.Now().UTC().Truncate(time.Second)
	u := &report.Report{Check: b.Check, Title: b.Check, Scope: b.Scope, Tool: "evidence", Started: now, Finished: now}
	u.Miss("report", reason.Error(), strings.TrimSpace("Read the build's log. "+r.Build.Link))
	keys, err := b.reports(ctx, "")
	if err != nil || len(keys) == 0 {
		return u, err
	}
	body, err := b.read(ctx, keys[len(keys)-1])
	if err != nil {
		return nil, err
	}
	if latest, err := report.Decode(bytes.NewReader(body)); err == nil {
		u.Title, u.Runbook = latest.Title, latest.Runbook
		u.Compare(latest)
	}
	return u, nil
}

// facts are the object's metadata: what can be seen of it without reading it.
func facts(r *report.Report) map[string]string {
	return map[string]string{
		"status": string(r.Status()), "findings": strconv.Itoa(len(r.Findings)), "gaps": strconv.Itoa(len(r.Gaps))}
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
