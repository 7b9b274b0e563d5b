package stemcell

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Judge tells what is wrong with the stemcells of a fleet. lines holds what is published; of a line
// that is not there nothing is said, since whoever could not read it said so.
func Judge(f Fleet, lines map[string]Line, p Policy, now time.Time) []report.Finding {
	j := judge{fleet: f, lines: lines, policy: p, now: now}
	for _, d := range f.Deployments {
		j.deployment(d)
	}
	j.director()
	j.expected()
	j.orphans()
	j.ends()
	j.pins()
	report.Sort(j.found)
	return j.found
}

type judge struct {
	fleet  Fleet
	lines  map[string]Line
	policy Policy
	now    time.Time
	found  []report.Finding
}

func (j *judge) find(rule string, severity report.Severity, subject, summary string, more ...func(*report.Finding)) {
	f := report.Finding{Rule: rule, Severity: severity, Subject: j.fleet.Scope + "/" + subject, Summary: summary}
	for _, add := range more {
		add(&f)
	}
	j.found = append(j.found, f)
}

func detail(format string, args ...any) func(*report.Finding) {
	return func(f *report.Finding) { f.Detail = fmt.Sprintf(format, args...) }
}

func action(format string, args ...any) func(*report.Finding) {
	return func(f *report.Finding) { f.Action = fmt.Sprintf(format, args...) }
}

func link(address string) func(*report.Finding) {
	return func(f *report.Finding) { f.Link = address }
}

// deployment judges its VMs line by line, those that bosh passes over apart from the rest: what is
// to be done differs.
func (j *judge) deployment(d Deployment) {
	j.unfinished(d)
	j.unknown(d)
	j.odd(d)
	for _, name := range linesOf(d.VMs) {
		line, published := j.lines[name]
		if !published {
			continue
		}
		var served, ignored []VM
		for _, vm := range d.VMs {
			if vm.Name != name || vm.Unread {
				continue
			}
			if vm.Ignored {
				ignored = append(ignored, vm)
			} else {
				served = append(served, vm)
			}
		}
		all := slices.Concat(served, ignored)
		j.group(group{d, line, served, all, "stemcell-behind"})
		j.group(group{d, line, ignored, all, "ignored-vm-behind"})
	}
	j.unread(d)
}

