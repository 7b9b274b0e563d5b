package main

import (
	"context"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// check is one look at one director.
type check struct {
	*config
	policy *stemcell.Policy
}

func (c *check) look(ctx context.Context, run *task.Run) error {
	director, err := c.open(ctx)
	if err != nil {
		return err
	}
	f := &fleet{check: c, run: run, director: director}
	if err := f.read(ctx); err != nil {
		return err
	}
	lines := c.published(ctx, run, f.judged)
	run.Find(stemcell.Judge(f.judged, lines, *c.policy, run.Now())...)
	return run.WriteJSON("deployed.json", f.deployed())
}

func (c *check) open(ctx context.Context) (*bosh.Director, error) {
	if !c.AllProxy.IsZero() {
		if err := bosh.UseProxy(c.AllProxy.Reveal(), c.ProxyKey); err != nil {
			return nil, err
		}
	}
	return bosh.Open(ctx, bosh.Options{
		Environment: c.Environment, Client: c.Client, Secret: c.Secret, CACert: c.CACert,
		Request: c.RequestTimeout, Queue: c.QueueTimeout, Run: c.TaskTimeout,
	})
}

// published reads the lines that the fleet uses. A line that cannot be read is a gap.
func (c *check) published(ctx context.Context, run *task.Run, f stemcell.Fleet) map[string]stemcell.Line {
	index := boshio.New(c.BoshIO, fetch.Options{Timeout: c.RequestTimeout})
	lines := map[string]stemcell.Line{}
	for _, name := range f.Lines() {
		line, err := list(ctx, index, name)
		if err != nil {
			run.Miss(run.Scope+"/"+stemcell.OS(name), err.Error(), "Look at the name and at BOSH_IO_URL, then run it again.")
			continue
		}
		lines[name] = line
	}
	run.Examine("stemcell lines", len(lines))
	if err := c.date(ctx, index, f, lines, run.Now()); err != nil {
		run.Miss("publication dates", err.Error(), "Correct DATES_FILE.")
	}
	return lines
}

func list(ctx context.Context, index *boshio.Client, name string) (stemcell.Line, error) {
	listed, err := index.List(ctx, name)
	if err != nil {
		return stemcell.Line{}, err
	}
	line := stemcell.Line{Name: name}
	for _, s := range listed {
		v, err := stemcell.ParseVersion(s.Version)
		if err != nil {
			return stemcell.Line{}, fmt.Errorf("list stemcells named %s: %w", name, err)
		}
		line.All = append(line.All, stemcell.Published{Version: v, Light: address(s.Light), Regular: address(s.Regular)})
	}
	return line, nil
}

func address(t *boshio.Tarball) string {
	if t == nil {
		return ""
	}
	return t.URL
}

// date finds the dates that the judgement turns on: from the file, else from the tarballs. One that
// cannot be had stays unknown, which the judgement takes for late.
func (c *check) date(ctx context.Context, index *boshio.Client, f stemcell.Fleet, lines map[string]stemcell.Line, now time.Time) error {
	known, err := readDates(c.DatesFile)
	for name, versions := range known {
		for v, date := range versions {
			if parsed, err := stemcell.ParseVersion(v); err == nil {
				lines[name].Date(parsed, date)
			}
		}
	}
	for name, versions := range stemcell.Undated(f, lines, *c.policy, now) {
		for _, s := range lines[name].All {
			for _, v := range versions {
				if tarball := lines[name].Tarball(s); s.Version.Compare(v) == 0 && tarball != "" {
					if date, err := index.Published(ctx, tarball); err == nil {
						lines[name].Date(v, date)
					}
				}
			}
		}
	}
	return err
}
