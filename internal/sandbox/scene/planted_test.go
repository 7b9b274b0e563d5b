//go:build sandbox

package scene_test

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/sandbox"
	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// planted: an anomaly in each of three environments starts each one's job, once, and nobody touches
// anything.
func (p *proof) planted() {
	p.Mend()
	worlds := map[scene.Box]*cloud.Server{scene.Production("cloudtrail"): p.AWS}
	for _, environment := range []string{"staging", "development"} {
		aws := cloud.New(cloud.Clean(time.Now()), cloud.Listen(p.Host+":0"))
		p.Cleanup(aws.Close)
		worlds[scene.Box{Line: "cloudtrail", Environment: environment}] = aws
	}
	for box, aws := range worlds {
		require.NoError(p, p.Set(p.ctx, box, scene.In(aws)))
		p.hasten(box, "check_every: 5m")
	}
	before := map[scene.Box]int{}
	for box := range worlds {
		before[box] = p.quiet(box.Job(), long)
	}
	read := len(p.Slack.Messages())

	began := time.Now()
	for _, aws := range worlds {
		aws.Update(func(w *cloud.World) {
			a := w.Account(cloud.Production)
			a.Users = append(a.Users, cloud.User{Name: "Administrator", Password: true})
			a.Events = append(a.Events, cloud.ConsoleLogin(cloud.Person("Administrator"), began).From(cloud.Outside))
		})
	}
	for box := range worlds {
		build, err := p.Await(p.ctx, box.Job(), before[box])
		require.NoError(p, err)
		require.Equal(p, "failed", build.Status, build.Output)
	}
	for box := range worlds {
		p.read = read
		require.Contains(p, p.heard(began, "cloudtrail, "+box.Environment).Words(), "login-by-generic-account")
	}
	for box := range worlds {
		p.quiet(box.Job(), long)
		builds, err := p.Builds(p.ctx, box.Job())
		require.NoError(p, err)
		newer := slices.DeleteFunc(builds, func(b sandbox.Build) bool { return b.ID <= before[box] })
		require.Len(p, newer, 1, box.Pipeline())
	}
}

// long is as long as two looks of the scheduler take.
const long = 25 * time.Second

// quiet waits until no build of a job runs and none began for some time, and gives the ID of the last.
func (p *proof) quiet(job string, long time.Duration) int {
	p.Helper()
	last, since := 0, time.Now()
	require.Eventually(p, func() bool {
		builds, err := p.Builds(p.ctx, job)
		if err != nil || len(builds) == 0 || builds[0].ID != last || builds[0].EndTime == 0 {
			if len(builds) > 0 {
				last = builds[0].ID
			}
			since = time.Now()
		}
		return time.Since(since) > long
	}, 5*time.Minute, time.Second, job)
	return last
}
