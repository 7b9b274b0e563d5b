package main

import (
	"context"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// handOffs is how the app finds its hand-offs again, by the metadata of messages, which people do not see.
const handOffs = "support_hand_off"

// skew is how far the clock that dates the reports may be apart from this one.
const skew = 5 * time.Minute

// handOff posts what both people must know, once for each time that support changes hands.
func (l *looker) handOff(ctx context.Context) error {
	channel, read := l.now.Channels[l.schedule.Slack.Channel]
	to := l.now.Users[l.shift.Who]
	if !l.schedule.HandsOver(l.shift) || !read || !channel.Joined || channel.Archived || !to.Usable() {
		return nil // said, where something is wrong
	}
	h := l.compose()
	posted, err := l.slack.posted(ctx, channel.ID, h)
	if err != nil {
		l.miss("hand-off", "look for the hand-off in "+channel.ID, err)
		return nil
	}
	if posted {
		l.run.See("hand-offs in the channel", 1)
		return nil
	}
	l.collect(ctx, &h)
	if err := l.run.WriteText("handoff.md", h.Markdown(l.run.Now())); err != nil {
		return err
	}
	missing := report.Finding{
		Rule: "hand-off-missing", Subject: l.run.Scope + "/" + channel.ID + "/hand-off", Severity: report.Warning,
		Summary: fmt.Sprintf("support changed hands and no hand-off is posted in %s", channel.ID), Detail: h.Text(l.run.Now()), Action: "Post it by APPLY=true.",
	}
	if !l.Apply {
		l.run.Find(missing)
		return nil
	}
	l.run.Find(l.post(ctx, channel.ID, h, missing))
	return nil
}

// post tells what became of the hand-off: Slack's answer is not enough, it must be in the channel.
func (l *looker) post(ctx context.Context, channel string, h rotation.HandOff, f report.Finding) report.Finding {
	doing, err := "post it", l.slack.post(ctx, channel, l.message(h))
	posted := false
	if err == nil {
		doing = "find it again"
		posted, err = l.slack.posted(ctx, channel, h)
	}
	switch {
	case err != nil:
		f.Detail, f.Action = doing+": "+fetch.Scrub(err).Error(), slackapi.Remedy(err)
	case !posted:
		f.Detail, f.Action = "Slack took the message and does not show it", "Run it again; if it stays so, look at the channel."
	default:
		f.Severity, f.Action = report.Info, ""
		f.Summary = "support changed hands: the hand-off is posted in " + channel
		l.run.See("hand-offs in the channel", 1)
	}
	return f
}

// compose is all of the message but what the boxes say.
func (l *looker) compose() rotation.HandOff {
	h := rotation.HandOff{Shift: l.shift, Giver: l.schedule.Before(l.shift), Meeting: l.schedule.Meeting, Slackbot: l.schedule.Slackbot(l.policy.Weeks, l.run.Now())}
	h.Done, h.Left = l.schedule.FirstDay(l.shift, l.now.Workspace, l.open)
	return h
}

// collect reads what is open on every box from the reports that are kept.
func (l *looker) collect(ctx context.Context, h *rotation.HandOff) {
	if l.EvidenceBucket == "" {
		h.Missing = "not known here: EVIDENCE_BUCKET names no bucket of reports"
		l.run.LeaveOut("open findings in the hand-off", "without EVIDENCE_BUCKET nobody knows them")
		return
	}
	store, err := l.Place().Open(ctx)
	if err != nil {
		h.Missing = "could not be read"
		l.run.Miss(l.run.Scope+"/evidence", "open the bucket of reports: "+err.Error(), "Look at EVIDENCE_REGION and the credentials.")
		return
	}
	kept := 0
	for _, box := range l.boxes {
		newest, later, err := store.Latest(ctx, evidence.Line{Scope: box.Environment, Check: box.Line}, time.Now().Add(skew))
		b := rotation.Box{Scope: box.Environment, Check: box.Line, Report: newest, Later: later}
		if later > 0 {
			l.run.LeaveOut("reports of "+box.String(), report.Number(later, "report")+" of the future: a clock was wrong")
		}
		if err != nil {
			b.Problem = "its report could not be read"
			l.run.Miss(l.run.Scope+"/evidence/"+box.String(), "read the newest report of "+box.String()+": "+err.Error(), "Look at the bucket and the credentials.")
		} else if newest != nil {
			kept++
		}
		h.Boxes = append(h.Boxes, b)
	}
	l.run.See("newest reports of boxes", kept)
}

// posted looks for the hand-off in what was said since the shift began.
func (w *workspace) posted(ctx context.Context, channel string, h rotation.HandOff) (bool, error) {
	for m, err := range w.History(ctx, channel, h.From.Add(-time.Second)) {
		if err != nil {
			return false, err
		}
		if w.Wrote(m) && m.Metadata.EventType == handOffs && m.Metadata.EventPayload["hand_off"] == h.Key() {
			return true, nil
		}
	}
	return false, nil
}
