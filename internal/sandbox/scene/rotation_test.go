//go:build sandbox

package scene_test

import (
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

// rotated: support has changed hands. Slack says so afterwards, and both hear what is handed over.
func (p *proof) rotated() {
	box := scene.Box{Line: "rotation", Environment: "support"}
	build, err := p.Await(p.ctx, box.Job(), 0)
	require.NoError(p, err)
	require.Equal(p, "succeeded", build.Status, build.Output)
	p.Logf("the rotation:\n%s", build.Output)
	p.Slack.Workspace(func(ws *slack.Workspace) {
		require.Contains(p, ws.Room(slack.Channel).Topic, "Support: Jane Doe until")
		require.Contains(p, ws.Room(slack.Channel).Topic, "| the platform of the agency")
		require.Equal(p, []string{"U0JANE"}, ws.Groups[0].Members)
		require.Contains(p, ws.Room("C0NEWS").Members, "U0JANE")
	})
	p.read = 0
	m := p.heard(time.Now(), "takes over support")
	require.Contains(p, m.Mentions(), "<@U0JANE>")
	require.Contains(p, m.Mentions(), "<@U0SAM>")
	p.read = len(p.Slack.Messages())
}

// threaded: by a bot's token a line has one message a day, which follows what is so, and a thread of what changed.
func (p *proof) threaded() {
	box := scene.Box{Line: "tickets", Environment: "support"}
	ours := func() (all []slack.Message) {
		for _, m := range p.Slack.Messages() {
			if strings.Contains(heading(m), "tickets, support") {
				all = append(all, m)
			}
		}
		return all
	}
	require.Len(p, ours(), 1)
	require.Contains(p, ours()[0].Words(), "FOUND")
	p.Mend()
	build, err := p.Trigger(p.ctx, box.Job())
	require.NoError(p, err)
	require.Equal(p, "succeeded", build.Status, build.Output)
	require.Len(p, ours(), 1, "the same message")
	require.Contains(p, ours()[0].Words(), "FIXED")
	require.True(p, ours()[0].Edited)
	require.NotEmpty(p, ours()[0].Replies)
	p.Logf("the thread's reply:\n%s", ours()[0].Replies[0].Words())
	p.Morning()
}
