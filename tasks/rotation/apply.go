package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/rotation"
)

// apply makes every change that a machine can make, and reads Slack again: what it does not say then is still a
// difference, with Slack's word for it.
func (l *looker) apply(ctx context.Context) {
	l.needless()
	tried, refused := map[string]rotation.Difference{}, map[string]error{}
	for _, d := range l.open {
		if d.Change.Kind != rotation.Nothing {
			tried[d.Key()], refused[d.Key()] = d, l.slack.change(ctx, d.Change)
		}
	}
	if len(tried) == 0 {
		return
	}
	before := l.now
	l.now = l.read(ctx, l.run.Scope, l.slack)
	l.open = l.differences()
	for i, d := range l.open {
		l.open[i].Finding = stays(d.Finding, tried, refused)
		delete(tried, d.Key())
	}
	mended := 0
	for _, d := range tried {
		if l.unread(d, before) {
			continue // a gap tells of it
		}
		mended++
		if d.Change.Rewritten(l.now.Channels[d.Change.Place]) {
			l.run.Find(report.Finding{
				Rule: "topic-rewritten", Subject: d.Subject, Severity: report.Warning, Summary: "Slack keeps another topic than it was given",
				Detail: fmt.Sprintf("given %q, kept %q", d.Change.Value, l.now.Channels[d.Change.Place].Topic), Action: "Correct the topic by hand.",
			})
		}
		l.run.Find(report.Finding{Rule: d.Rule, Subject: d.Subject, Severity: report.Info, Summary: d.Change.Done, Detail: "before: " + d.Summary + "\n" + d.Detail})
	}
	l.run.See("mended differences", mended)
}

// stays is a difference that is there after the change that should have mended it.
func stays(f report.Finding, tried map[string]rotation.Difference, refused map[string]error) report.Finding {
	if _, is := tried[f.Key()]; !is {
		return f
	}
	said := "Slack took the change and does not show it"
	f.Action = "Run it again; if it stays so, set it by hand and look at what lies between here and Slack."
	if err := refused[f.Key()]; err != nil {
		said, f.Action = "Slack refuses the change: "+explained(err).Error(), remedy(err)
	}
	f.Detail = strings.TrimPrefix(f.Detail+"\n"+said, "\n")
	return f
}

// unread tells whether what a change was about was read before it and not after.
func (l *looker) unread(d rotation.Difference, before *reading) bool {
	if d.Change.Kind == rotation.Membership {
		return l.now.Group == nil
	}
	_, read := l.now.Channels[d.Change.Place]
	return !read
}

// change makes one. That somebody is in a channel already is as good.
func (w *workspace) change(ctx context.Context, c rotation.Change) (err error) {
	switch c.Kind {
	case rotation.Topic:
		_, err = w.SetTopicOfConversationContext(ctx, c.Place, c.Value)
	case rotation.Membership:
		_, err = w.UpdateUserGroupMembersContext(ctx, c.Place, c.Value)
	case rotation.Invitation:
		_, err = w.InviteUsersToConversationContext(ctx, c.Place, c.Value)
	}
	if code(err) == "already_in_channel" {
		return nil
	}
	return err
}

// needless warns of an ADOPT that was forgotten: it would overwrite the next edit by hand.
func (l *looker) needless() {
	if !l.Adopt {
		return
	}
	adopts := func(d rotation.Difference) bool {
		return d.Rule == "topic-without-mark" || d.Rule == "topic-edited-by-hand"
	}
	if slices.ContainsFunc(l.schedule.Compare(l.run.Scope, l.shift, l.now.Workspace, false), adopts) {
		return
	}
	l.run.Find(report.Finding{
		Rule: "adopt-still-set", Subject: l.run.Scope + "/" + l.schedule.Slack.Channel + "/topic", Severity: report.Info,
		Summary: "ADOPT=true has nothing to adopt", Action: "Take it out: while it is set, what people write into the topic's part is overwritten.",
	})
}
