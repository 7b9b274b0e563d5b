// Package scene sets the checklist up in a sandbox as a team would: images from the two
// Dockerfiles, this project and a config in git, the parent pipeline by fly and all others by it,
// evidence in S3. What is outside is played by stand-ins.
package scene

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/checklist"
	"github.com/cloud-gov/platform-checklist/internal/sandbox"
	"github.com/cloud-gov/platform-checklist/internal/standin/advisories"
	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
	"github.com/cloud-gov/platform-checklist/internal/standin/slack"
	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

// Environment is the one that most of the scene plays in.
const Environment = "production"

// Bucket keeps the evidence.
const Bucket = "checklist-evidence"

// Scene is a sandbox with the checklist set up in it.
type Scene struct {
	*sandbox.Sandbox
	Director *director.Server
	BoshIO   *boshio.Server
	AWS      *cloud.Server
	Staging  *cloud.Server // AWS there: CloudTrail's quota is an account's
	Slack    *slack.Server
	Zendesk  *zendesk.Server
	Nessus   *nessus.Server
	Feeds    *advisories.Server
	monitors monitors
	Images   map[string]sandbox.Image
	Config   checklist.Config // the team's, as it was pushed last
	Over     time.Time        // when the late box's morning is

	root   string // the project
	folder string // the config and var files

	concourse    *http.Server
	concourseURL string // as containers reach it
}

// Start starts a sandbox and everything around it, but sets no pipeline. log gets a line a step.
func Start(ctx context.Context, root string, log io.Writer) (*Scene, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	sb, err := sandbox.Start(ctx, sandbox.Options{Log: log})
	if err != nil {
		return nil, err
	}
	s := &Scene{Sandbox: sb, root: root, Images: map[string]sandbox.Image{}}
	s.standIn()
	if err := s.setUp(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// standIn starts what is outside, on a red morning.
func (s *Scene) standIn() {
	listen := s.Host + ":0"
	s.BoshIO = boshio.New(boshio.Listen(listen))
	s.publish(time.Now())
	s.Director = director.New(morning(), director.Listen(listen))
	s.AWS = cloud.New(cloud.Morning(time.Now()), cloud.Listen(listen))
	s.Staging = cloud.New(cloud.Morning(time.Now()), cloud.Listen(listen))
	s.Slack = slack.New(slack.Listen(listen))
	s.people()
	s.Zendesk = zendesk.New(zendesk.Morning(time.Now()), zendesk.Listen(listen))
	s.Nessus = nessus.New(nessus.Morning(time.Now()), nessus.Listen(listen))
	s.Feeds = advisories.New(advisories.Usual(time.Now()), advisories.Listen(listen))
}

// Morning makes it a red morning again.
func (s *Scene) Morning() {
	s.Director.Update(func(f *director.Fleet) { *f = morning() })
	for _, aws := range []*cloud.Server{s.AWS, s.Staging} {
		aws.Update(func(w *cloud.World) { *w = cloud.Morning(time.Now()) })
	}
	s.Zendesk.Update(func(d *zendesk.Desk) { *d = zendesk.Morning(time.Now()) })
	s.Nessus.Update(func(w *nessus.World) { *w = nessus.Morning(time.Now()) })
}

// Mend does what the red reports ask for.
func (s *Scene) Mend() {
	s.Director.Update(func(f *director.Fleet) { *f = mended() })
	for _, aws := range []*cloud.Server{s.AWS, s.Staging} {
		aws.Update(func(w *cloud.World) { *w = cloud.Clean(time.Now()) })
	}
	s.Zendesk.Update(func(d *zendesk.Desk) { *d = zendesk.Clean(time.Now()) })
	s.Nessus.Update(func(w *nessus.World) { *w = nessus.Clean(time.Now()) })
}

// Stop ends everything.
func (s *Scene) Stop() {
	s.monitors.stop()
	s.Feeds.Close()
	s.Nessus.Close()
	s.Zendesk.Close()
	s.Slack.Close()
	s.AWS.Close()
	s.Staging.Close()
	s.Director.Close()
	s.BoshIO.Close()
	if s.concourse != nil {
		_ = s.concourse.Close()
	}
	s.Sandbox.Stop()
	os.RemoveAll(s.folder)
}

func (s *Scene) setUp(ctx context.Context) (err error) {
	if s.folder, err = os.MkdirTemp("", "checklist-scene-"); err != nil {
		return err
	}
	if err := s.S3.CreateBucket(ctx, Bucket); err != nil {
		return err
	}
	if err := s.serveConcourse(); err != nil {
		return err
	}
	if err := s.monitor(ctx); err != nil {
		return err
	}
	if err := s.build(ctx); err != nil {
		return err
	}
	if _, err := s.Push(ctx, "checklist", s.root, "v1.0.0"); err != nil {
		return fmt.Errorf("push this project: %w", err)
	}
	if err := s.copyExample(); err != nil {
		return fmt.Errorf("copy the example: %w", err)
	}
	if err := s.Configure(ctx, s.address); err != nil {
		return fmt.Errorf("push the config: %w", err)
	}
	return nil
}

// build makes every image by the Dockerfiles that ship.
func (s *Scene) build(ctx context.Context) (err error) {
	if s.Images["tasks"], err = s.Build(ctx, "Dockerfile.task", nil, "checklist-tasks:1"); err != nil {
		return err
	}
	resources, err := os.ReadDir(filepath.Join(s.root, "resources"))
	if err != nil {
		return err
	}
	for _, r := range resources {
		name := r.Name()
		if s.Images[name], err = s.Build(ctx, "Dockerfile.resource", map[string]string{"RESOURCE": name}, "checklist-"+name+":1"); err != nil {
			return err
		}
	}
	return nil
}
