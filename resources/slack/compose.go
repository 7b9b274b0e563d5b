package main

import (
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/render"
)

// maxText bounds a text_file, in bytes; a message shows less of it.
const maxText = 64 << 10

// compose gathers what the message tells. Whatever is missing, there is a message.
func (w *writer) compose() {
	w.post = render.Post{
		Alert: w.Params.Alert, Text: w.Params.Text, Detail: w.Source.Detail,
		Build: render.Build{Name: w.Build.Name, Link: w.Build.Link},
	}
	if w.post.Alert == "" {
		w.post.Alert = ofBuild[w.Build.Status]
	}
	if w.Params.TextFile != "" {
		text, err := w.file(w.Params.TextFile, maxText)
		if err != nil {
			text = "No text: " + err.Error()
			w.Log.Printf("no text: %v", err)
		}
		w.post.Text = strings.TrimPrefix(w.post.Text+"\n"+text, "\n")
	}
	if w.Params.Report == "" {
		return
	}
	var err error
	if w.post.Report, err = w.Report(w.Params.Report); err != nil {
		w.post.Missing = err.Error()
		w.Log.Printf("no report: %v", err)
		return
	}
	if w.Params.Previous == "" {
		return
	}
	before, err := w.Report(w.Params.Previous)
	if err != nil {
		w.Log.Printf("no report before: %v", err)
	} else if now := w.post.Report; before.Check == now.Check && before.Scope == now.Scope {
		w.before = before
	}
}

// ofBuild is what Concourse from 8.2 on says in a hook by itself.
var ofBuild = map[string]render.Alert{"failed": render.Failed, "errored": render.Errored, "aborted": render.Aborted}

// tell decides whom the message calls, and gives what it will have told.
func (w *writer) tell(before told) told {
	items := w.Source.items(w.post)
	due := before.fresh(items)
	for _, i := range items {
		if slices.Contains(before.owed, i.key) {
			due = append(due, i)
		}
	}
	called, owed := w.Source.Mentions.call(due, w.quiet(w.now))
	w.post.Calls, w.post.Uncalled = w.resolve(called)
	if w.post.Uncalled != "" {
		w.note("on support", "not known: "+w.post.Uncalled)
	}
	if len(owed) > 0 {
		w.Log.Print("quiet hours: nobody is called for less than high")
	}
	if len(called) > 0 && len(w.post.Calls) == 0 {
		owed = due
	}
	mine := w.identity()
	mine.status, mine.green = w.post.Status(), w.post.Green()
	mine.items, mine.owed, mine.cut = keys(items[:min(len(items), maxItems)]), keys(owed[:min(len(owed), maxItems)]), len(items) > maxItems
	return mine
}

// identity is the line that the message is about. Words alone and a replay are of no line: each is a message of its
// own, known again only when its own build repeats it.
func (w *writer) identity() (t told) {
	job, r := w.Build.Name, w.post.Report
	if at := strings.LastIndex(job, " #"); at >= 0 {
		job = job[:at]
	}
	if w.post.Note() || r != nil && !r.AsOf.IsZero() {
		return told{job: w.Source.digest("message", w.Build.ID, w.Build.Link, w.post.Status(), w.post.Text, w.Params.Report)}
	}
	if r != nil {
		t.line = w.Source.digest("line", r.Check, r.Scope)
	}
	t.job = w.Source.digest("job", job)
	return t
}

// day is when today began where the team is.
func (w *writer) day() time.Time {
	zone := w.Source.Location
	if zone == (clock.Zone{}) && w.Source.Quiet != nil {
		zone = w.Source.Quiet.Zone
	}
	return clock.Time{}.On(w.now.In(zone.Location()))
}

func (w *writer) today(moment time.Time) bool { return !moment.Before(w.day()) }

func (w *writer) quiet(moment time.Time) bool {
	return w.Source.Quiet != nil && w.Source.Quiet.Contains(moment)
}
