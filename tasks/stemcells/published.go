package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// published reads what is published of the lines that the fleet uses, with the dates that the judgement turns
// on. A line that cannot be listed is a gap.
func (c *check) published(ctx context.Context, run *task.Run, f stemcell.Fleet) map[string]stemcell.Line {
	index := boshio.New(c.BoshIO, fetch.Options{Timeout: c.RequestTimeout})
	names := f.Lines()
	listed, failed := make([]stemcell.Line, len(names)), make([]error, len(names))
	c.each(len(names), func(i int) { listed[i], failed[i] = list(ctx, index, names[i]) })
	lines := map[string]stemcell.Line{}
	for i, name := range names {
		if failed[i] != nil {
			run.Miss(run.Scope+"/"+stemcell.OS(name), failed[i].Error(), remedy(failed[i]))
			continue
		}
		c.dates.into(listed[i])
		lines[name] = listed[i]
	}
	run.Examine("stemcell lines", len(lines))
	c.date(ctx, run, index, f, lines)
	return lines
}

// remedy is what to do about a line that cannot be listed.
func remedy(err error) string {
	var refused *fetch.StatusError
	var garbage *json.SyntaxError
	switch {
	case errors.As(err, new(*boshio.UnknownError)):
		return "See whether the stemcell was uploaded under its published name, and what BOSH_IO_URL lists; accept a self-made stemcell by an exception (rule: gap)."
	case errors.As(err, &refused) && refused.Status >= http.StatusInternalServerError:
		return "Run it again in some minutes: what answers at BOSH_IO_URL is unwell."
	case refused != nil, errors.As(err, &garbage):
		return "Correct BOSH_IO_URL: what answers there does not list stemcells, or not to us; a proxy may stand in its place."
	}
	return "See whether BOSH_IO_URL answers from where this ran (proxy, firewall), then run it again; if it is only slow, raise REQUEST_TIMEOUT."
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

// date asks the tarballs for dates. One that cannot be had stays unknown, which the judgement takes for late;
// why is said. In a replay, a stemcell that was not out yet makes the date of another one matter.
func (c *check) date(ctx context.Context, run *task.Run, index *boshio.Client, f stemcell.Fleet, lines map[string]stemcell.Line) {
	unknown := map[string]error{}
	for {
		wanted := slices.DeleteFunc(stemcell.Undated(f, lines, *c.policy, run.Now()), func(w stemcell.Stemcell) bool { return unknown[w.String()] != nil })
		if len(wanted) == 0 {
			break
		}
		dates, failed := make([]time.Time, len(wanted)), make([]error, len(wanted))
		c.each(len(wanted), func(i int) {
			dates[i], failed[i] = index.Published(ctx, lines[wanted[i].Name].Address(wanted[i].Version))
		})
		if ctx.Err() != nil {
			return // which the report says
		}
		for i, w := range wanted {
			if failed[i] != nil {
				unknown[w.String()] = failed[i]
			}
			lines[w.Name].Date(w.Version, dates[i])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		run.LeaveOut("the date of "+name, unknown[name].Error()+" (DATES_FILE can give it)")
	}
}
