// Package sandbox starts a real Concourse on this machine, for tests and for trying out: web, a
// worker with containerd, PostgreSQL, an image registry, an S3 server and a git origin. All of it
// ends with the program that started it, even when that is killed.
//
// It needs root on Linux and programs of Debian; Requirements tells what is missing. One sandbox
// runs on a machine at a time, Start waits its turn.
package sandbox

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

const (
	user     = "test"
	password = "test"
)

// Options say how to start a sandbox. The zero value is fine.
type Options struct {
	Dir string    // keeps what is slow to make; empty: platform-checklist in the user's cache folder
	Log io.Writer // one line for each step and the seconds it took; nil: nowhere
}

// Sandbox is a running Concourse and what it needs around it.
type Sandbox struct {
	URL, User, Password, Team string // Concourse, as fly and go-concourse reach it

	Host     string // the address of this machine as containers reach it; stand-ins listen there
	Registry string // host:port of the image registry, without TLS, the same inside and outside containers
	S3       S3

	dir    string // what this run writes; gone when it ends
	cache  string // what later runs use again
	tools  string // the built programs
	root   string // the project
	log    io.Writer
	origin *origin
	undo   []func() // how to end what was started, in the order of starting

	golang     sync.Mutex // one build makes the golang image, the others wait
	golangMade bool
}

// Start returns a sandbox that is ready for pipelines. ctx limits only the starting, and with it the
// wait for another sandbox to end; the first start on a machine compiles the tools, which takes
// minutes. While it runs, its servers' logs are in /var/lib/platform-checklist-sandbox.
func Start(ctx context.Context, options Options) (*Sandbox, error) {
	if err := Requirements(); err != nil {
		return nil, err
	}
	cache, err := cacheDir(options.Dir)
	if err != nil {
		return nil, err
	}
	root, err := project(ctx)
	if err != nil {
		return nil, err
	}
	sb := &Sandbox{
		User: user, Password: password, Team: "main", Host: host,
		dir: runDir, cache: cache, root: root, log: options.Log,
	}
	if sb.log == nil {
		sb.log = io.Discard
	}
	if err := sb.startAll(ctx); err != nil {
		sb.Stop()
		return nil, fmt.Errorf("start the sandbox: %w", err)
	}
	return sb, nil
}

// Stop ends everything that was started and removes what it wrote. It may be called twice.
func (sb *Sandbox) Stop() {
	for _, undo := range slices.Backward(sb.undo) {
		undo()
	}
	sb.undo = nil
}

func (sb *Sandbox) startAll(ctx context.Context) error {
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"this machine", sb.claim},
		{"tools", sb.buildTools},
		{"network", sb.startNetwork},
		{"registry", sb.startRegistry},
		{"git origin and clock", sb.startOrigin},
		{"resource types", sb.writeTypes},
		{"S3", sb.startS3},
		{"Concourse", sb.startConcourse},
	} {
		began := time.Now()
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		sb.say("%s: %.1f s", step.name, time.Since(began).Seconds())
	}
	return nil
}

func (sb *Sandbox) buildTools(ctx context.Context) (err error) {
	sb.tools, err = Tools(ctx, sb.cache)
	return err
}

func (sb *Sandbox) say(format string, values ...any) {
	fmt.Fprintf(sb.log, "sandbox: "+format+"\n", values...)
}