func linesOf(vms []VM) (names []string) {
	for _, vm := range vms {
		if vm.Name != "" {
			names = append(names, vm.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// group is the VMs of one line in one deployment.
type group struct {
	Deployment
	line Line
	vms  []VM   // to be judged
	all  []VM   // of the line in the deployment, to count among
	rule string // by which the late ones are found
}

func (g group) subject() string { return g.Name + "/" + OS(g.line.Name) }

// group sorts VMs by what their version is, and judges the late ones together.
func (j *judge) group(g group) {
	var late, denied, ahead, withdrawn, early []VM
	for _, vm := range g.vms {
		v, err := ParseVersion(vm.Version)
		if err != nil {
			continue // unknown has said so
		}
		published, listed := g.line.find(v)
		switch {
		case j.policy.denied(g.line.Name, v) != nil:
			denied = append(denied, vm)
		case len(g.line.Missed(j.policy, g.Name, v, j.now)) > 0:
			late = append(late, vm)
		case !listed && v.Newer(g.line.newest()):
			ahead = append(ahead, vm)
		case !listed:
			withdrawn = append(withdrawn, vm)
		case published.Version.preRelease():
			early = append(early, vm)
		}
	}
	j.late(g, late)
	j.denied(g, denied)
	if len(ahead) > 0 {
		j.find("stemcell-ahead", report.Warning, g.subject(),
			fmt.Sprintf("%s a stemcell newer than any published (%s)", some(ahead, g.all), g.line.newest()),
			detail("%s", list(ahead)),
			action("Find out where this stemcell came from; a candidate or self-made one needs an exception with a reason."))
	}
	if len(withdrawn) > 0 {
		j.find("stemcell-withdrawn", report.Warning, g.subject(),
			fmt.Sprintf("%s a stemcell that is not published, or no longer", some(withdrawn, g.all)),
			detail("%s", list(withdrawn)), action("Deploy %s with a published stemcell.%s", g.Name, j.policy.notes(g.Name)))
	}
	if len(early) > 0 {
		j.find("stemcell-pre-release", report.Warning, g.subject(),
			fmt.Sprintf("%s a stemcell of major version 0, not yet offered for general use", some(early, g.all)),
			detail("%s", list(early)), action("Move %s to a line that is released.%s", g.Name, j.policy.notes(g.Name)))
	}
}

func (j *judge) denied(g group, vms []VM) {
	if len(vms) == 0 {
		return
	}
	v, _ := ParseVersion(vms[0].Version)
	source := j.policy.denied(g.line.Name, v).Source
	j.find("stemcell-denied", report.High, g.subject(),
		fmt.Sprintf("%s a stemcell that should not be used", some(vms, g.all)),
		detail("%s", list(vms)), link(source),
		action("Deploy %s with another stemcell of the line.%s", g.Name, j.policy.notes(g.Name)))
}

// director judges the director's own VM, which no deployment of its own lists.
func (j *judge) director() {
	name := j.fleet.directorLine()
	line, published := j.lines[name]
	if !published {
		return
	}
	vm := VM{Instance: "the director's own VM", Name: name, Version: j.fleet.Director.Version}
	d := Deployment{Name: "(director)", VMs: []VM{vm}}
	j.unknown(d)
	j.group(group{d, line, d.VMs, d.VMs, "director-behind"})
}

// expected are deployments that the policy wants to see.
func (j *judge) expected() {
	for _, name := range j.policy.Expected {
		if !slices.ContainsFunc(j.fleet.Deployments, func(d Deployment) bool { return d.Name == name }) {
			j.find("deployment-missing", report.High, name, name+" is expected and the director does not list it",
				action("Deploy it, or take it out of expected_deployments in the policy file."))
		}
	}
}

// ends looks at the lines themselves: nobody publishes for a line that has ended, so its newest
// stemcell is no answer.
func (j *judge) ends() {
	for _, name := range j.fleet.Lines() {
		if i := slices.IndexFunc(j.policy.EndOfLife, func(e LineEnd) bool { return e.Line.Match(name) }); i >= 0 && j.policy.EndOfLife[i].Date.Over(j.now) {
			j.find("line-ended", report.High, OS(name),
				fmt.Sprintf("%s gets no security updates since %s; %s run it", OS(name), j.policy.EndOfLife[i].Date, j.users(name)),
				action("Move them to a line that is maintained."))
			continue
		}
		last, known := j.lines[name].last()
		if known && j.now.Sub(last) > days(j.policy.SilenceDays) {
			j.find("line-silent", report.Warning, OS(name),
				fmt.Sprintf("no %s stemcell was published since %s (%d days); %s run it", OS(name), last.Format(time.DateOnly), age(last, j.now), j.users(name)),
				action("Ask whether the line has ended, and whether BOSH_IO_URL answers with today's list."))
		}
	}
}

// last is the newest date known of the line.
func (l Line) last() (last time.Time, known bool) {
	for _, p := range l.All {
		if p.Date.After(last) {
			last, known = p.Date, true
		}
	}
	return last, known
}

func (j *judge) users(line string) string {
	var names []string
	for _, d := range j.fleet.Deployments {
		if slices.ContainsFunc(d.VMs, func(vm VM) bool { return vm.Name == line }) ||
			slices.ContainsFunc(d.Stemcells, func(r Reference) bool { return r.Name == line }) {
			names = append(names, d.Name)
		}
	}
	if j.fleet.directorLine() == line {
		names = append(names, "the director's own VM")
	}
	return strings.Join(names, ", ")
}

// pins that are over no longer hold anything back, which somebody should know.
func (j *judge) pins() {
	for _, pin := range j.policy.Pins {
		if pin.Until.Over(j.now) {
			j.find("pin-ended", report.Warning, "pin "+string(pin.Line)+" "+pin.Version,
				fmt.Sprintf("the pin of %s to %s ended on %s", pin.Line, pin.Version, pin.Until), detail("reason: %s", pin.Reason),
				action("Remove it from the policy file, or renew it with a new reason and date."))
		}
	}
}
