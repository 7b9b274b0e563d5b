package main

import (
	"context"
	"strconv"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

type put = resource.Run[source, version, params]

func out(ctx context.Context, r *put) (version, resource.Metadata, error) {
	post := compose(r)
	if post.Status() == "FIXED" && !changed(r, post.Report) {
		r.Log.Print("clean as before: nothing is posted")
		return version{nothing}, resource.Metadata{{Name: "status", Value: "CLEAN"}, {Name: "posted", Value: "nothing, clean as before"}}, nil
	}
	posted, err := r.Source.post(ctx, render.Slack(post))
	if err != nil {
		return version{}, nil, err
	}
	r.Log.Printf("posted: %s", post.Status())
	shown := resource.Metadata{{Name: "status", Value: post.Status()}, {Name: "posted", Value: posted}}
	if post.Report != nil {
		shown = append(shown, resource.Field{Name: "findings", Value: strconv.Itoa(len(post.Report.Findings))})
	}
	return version{posted}, shown, nil
}

// compose gathers what the message tells. Whatever is missing, there is a message.
func compose(r *put) render.Post {
	post := render.Post{
		Alert: r.Params.Alert, Text: r.Params.Text, Detail: r.Source.Detail,
		Build: render.Build{Name: r.Build.Name, Link: r.Build.Link},
	}
	if post.Alert == "" {
		post.Alert = ofBuild[r.Build.Status]
	}
	if r.Params.Report == "" {
		return post
	}
	var err error
	if post.Report, err = r.Report(r.Params.Report); err != nil {
		post.Missing = err.Error()
		r.Log.Printf("no report: %v", err)
	}
	return post
}

// ofBuild is what Concourse from 8.2 on says in a hook by itself.
var ofBuild = map[string]render.Alert{"failed": render.Failed, "errored": render.Errored, "aborted": render.Aborted}

// changed tells whether a clean report is news: the one before was not clean, or something that
// was wrong is gone. Every green build calls its hook; only the first after a red one is news.
func changed(r *put, now *report.Report) bool {
	for _, f := range now.Gone {
		if f.Severity >= report.Warning {
			return true
		}
	}
	if r.Params.Previous == "" {
		return false
	}
	before, err := r.Report(r.Params.Previous)
	if err != nil {
		r.Log.Printf("no report before: %v", err)
		return false
	}
	return before.Check == now.Check && before.Scope == now.Scope && before.Status() != report.Clean
}
