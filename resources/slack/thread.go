package main

import (
	"context"
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/render"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// inThread puts the message where the newest one of its line is. The first message of a day begins a thread; what
// comes later brings it up to date and says in the thread what changed.
func (w *writer) inThread(ctx context.Context, newest *thread) (string, error) {
	fixed := w.post.Fixed()
	if fixed && (newest == nil || newest.green) && !w.changed() {
		return nothing, nil
	}
	if newest == nil || !w.today(newest.at) {
		posted, err := w.begin(ctx, w.tell(told{}))
		if err == nil && fixed && newest != nil && !newest.green {
			w.closeOld(ctx, newest)
		}
		return posted, err
	}
	last, err := w.last(ctx, newest)
	if err != nil {
		w.note("thread", "what its replies told is not known: "+err.Error())
	}
	last, err = w.goOn(ctx, newest, last)
	switch {
	case err == nil:
		return newest.name(), nil
	case ctx.Err() != nil:
		return "", fmt.Errorf("go on in today's thread: %w", context.Cause(ctx))
	}
	w.note("thread", "a new one, since today's is out of reach: "+err.Error())
	return w.begin(ctx, w.tell(last))
}

// goOn replies where something changed, and then brings the first message up to date: if the second fails, a retried put
// finds what the first said, and does not say it again. It gives what the thread was told, also where it fails.
func (w *writer) goOn(ctx context.Context, t *thread, last told) (told, error) {
	change, mine := w.Source.change(last, w.post), w.tell(last)
	// A build without a report must not hide what an earlier one found, nor leave green what nobody knows to be.
	replace := w.post.Report != nil || t.green
	if !replace || w.post.Alert == render.Aborted {
		mine = mine.with(last)
	}
	changed := mine.status != last.status || len(change.New)+len(change.Gaps)+len(change.Gone)+change.Others+len(w.post.Calls) > 0
	if changed {
		reply := letter{Channel: t.channel, Thread: t.ts, Message: render.Reply(w.post, change), Metadata: mine.metadata(), Broadcast: len(w.post.Calls) > 0}
		if _, err := w.send(ctx, reply); err != nil {
			return last, fmt.Errorf("reply in today's thread: %w", err)
		}
		w.post.Calls, w.post.Uncalled = nil, ""
	}
	if !replace {
		return mine, nil
	}
	if _, err := w.show(ctx, letter{Channel: t.channel, TS: t.ts, Metadata: mine.metadata()}); err != nil {
		return mine, fmt.Errorf("update today's message: %w", err)
	}
	if changed {
		w.attach(ctx, t)
	}
	return mine, nil
}

// begin posts a message of its own, to which later ones of the day reply.
func (w *writer) begin(ctx context.Context, mine told) (string, error) {
	first := letter{Channel: w.Source.Channel}
	if w.Source.threads() {
		first.Metadata = mine.metadata()
	}
	t, err := w.show(ctx, first)
	if err != nil {
		return "", err
	}
	w.attach(ctx, t)
	return t.name(), nil
}

// show sends the whole message, and where Slack finds it too long, by a limit that no page of Slack's says, its numbers.
func (w *writer) show(ctx context.Context, l letter) (*thread, error) {
	l.Message = render.Slack(w.post)
	w.cut = l.Shortened
	t, err := w.send(ctx, l)
	if slackapi.Word(err) != "msg_blocks_too_long" {
		return t, err
	}
	w.Log.Printf("%v: post its numbers alone", err)
	w.cut = true
	numbers := w.post
	numbers.Detail, numbers.Text = render.Counts, "Slack finds the whole message too long. It is on the build's page."
	l.Message = render.Slack(numbers)
	return w.send(ctx, l)
}

// closeOld says in the thread of an earlier day that what it told is fixed. Its first message stays as that day left it.
func (w *writer) closeOld(ctx context.Context, old *thread) {
	reply := letter{Channel: old.channel, Thread: old.ts, Message: render.Reply(w.post, w.Source.change(old.told, w.post))}
	if _, err := w.send(ctx, reply); err != nil {
		w.note("thread", "that of "+old.at.Format("2006-01-02")+" does not say that it is fixed: "+err.Error())
	}
}
