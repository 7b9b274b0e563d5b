package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/cloud-gov/platform-checklist/internal/render"
)

var notInName = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// attach puts the whole report into the thread as a file, where the message does not show all of it.
// If that fails, the message is there all the same, with its link to the build.
func (w *writer) attach(ctx context.Context, t *thread) {
	if !w.Source.Files || !w.cut {
		return
	}
	name, content, err := w.whole()
	if err == nil && w.dry() {
		w.Log.Printf("dry run, not uploaded: %s, %d bytes", name, len(content))
		return
	}
	if err == nil {
		_, err = w.api().UploadFileContext(ctx, slack.UploadFileParameters{
			Filename: name, Title: name, Content: content, FileSize: len(content), Channel: t.channel, ThreadTimestamp: t.ts,
		})
	}
	if err != nil {
		w.note("file", fmt.Sprintf("none: upload the whole report: %v", advised(err)))
		return
	}
	w.note("file", name)
}

// whole is all that there is to tell: the pipeline's words, and the report as Markdown.
func (w *writer) whole() (name, content string, err error) {
	var b strings.Builder
	if w.post.Text != "" {
		b.WriteString(w.post.Text + "\n\n")
	}
	if w.post.Report == nil {
		return "message.txt", b.String() + w.post.Missing, nil
	}
	r := w.post.Report
	name = notInName.ReplaceAllString(r.Check+"-"+r.Scope, "-")
	name = name[:min(len(name), 100)] + r.Now().UTC().Format("-"+time.DateOnly) + ".md"
	err = render.Markdown(&b, r)
	return name, b.String(), err
}
