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

// published: a new stemcell starts the job, and nobody touches anything. That it is looked for every
// five seconds instead of every half-hour is all that differs from the pipeline that ships.
func (p *proof) published() {
	shipped, err := p.Fly(p.ctx, "get-pipeline", "-p", p.Pipeline("stemcells"))
	require.NoError(p, err)
	hasty := strings.Replace(shipped, "check_every: 30m", "check_every: 5s", 1)
	require.NotEqual(p, shipped, hasty)
	file := filepath.Join(p.TempDir(), "stemcells.yml")
	require.NoError(p, os.WriteFile(file, []byte(hasty), 0o600))
	_, err = p.Fly(p.ctx, "set-pipeline", "-n", "-p", "checklist", "-c", file,
		"--instance-var", "line=stemcells", "--instance-var", "environment="+scene.Environment)
	require.NoError(p, err)
	last, err := p.Trigger(p.ctx, p.Job("stemcells"))
	require.NoError(p, err)
	require.Equal(p, "succeeded", last.Status, last.Output)

	p.read = len(p.Slack.Messages())

	began := time.Now()
	p.BoshIO.Publish(director.Jammy("").Name, "1.1401", began.AddDate(0, 0, -6))
	build, err := p.Await(p.ctx, p.Job("stemcells"), last.ID)
	require.NoError(p, err)
	require.Equal(p, "failed", build.Status, build.Output)
	m := p.heard(began)
	require.Contains(p, m.Words(), "behind 1.1401")
	p.Logf("the build that nobody started:\n%s", build.Output)
}
