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
	for _, name := range f.Lines() {
		j.end(name)
	}
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

func detail(lines ...string) func(*report.Finding) {
	return func(f *report.Finding) { f.Detail = report.Lines(lines...) }
}

func action(format string, args ...any) func(*report.Finding) {
	return func(f *report.Finding) { f.Action = fmt.Sprintf(format, args...) }
}

func link(address string) func(*report.Finding) {
	return func(f *report.Finding) { f.Link = address }
}

// deployment judges VMs line by line; where they could not be read, what the deployment lists.
func (j *judge) deployment(d Deployment) {
	d.VMs = slices.SortedFunc(slices.Values(d.VMs), byName)
	j.unfinished(d)
	if d.Unread {
		for _, name := range d.lines() {
			j.line(d, name, planned(d, name))
		}
		j.unread(d)
		return
	}
	j.unknown(d)
	j.odd(d)
	for _, name := range linesOf(d.VMs) {
		j.line(d, name, slices.DeleteFunc(slices.Clone(d.VMs), func(vm VM) bool { return vm.Name != name }))
	}
}

// planned stands for VMs that nobody could read: one for each version that the deployment lists.
func planned(d Deployment, name string) (vms []VM) {
	for _, version := range d.listed(name) {
		vms = append(vms, VM{Name: name, Version: version})
	}
	return vms
}

// The name that the director's own VM goes by, and the rules by which late VMs are found.
const (
	ofDirector     = "(director)"
	behind         = "stemcell-behind"
	ignoredBehind  = "ignored-vm-behind"
	directorBehind = "director-behind"
)

// group is VMs of one line in one deployment.
type group struct {
	Deployment
	line Line
	all  []VM
}

func (g group) subject() string { return g.Name + "/" + OS(g.line.Name) }

// line judges VMs of one line: what their versions are, and how late. Those that bosh passes over are
// late by themselves: what is to be done differs.
func (j *judge) line(d Deployment, name string, vms []VM) {
	line, published := j.lines[name]
	if !published {
		return
	}
	g := group{d, line, vms}
	j.pinned(g)
	var served, ignored []VM
	for _, vm := range j.standing(g) {
		if vm.Ignored {
			ignored = append(ignored, vm)
		} else {
			served = append(served, vm)
		}
	}
	if d.Name == ofDirector {
		j.late(g, directorBehind, served)
		return
	}
	j.late(g, behind, served)
	j.late(g, ignoredBehind, ignored)
}

// director judges the director's own VM, which no deployment of its own lists.
func (j *judge) director() {
	name, version := j.fleet.directorLine(), j.fleet.Director.Version
	if _, err := ParseVersion(version); err != nil || name == "" {
		j.find("stemcell-unknown", report.Warning, ofDirector, "the director does not say which stemcell its own VM runs",
			detail(fmt.Sprintf("OS %q, version %q", j.fleet.Director.OS, version)),
			action("Look at the director that deployed it; one too old to say (before 2018) needs an exception with a reason."))
		return
	}
	j.line(Deployment{Name: ofDirector}, name, []VM{{Name: name, Version: version}})
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

// pins that are over no longer hold anything back, which somebody should know.
func (j *judge) pins() {
	for _, pin := range j.policy.Pins {
		if pin.Until.Over(j.now) {
			j.find("pin-ended", report.Warning, strings.TrimSpace(fmt.Sprintf("pin %s %s %s", pin.Line, pin.Version, pin.Deployment)),
				fmt.Sprintf("the pin of %s to %s ended on %s", pin.Line, pin.Version, pin.Until), detail("reason: "+pin.Reason),
				action("Remove it from the policy file, or renew it with a new reason and date."))
		}
	}
}
