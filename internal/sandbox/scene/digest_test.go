//go:build sandbox

package scene_test

import (
	"os"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
)

const digestJob = scene.Parent + "/digest"

// digested: one box is paused, a resource's check fails, and a box did not run in its morning. No box says so; the digest
// does, in Slack, in its report and on its page.
func (p *proof) digested() {
	for _, b := range p.Config.Boxes() {
		if box := scene.Box(b); box != scene.Paused {
			require.NoError(p, p.Unpause(p.ctx, box.Pipeline()))
		}
	}
	p.quiet(parentJob, 10*time.Second)
	build := p.pushed(scene.Misname)
	require.Equal(p, "succeeded", build.Status, build.Output)
	require.Eventually(p, func() bool {
		said, err := p.Fly(p.ctx, "resources", "-p", scene.Unchecked.Pipeline(), "--json")
		return err == nil && strings.Contains(said, `"failed"`)
	}, 2*time.Minute, time.Second, "the check never fails")
	p.Logf("%.0f s until the morning of %s is over", time.Until(p.Over).Seconds(), scene.Unasked)
	require.Eventually(p, func() bool { return time.Now().After(p.Over) }, 10*time.Minute, time.Second)

	began := time.Now()
	_, err := p.Fly(p.ctx, "unpause-job", "-j", digestJob)
	require.NoError(p, err)
	build, err = p.Await(p.ctx, digestJob, 0)
	require.NoError(p, err)
	require.Equal(p, "failed", build.Status, build.Output)
	p.Logf("the digest:\n%s", build.Output)
	require.NotContains(p, build.Output, p.Password+"\n")
	m := p.heard(began, "digest, platform")
	require.Contains(p, m.Words(), "FOUND")

	kept := p.evidence(scene.Box{Line: "digest", Environment: "platform"})
	require.Len(p, kept, 1)
	for _, want := range []report.Finding{
		{Rule: "box-paused", Subject: "production/mfa"},
		{Rule: "check-failing", Subject: "staging/stemcells/stemcell"},
		{Rule: "box-not-run", Subject: "production/advisories"},
	} {
		require.True(p, has(kept[0], want), "%s on %s is not in\n%s", want.Rule, want.Subject, build.Output)
	}
	page, err := p.Page(p.ctx)
	require.NoError(p, err)
	for _, words := range []string{"What about this morning", "production/advisories", "did not run", "production/stemcells", "could not look"} {
		require.Contains(p, string(page), words)
	}
	p.picture(page)
}

func has(r *report.Report, want report.Finding) bool {
	for _, f := range r.Findings {
		if f.Rule == want.Rule && f.Subject == want.Subject {
			return true
		}
	}
	return false
}

// picture keeps the page for the README's picture, where somebody asks for it by CHECKLIST_PAGE.
func (p *proof) picture(page []byte) {
	if file := os.Getenv("CHECKLIST_PAGE"); file != "" {
		require.NoError(p, os.WriteFile(file, page, 0o644))
	}
}
