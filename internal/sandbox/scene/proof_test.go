//go:build sandbox

package scene_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/sandbox/scene"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
)

const root = "../../.."

var stemcells = scene.Production("stemcells")

// TestChecklist is the proof: the first line as its users meet it, on a real Concourse. Its parts
// follow each other as days do, so one that fails ends the test.
func TestChecklist(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Minute)
	defer cancel()
	s, err := scene.Start(ctx, root, t.Output())
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	absolute, err := filepath.Abs(root)
	require.NoError(t, err)
	p := &proof{T: t, Scene: s, ctx: ctx, root: absolute}

	p.valid()
	p.images()
	p.tested()
	p.set()
	p.red()
	p.everyLine()
	p.rotated()
	p.threaded()
	p.rest()
	p.stillRed()
	p.fixed()
	p.errored()
	p.aborted()
	p.executed()
	p.digested()
	p.rest()
	p.changed()
	p.mistaken()
	p.published()
	p.planted()
}

type proof struct {
	*testing.T
	*scene.Scene
	ctx  context.Context
	root string
	read int // messages read so far
}

// heard waits for the next message whose heading is about something, and tells how long it took. Messages before it
// are of no more interest.
func (p *proof) heard(since time.Time, about string) (m slack.Message) {
	p.Helper()
	require.Eventually(p, func() bool {
		unread := p.Slack.Messages()[p.read:]
		i := slices.IndexFunc(unread, func(m slack.Message) bool { return strings.Contains(heading(m), about) })
		if i < 0 {
			return false
		}
		m, p.read = unread[i], p.read+i+1
		return true
	}, time.Minute, 100*time.Millisecond, "no message about "+about)
	p.Logf("%.1f s to the Slack message:\n%s", m.At.Sub(since).Seconds(), m.Words())
	return m
}

func heading(m slack.Message) string {
	first, _, _ := strings.Cut(m.Words(), "\n")
	return first
}

// valid: the real fly finds nothing to warn of in any pipeline: with the vars that a box has by the config, or with those
// of the example.
func (p *proof) valid() {
	vars := map[string]string{"parent": "checklist.yml", "images": "images-vars.yml"}
	for pipeline, file := range vars {
		vars[pipeline] = filepath.Join(root, "pipelines/example", file)
	}
	for _, b := range p.Config.Boxes() {
		text, err := yaml.Marshal(p.Config.BoxVars(b))
		require.NoError(p, err)
		vars[b.Line] = filepath.Join(p.TempDir(), "vars.yml")
		require.NoError(p, os.WriteFile(vars[b.Line], text, 0o600))
	}
	files, err := filepath.Glob(filepath.Join(root, "pipelines", "*.yml"))
	require.NoError(p, err)
	for _, file := range files {
		pipeline := strings.TrimSuffix(filepath.Base(file), ".yml")
		require.Contains(p, vars, pipeline, "the example has every line")
		_, err := p.Fly(p.ctx, "validate-pipeline", "--strict", "--enable-across-step", "-c", file, "-l", vars[pipeline])
		require.NoError(p, err, file)
	}
}

func (p *proof) images() {
	for name, image := range p.Images {
		p.Logf("image %s: %.1f MB", name, float64(image.Size)/1e6)
		if name != "tasks" {
			require.Less(p, image.Size, int64(25_000_000), name)
		}
	}
	one, err := p.Build(p.ctx, "Dockerfile.task", map[string]string{"TASK": "stemcells"}, "checklist-stemcells:1")
	require.NoError(p, err)
	p.Logf("image stemcells alone: %.1f MB", float64(one.Size)/1e6)
	require.Less(p, one.Size, int64(25_000_000))
	again, err := p.Build(p.ctx, "Dockerfile.task", map[string]string{"TASK": "stemcells"}, "checklist-stemcells:2")
	require.NoError(p, err)
	require.Equal(p, one.Digest, again.Digest, "the same source gives the same image")
}

// tested: the stage tests of both Dockerfiles passes, against the binaries of its image.
func (p *proof) tested() {
	require.NoError(p, p.Test(p.ctx, "Dockerfile.task", map[string]string{"TASK": "mfa"}))
	require.NoError(p, p.Test(p.ctx, "Dockerfile.resource", map[string]string{"RESOURCE": "slack"}))
}

// red: the daily time starts the first build, which finds what the morning holds.
func (p *proof) red() {
	began := time.Now()
	build, err := p.Await(p.ctx, stemcells.Job(), 0)
	require.NoError(p, err)
	require.Equal(p, "failed", build.Status, build.Output)
	p.Logf("the build's page:\n%s", build.Output)
	m := p.heard(began, "stemcells, production")
	for _, words := range []string{
		"FOUND", "stemcells, production", "production/kubernetes/ubuntu-jammy", "1.1202", "behind 1.1400", "days late",
		"the System Owner must reset the licence key", "new today", "Looked at",
	} {
		require.Contains(p, m.Words(), words)
	}
	require.Contains(p, strings.Join(m.Links(), " "), p.URL+"/teams/main/pipelines/checklist/jobs/stemcells/builds/1?vars.environment=")
	require.Empty(p, m.Mentions())
	require.NotContains(p, build.Output, p.Director.Secret)
	kept := p.evidence(stemcells)
	require.Len(p, kept, 1)
	require.Equal(p, report.Found, kept[0].Status())
}

// stillRed: the next build knows from the evidence since when.
func (p *proof) stillRed() {
	first := p.evidence(stemcells)[0]
	began := time.Now()
	build, err := p.Trigger(p.ctx, stemcells.Job())
	require.NoError(p, err)
	require.Equal(p, "failed", build.Status, build.Output)
	require.Contains(p, p.heard(began, "stemcells, production").Words(), "since "+first.Started.Format(time.DateOnly))
	kept := p.evidence(stemcells)
	require.Len(p, kept, 2)
	for _, f := range kept[1].Findings {
		require.Equal(p, first.Started, f.Since, f.Key())
	}
}

