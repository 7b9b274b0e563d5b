package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Build is one build of a job.
type Build struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`   // its number in the job
	Status string `json:"status"` // pending, started, succeeded, failed, errored or aborted

	StartTime int64 `json:"start_time"` // seconds since 1970; zero when it never started
	EndTime   int64 `json:"end_time"`

	Output string `json:"-"` // what fly watch shows, of one that was waited for
}

// Trigger starts a build of job ("pipeline/job", with instance vars as fly writes them) and waits
// until it has ended.
func (sb *Sandbox) Trigger(ctx context.Context, job string) (Build, error) {
	said, err := sb.Fly(ctx, "trigger-job", "-j", job)
	if err != nil {
		return Build{}, err
	}
	_, name, found := strings.Cut(said, "#")
	if !found {
		return Build{}, fmt.Errorf("trigger %s: fly says %q", job, said)
	}
	return sb.await(ctx, job, func(b Build) bool { return b.Name == strings.TrimSpace(name) })
}

// Await waits until a build of job that is newer than the build with the ID after has ended; zero
// takes any.
func (sb *Sandbox) Await(ctx context.Context, job string, after int) (Build, error) {
	return sb.await(ctx, job, func(b Build) bool { return b.ID > after })
}

// await waits for the first build that is wanted, then for its end.
func (sb *Sandbox) await(ctx context.Context, job string, wanted func(Build) bool) (Build, error) {
	for {
		builds, err := sb.Builds(ctx, job)
		if err != nil {
			return Build{}, err
		}
		for i := len(builds) - 1; i >= 0; i-- { // fly lists the newest first
			if wanted(builds[i]) {
				return sb.watch(ctx, job, builds[i].ID)
			}
		}
		select {
		case <-ctx.Done():
			return Build{}, fmt.Errorf("wait for a build of %s: %w", job, ctx.Err())
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// watch follows a build to its end. fly's exit status tells how the build ended, so the status is
// read afterwards.
func (sb *Sandbox) watch(ctx context.Context, job string, id int) (Build, error) {
	output, watchErr := sb.Fly(ctx, "watch", "-b", fmt.Sprint(id))
	builds, err := sb.Builds(ctx, job)
	if err != nil {
		return Build{}, err
	}
	for _, b := range builds {
		if b.ID == id && b.Status != "pending" && b.Status != "started" {
			b.Output = output
			return b, nil
		}
	}
	return Build{}, fmt.Errorf("build %d of %s has not ended: %w", id, job, watchErr)
}

// Builds lists the builds of a job, the newest first.
func (sb *Sandbox) Builds(ctx context.Context, job string) (builds []Build, err error) {
	out, err := sb.Fly(ctx, "builds", "-j", job, "--json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(out), &builds); err != nil {
		return nil, fmt.Errorf("read the builds of %s: %w", job, err)
	}
	return builds, nil
}
