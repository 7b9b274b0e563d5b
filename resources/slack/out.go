package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/resource"
)

type put = resource.Run[source, version, params]

// writer is one put on its way into the channel.
type writer struct {
	*put
	post   render.Post
	before *report.Report // the one before of the same line; nil when there is none
	now    time.Time
	shown  resource.Metadata
	cut    bool // the message does not show all that there is to tell
}

// enough is the time for one put with all its tries; pipelines give it a minute.
const enough = 45 * time.Second

func out(ctx context.Context, r *put) (version, resource.Metadata, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, enough, fmt.Errorf("gave up after %s", enough))
	defer cancel()
	w := &writer{put: r, now: time.Now()}
	w.compose()
	posted, err := w.write(ctx)
	if err != nil {
		return version{}, nil, err
	}
	status, said := w.post.Status(), posted
	switch {
	case posted == nothing:
		status, said = "CLEAN", "nothing, clean and not known to have been red"
		r.Log.Print("clean, and not known to have been red: nothing is posted")
	case w.dry():
		posted, said = dryRun, dryRun
	default:
		r.Log.Printf("posted: %s", status)
	}
	shown := append(resource.Metadata{{Name: "status", Value: status}, {Name: "posted", Value: said}}, w.shown...)
	if w.post.Report != nil {
		shown = append(shown, resource.Field{Name: "findings", Value: strconv.Itoa(len(w.post.Report.Findings))})
	}
	return version{posted}, shown, nil
}

// write puts the message into its line's thread, or, where there can be none, by itself.
func (w *writer) write(ctx context.Context) (posted string, err error) {
	if !w.Source.threads() {
		return w.alone(ctx)
	}
	newest, err := w.find(ctx)
	switch {
	case err == nil:
		return w.inThread(ctx, newest)
	case ctx.Err() != nil:
		return "", fmt.Errorf("look for the line's message in %s: %w", w.Source.Channel, context.Cause(ctx))
	}
	w.note("thread", "none: "+err.Error())
	return w.alone(ctx)
}

func (w *writer) dry() bool { return w.Source.DryRun || w.Params.DryRun }

// note says something on the build's page and in the log.
func (w *writer) note(name, text string) {
	w.shown = append(w.shown, resource.Field{Name: name, Value: text})
	w.Log.Printf("%s: %s", name, text)
}

// alone posts a message of its own. What the report before told today calls nobody again.
func (w *writer) alone(ctx context.Context) (string, error) {
	if w.post.Fixed() && !w.changed() {
		return nothing, nil
	}
	return w.begin(ctx, w.tell(w.toldBefore()))
}

// changed tells whether a clean report is news: the one before was not clean, or something that
// was wrong is gone. Every green build calls its hook; only the first after a red one is news.
func (w *writer) changed() bool {
	for _, f := range w.post.Report.Gone {
		if f.Severity >= report.Warning {
			return true
		}
	}
	return w.before != nil && w.before.Status() != report.Clean
}

// toldBefore is what the report before must have told today.
func (w *writer) toldBefore() told {
	if w.before == nil || !w.today(w.before.Started) {
		return told{}
	}
	items := w.Source.items(render.Post{Report: w.before})
	_, owed := w.Source.Mentions.call(items, w.quiet(w.before.Started))
	return told{items: keys(items), owed: keys(owed)}
}
