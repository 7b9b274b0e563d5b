package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/nessus"
)

// server reads a Nessus Manager. One export at a time: Nessus makes them on the machine that scans.
func (l *looker) server(ctx context.Context) {
	c := l.open()
	body, err := c.get(ctx, "/server/status")
	if err == nil {
		err = nessus.ParseStatus(body)
	}
	if err != nil {
		l.miss("nessus", "ask whether Nessus is ready", err)
		return
	}
	if body, err = c.get(ctx, "/server/properties"); err == nil {
		l.facts.Server, err = nessus.ParseProperties(body)
	}
	if err != nil {
		l.miss("nessus", "ask for the plugins and the licence", err)
	}
	listed, err := l.list(ctx, c)
	if err != nil {
		l.miss("nessus", "list scans", err)
		return
	}
	for _, expected := range l.policy.Scans {
		l.scan(ctx, c, expected, listed)
	}
}

func (l *looker) list(ctx context.Context, c *client) ([]nessus.Listed, error) {
	body, err := c.get(ctx, "/scans")
	if err != nil {
		return nil, err
	}
	listed, err := nessus.ParseScans(body)
	var others []string
	for _, s := range listed {
		if !l.expects(s.Name) {
			others = append(others, s.Name)
		}
	}
	l.leaveOut(others)
	return listed, err
}

// scan reads one expected scan: its runs, the newest whole one, and how many hosts the one before it had.
func (l *looker) scan(ctx context.Context, c *client, expected nessus.Expected, listed []nessus.Listed) {
	found, err := named(expected.Name, listed)
	if err != nil {
		l.miss(expected.Name, "look for the scan", err)
		return
	}
	all, err := c.details(ctx, found.ID, 0)
	if err != nil {
		l.miss(expected.Name, "read its runs", err)
		return
	}
	s := nessus.Scan{Expected: expected, Disabled: found.Disabled, Runs: all.Runs}
	if completed, before, _ := nessus.Newest(s.Runs); completed != nil {
		s.Judged = *completed
		s.Export = l.export(ctx, c, expected.Name, found.ID, completed.ID)
		s.Before = l.before(ctx, c, expected.Name, found.ID, before)
	}
	l.facts.Scans = append(l.facts.Scans, s)
}

func named(name string, listed []nessus.Listed) (found nessus.Listed, err error) {
	err = errMissing
	for _, s := range listed {
		switch {
		case s.Name != name:
		case err == nil:
			return s, fmt.Errorf("two scans have this name, %d and %d: which is meant is not known", found.ID, s.ID)
		default:
			found, err = s, nil
		}
	}
	return found, err
}

// export reads a run, if that is the whole one that the history promises.
func (l *looker) export(ctx context.Context, c *client, name string, scan, run int64) *nessus.Export {
	details, err := c.details(ctx, scan, run)
	if err == nil && !nessus.Done(details.Status) {
		err = fmt.Errorf("Nessus lists the run %d as whole and shows it as %.40q", run, details.Status)
	}
	var export *nessus.Export
	if err == nil {
		export, err = c.read(ctx, scan, run)
	}
	if err == nil && len(export.Hosts) < details.Hosts {
		err = fmt.Errorf("its export holds %d hosts, Nessus counts %d", len(export.Hosts), details.Hosts)
	}
	if err != nil {
		l.miss(name, fmt.Sprintf("read its run %d", run), err)
	}
	return export
}

func (l *looker) before(ctx context.Context, c *client, name string, scan int64, run *nessus.Run) *nessus.Earlier {
	if run == nil {
		return nil
	}
	details, err := c.details(ctx, scan, run.ID)
	if err == nil && details.Hosts <= 0 {
		err = errors.New("Nessus counts no host in it")
	}
	if err != nil {
		l.miss(name, fmt.Sprintf("count the hosts of the run before, %d", run.ID), err)
		return nil
	}
	return &nessus.Earlier{Hosts: details.Hosts, Ended: run.Ended}
}
