package stemcell

import (
	"fmt"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// late judges together those of some VMs that missed a stemcell. How late counts from the publication of the
// first that they missed: counting from the newest would make a fleet younger with each one it misses.
func (j *judge) late(g group, rule string, vms []VM) {
	vms = j.missing(g, vms)
	if len(vms) == 0 {
		return
	}
	missed := g.line.Missed(j.policy, g.Name, extreme(vms, -1), j.now)
	first, target := missed[0], missed[len(missed)-1].Version
	severity, when := j.lateness(first)
	step, remedy := j.stuck(g, rule, target)
	j.find(rule, severity, g.subject(),
		fmt.Sprintf("%s %s %s, %s behind %s: %s", g.some(vms), OS(g.line.Name), span(vms), report.Number(len(missed), "version"), target, when),
		detail(slices.Concat([]string{fmt.Sprintf("first missed: %s, published %s", first.Version, day(first.Date)), "stuck at: " + step},
			list(vms), []string{j.held(g)})...),
		action("%s%s", remedy, j.policy.notes(g.Name)))
}

func (j *judge) missing(g group, vms []VM) (late []VM) {
	for _, vm := range vms {
		if v, err := ParseVersion(vm.Version); err == nil && len(g.line.Missed(j.policy, g.Name, v, j.now)) > 0 {
			late = append(late, vm)
		}
	}
	return late
}

// lateness is how bad it is to have missed a stemcell, in severity and in words.
func (j *judge) lateness(first Published) (report.Severity, string) {
	if first.Date.IsZero() {
		return report.Warning, "nobody knows for how long, its date is unknown"
	}
	late := report.Number(age(first.Date, j.now), "day") + " late"
	switch red := first.Date.Add(days(j.policy.GraceDays)); {
	case j.now.Before(red):
		return report.Info, late + ", turns red on " + day(red)
	case j.now.Before(first.Date.Add(days(j.policy.HighDays))):
		return report.Warning, late
	}
	return report.High, late
}

// stuck tells how far the stemcell got on its way (published, uploaded, referenced, on every VM) and what
// brings it on.
func (j *judge) stuck(g group, rule string, target Version) (step, remedy string) {
	name := g.line.Name
	switch {
	case rule == directorBehind:
		return "published; the director itself is not redeployed", fmt.Sprintf("Deploy the director with %s %s.", name, target)
	case !j.fleet.uploaded(name, target):
		return "published, not uploaded to the director", fmt.Sprintf("Upload %s %s to the director, then deploy %s.%s", name, target, g.Name, unignore(g, rule))
	case !g.refers(name, target):
		return "uploaded, not referenced by the deployment", fmt.Sprintf("Deploy %s with %s %s, which is uploaded already.%s", g.Name, name, target, unignore(g, rule))
	case rule == ignoredBehind:
		return "referenced, passed over by deploys since the VM is ignored",
			fmt.Sprintf("Find out why the VM is ignored, then run bosh -d %s unignore INSTANCE and deploy %s.", g.Name, g.Name)
	case g.Locked:
		return "referenced, a deploy is running now", fmt.Sprintf("Watch the deploy of %s to its end: bosh -d %s task.", g.Name, g.Name)
	case g.LastError != "":
		return "referenced, not on every VM; the last deploy ended with: " + g.LastError, fmt.Sprintf("Mend what stopped the deploy of %s and deploy it again.", g.Name)
	}
	return "referenced, not on every VM", fmt.Sprintf("Deploy %s again, and look why its last deploy left VMs out.", g.Name)
}

// unignore goes before a deploy that is to reach ignored VMs.
func unignore(g group, rule string) string {
	if rule != ignoredBehind {
		return ""
	}
	return fmt.Sprintf(" Before it, find out why the VM is ignored and run bosh -d %s unignore INSTANCE.", g.Name)
}

// held says that a pin keeps the target down.
func (j *judge) held(g group) string {
	if pin := j.policy.pin(g.line.Name, g.Name, j.now); pin != nil {
		return fmt.Sprintf("pinned to %s until %s: %s", pin.Version, pin.Until, pin.Reason)
	}
	return ""
}

// pinned tells of a pin that nothing published fits: under it nobody would ever be behind.
func (j *judge) pinned(g group) {
	pin := j.policy.pin(g.line.Name, g.Name, j.now)
	if pin == nil || slices.ContainsFunc(g.line.All, func(s Published) bool { return g.line.Tarball(s) != "" && s.Version.within(pin.Version) }) {
		return
	}
	j.find("pin-unpublished", report.Warning, g.subject(),
		fmt.Sprintf("%s is pinned to %s %s and nothing published is within it, so nobody would see it fall behind", g.Name, OS(g.line.Name), pin.Version),
		detail("reason: "+pin.Reason), action("Correct the version of the pin in the policy file, or remove the pin."))
}
