//go:build sandbox

package scene_test

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// published: a new stemcell starts the job, and nobody touches anything.
func (p *proof) published() {
	p.Mend()
	p.hasten(stemcells, "check_every: 30m")
	last, err := p.Trigger(p.ctx, stemcells.Job())
	require.NoError(p, err)
	require.Equal(p, "succeeded", last.Status, last.Output)

	p.read = len(p.Slack.Messages())

	began := time.Now()
	p.BoshIO.Publish(director.Jammy("").Name, "1.1401", began.AddDate(0, 0, -6))
	build, err := p.Await(p.ctx, stemcells.Job(), last.ID)
	require.NoError(p, err)
	require.Equal(p, "failed", build.Status, build.Output)
	m := p.heard(began, "stemcells, production")
	require.Contains(p, m.Words(), "behind 1.1401")
	p.Logf("the build that nobody started:\n%s", build.Output)
}

// hasten makes a box look every five seconds for what starts it; that is all that differs from the
// pipeline that ships.
func (p *proof) hasten(b scene.Box, shipped string) {
	p.Helper()
	pipeline, err := p.Fly(p.ctx, "get-pipeline", "-p", b.Pipeline())
	require.NoError(p, err)
	hasty := strings.Replace(pipeline, shipped, "check_every: 5s", 1)
	require.NotEqual(p, pipeline, hasty)
	file := filepath.Join(p.TempDir(), b.Line+".yml")
	require.NoError(p, os.WriteFile(file, []byte(hasty), 0o600))
	require.NoError(p, p.SetFile(p.ctx, b, file))
}