// fixed: the fleet is upgraded, the job triggered by fly turns green, and Slack hears of it.
func (p *proof) fixed() {
	p.Mend()
	began := time.Now()
	build, err := p.Trigger(p.ctx, stemcells.Job())
	require.NoError(p, err)
	require.Equal(p, "succeeded", build.Status, build.Output)
	m := p.heard(began, "stemcells, production")
	require.Contains(p, m.Words(), "FIXED")
	require.Contains(p, m.Words(), "production/nessus-manager/ubuntu-jammy")
	require.Len(p, p.evidence(stemcells), 3)

	build, err = p.Trigger(p.ctx, stemcells.Job())
	require.NoError(p, err)
	require.Equal(p, "succeeded", build.Status, build.Output)
	for _, m := range p.Slack.Messages()[p.read:] {
		require.NotContains(p, m.Words(), "stemcells, production", "green as before is no news")
	}
}

// errored: a task file that is not there is Concourse's own trouble, and reaches Slack too.
func (p *proof) errored() {
	_, err := p.Push(p.ctx, "checklist", p.TempDir())
	require.NoError(p, err)
	began := time.Now()
	build, err := p.Trigger(p.ctx, stemcells.Job())
	require.NoError(p, err)
	require.Equal(p, "errored", build.Status, build.Output)
	require.Contains(p, p.heard(began, "line:stemcells").Words(), "ERRORED")
	_, err = p.Push(p.ctx, "checklist", p.root)
	require.NoError(p, err)
	_, err = p.Fly(p.ctx, "check-resource", "-r", scene.Parent+"/checklist") // the parent took what was broken, too
	require.NoError(p, err)
}

// aborted: somebody ends a build whose director keeps it waiting.
func (p *proof) aborted() {
	p.Director.Inject(fault.Fault{Path: "/deployments/*/vms?format=full", Do: director.TaskQueued()})
	defer p.Director.Heal()
	before := p.Director.Count("/tasks/*")
	_, err := p.Fly(p.ctx, "trigger-job", "-j", stemcells.Job())
	require.NoError(p, err)
	require.Eventually(p, func() bool { return p.Director.Count("/tasks/*") > before+3 }, 2*time.Minute, 100*time.Millisecond, "the task never asked")
	began := time.Now()
	builds, err := p.Fly(p.ctx, "builds", "-j", stemcells.Job(), "-c", "1")
	require.NoError(p, err)
	_, err = p.Fly(p.ctx, "abort-build", "-j", stemcells.Job(), "-b", strings.TrimPrefix(strings.Fields(builds)[1], stemcells.Job()+"/"))
	require.NoError(p, err)
	m := p.heard(began, "stemcells, production")
	require.Contains(p, m.Words(), "ABORTED, COULD NOT LOOK")
	require.Contains(p, m.Words(), "ended before everything was read: aborted")
}

// executed: one line run again from a person's own machine, secrets in their environment.
func (p *proof) executed() {
	for name, value := range map[string]string{
		"BOSH_ENVIRONMENT": p.Director.URL(), "BOSH_CLIENT": p.Director.Client, "BOSH_CLIENT_SECRET": p.Director.Secret,
		"BOSH_CA_CERT": p.Director.CA(), "BOSH_IO_URL": p.BoshIO.URL(), "SCOPE": scene.Environment, "POLICY": "config/policy/stemcells.yml",
	} {
		p.Setenv(name, value)
	}
	output := p.TempDir()
	words, err := p.Fly(p.ctx, "execute", "-c", filepath.Join(root, "tasks/stemcells/task.yml"),
		"-j", stemcells.Job(), "--image", "image", "-o", "report="+output)
	require.NoError(p, err, words)
	file, err := os.Open(filepath.Join(output, "report.json"))
	require.NoError(p, err)
	defer file.Close()
	r, err := report.Decode(file)
	require.NoError(p, err)
	require.Equal(p, report.Clean, r.Status())
	require.NotContains(p, words, p.Director.Secret)
}

// everyLine: each other line runs on its red morning to a message and its evidence.
func (p *proof) everyLine() {
	for box, words := range map[scene.Box][]string{
		scene.Production("cloudtrail"):               {"login-by-generic-account", "change-outside-terraform", "alex.kim"},
		scene.Production("mfa"):                      {"console-user-without-mfa", "new.hire"},
		scene.Production("alerts"):                   {"BackupMissing", "CertificateExpires", "DiskWillFillUp", "silence-matches-everything", "canary"},
		scene.Production("nessus"):                   {"FOUND", "HIGH"},
		scene.Production("advisories"):               {"CVE-2026-40965", "uaa"},
		{Line: "tickets", Environment: "support"}:    {"ticket-unassigned"},
		{Line: "stemcells", Environment: "staging"}:  {"behind 1.1400"},
		{Line: "cloudtrail", Environment: "staging"}: {"change-outside-terraform"},
	} {
		began := time.Now()
		build, err := p.Await(p.ctx, box.Job(), 0)
		require.NoError(p, err)
		require.Equal(p, "failed", build.Status, build.Output)
		p.read = 0 // they come in any order
		m := p.heard(began, box.Line+", "+box.Environment)
		for _, word := range words {
			require.Contains(p, m.Words(), word)
		}
		require.NotEmpty(p, p.evidence(box), build.Output)
	}
	p.read = len(p.Slack.Messages())
}
