package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/rotation"
	"github.com/cloud-gov/platform-checklist/internal/slackapi"
)

// apply makes every change that a machine can make, and reads Slack again: what it does not say then is still a
// difference, with Slack's word for it.
func (l *looker) apply(ctx context.Context, people *reading) {
	l.needless()
	var tried []rotation.Difference
	refused := map[string]error{} // by subject; nil: Slack took it
	for _, d := range l.open {
		if d.Change.Kind != rotation.Nothing {
			tried, refused[d.Subject] = append(tried, d), l.slack.change(ctx, d.Change)
		}
	}
	if len(tried) == 0 {
		return
	}
	l.now = l.places(ctx, l.run.Scope, l.slack, people)
	l.open = l.differences()
	for i, d := range l.open {
		if err, is := refused[d.Subject]; is {
			l.open[i].Finding = stays(d.Finding, err)
		}
	}
	mended := slices.DeleteFunc(tried, func(d rotation.Difference) bool { return !d.Change.Made(l.now.Workspace) })
	for _, d := range mended {
		l.mended(d)
	}
	l.run.See("mended differences", len(mended))
}

// stays is a difference that is there after the change that should have mended it.
func stays(f report.Finding, refused error) report.Finding {
	said := "Slack took the change and does not show it"
	f.Action = "Run it again; if it stays so, set it by hand and look at what lies between here and Slack."
	if refused != nil {
		said, f.Action = "Slack refuses the change: "+fetch.Scrub(refused).Error(), slackapi.Remedy(refused)
	}
	f.Detail = strings.TrimPrefix(f.Detail+"\n"+said, "\n")
	return f
}

// mended says what was changed, and whether more than that is other than before.
func (l *looker) mended(d rotation.Difference) {
	l.run.Find(report.Finding{Rule: d.Rule, Subject: d.Subject, Severity: report.Info, Summary: d.Change.Done, Detail: "before: " + d.Summary + "\n" + d.Detail})
	if kept := l.now.Channels[d.Change.Place]; d.Change.Rewritten(kept) {
		l.run.Find(report.Finding{
			Rule: "topic-rewritten", Subject: d.Subject, Severity: report.Warning, Summary: "Slack keeps another topic than it was given",
			Detail: fmt.Sprintf("given %q, kept %q", d.Change.Value, kept.Topic), Action: "Correct the topic by hand.",
		})
	}
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
	if slackapi.Word(err) == "already_in_channel" {
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
