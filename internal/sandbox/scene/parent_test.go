//go:build sandbox

package scene_test

import (
	"maps"
	"slices"
	"time"

	"github.com/concourse/concourse/atc"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/sandbox"
	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
)

const parentJob = scene.Parent + "/pipelines"

// set: one pipeline is set by hand, and every box of the config is there.
func (p *proof) set() {
	require.NoError(p, p.Configure(p.ctx, p.Late))
	began := time.Now()
	require.NoError(p, p.SetParent(p.ctx))
	_, err := p.Fly(p.ctx, "pause-job", "-j", digestJob) // it has a part of its own
	require.NoError(p, err)
	require.NoError(p, p.Unpause(p.ctx, scene.Parent))
	build, err := p.Await(p.ctx, parentJob, 0)
	require.NoError(p, err)
	require.Equal(p, "succeeded", build.Status, build.Output)
	p.Logf("%.1f s from the one fly command to %d boxes set", time.Since(began).Seconds(), len(p.Config.Boxes()))
	for box, pipeline := range p.allSet() {
		require.False(p, pipeline.Paused, box.String())
	}
}

// rest pauses the boxes that were seen to run: two cores have enough to do with one.
func (p *proof) rest() {
	for _, b := range p.Config.Boxes() {
		if b != checklist.Box(stemcells) {
			require.NoError(p, p.Pause(p.ctx, scene.Box(b)))
		}
	}
}

// allSet: just the boxes of the config are there, and set by the parent.
func (p *proof) allSet() map[checklist.Box]atc.Pipeline {
	p.Helper()
	boxes := p.boxes()
	require.ElementsMatch(p, p.Config.Boxes(), slices.Collect(maps.Keys(boxes)))
	for box, pipeline := range boxes {
		require.NotZero(p, pipeline.ParentJobID, box.String())
	}
	return boxes
}

// boxes are the instances of the group that are not archived.
func (p *proof) boxes() map[checklist.Box]atc.Pipeline {
	p.Helper()
	pipelines, err := p.Pipelines(p.ctx)
	require.NoError(p, err)
	boxes := map[checklist.Box]atc.Pipeline{}
	for _, pipeline := range pipelines {
		if pipeline.Name == "checklist" && !pipeline.Archived {
			boxes[box(pipeline)] = pipeline
		}
	}
	return boxes
}

func box(p atc.Pipeline) checklist.Box {
	line, _ := p.InstanceVars["line"].(string)
	environment, _ := p.InstanceVars["environment"].(string)
	return checklist.Box{Line: line, Environment: environment}
}

// changed: the config gains an environment and loses a line, and nobody touches anything.
func (p *proof) changed() {
	p.quiet(parentJob, 10*time.Second)
	out := scene.Production("nessus")
	began := time.Now()
	build := p.pushed(func(c *checklist.Config) {
		c.Environments["development"] = checklist.Environment{Lines: []string{"cloudtrail"}, Vars: c.Environments["staging"].Vars}
		c.Environments[out.Environment] = without(c.Environments[out.Environment], out.Line)
	})
	require.Equal(p, "succeeded", build.Status, build.Output)
	p.Logf("%.1f s from the push of a config to its boxes set", time.Since(began).Seconds())
	require.False(p, p.allSet()[checklist.Box{Line: "cloudtrail", Environment: "development"}].Paused)
	pipelines, err := p.Pipelines(p.ctx)
	require.NoError(p, err)
	i := slices.IndexFunc(pipelines, func(pipeline atc.Pipeline) bool { return box(pipeline) == checklist.Box(out) })
	require.True(p, pipelines[i].Archived, "what was taken out keeps its builds, and asks no more")
}

// mistaken: of a config with mistakes nothing is set, neither what is right in it, and Slack hears all of them.
func (p *proof) mistaken() {
	before, read := p.boxes(), len(p.Slack.Messages())
	right := p.Config
	began := time.Now()
	build := p.pushed(func(c *checklist.Config) {
		c.Environments = maps.Clone(c.Environments)
		staging, production := c.Environments["staging"], c.Environments["production"]
		staging.Lines = []string{"cloudtrail", "stemcels"}
		production.Vars = maps.Clone(production.Vars)
		production.Vars["bosh"] = maps.Clone(production.Vars["bosh"].(scene.Vars))
		delete(production.Vars["bosh"].(scene.Vars), "client")
		production.Lines = append([]string{"nessus"}, production.Lines...) // nothing is wrong with this
		c.Environments["staging"], c.Environments["production"] = staging, production
	})
	require.Equal(p, "failed", build.Status, build.Output)
	require.Equal(p, before, p.boxes(), "nothing is set")
	p.read = read
	m := p.heard(began, "pipelines, platform")
	for _, words := range []string{"stemcels is no line of the checklist (did you mean stemcells?)", "environments.production.vars.bosh.client is missing", "production/stemcells", "nothing is set"} {
		require.Contains(p, m.Words(), words)
		require.Contains(p, build.Output, words)
	}
	require.NotContains(p, build.Output, p.Director.Secret)

	began = time.Now()
	build = p.pushed(func(c *checklist.Config) { *c = right })
	require.Equal(p, "succeeded", build.Status, build.Output)
	require.Contains(p, p.heard(began, "pipelines, platform").Words(), "FIXED")
	p.allSet()
}

// pushed pushes a changed config and waits for the build that it starts. Looking at once stands for the git host's
// webhook, or for a minute's wait.
func (p *proof) pushed(change func(*checklist.Config)) sandbox.Build {
	p.Helper()
	builds, err := p.Builds(p.ctx, parentJob)
	require.NoError(p, err)
	require.NoError(p, p.Configure(p.ctx, change))
	_, err = p.Fly(p.ctx, "check-resource", "-r", scene.Parent+"/config")
	require.NoError(p, err)
	build, err := p.Await(p.ctx, parentJob, builds[0].ID)
	require.NoError(p, err)
	return build
}

func without(e checklist.Environment, line string) checklist.Environment {
	e.Lines = slices.DeleteFunc(slices.Clone(e.Lines), func(l string) bool { return l == line })
	return e
}
