package stemcell

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// late judges VMs that missed a stemcell. How late counts from the publication of the first that
// they missed: counting from the newest would make a fleet younger with each one it misses.
func (j *judge) late(g group, vms []VM) {
	if len(vms) == 0 {
		return
	}
	oldest := extreme(vms, -1)
	missed := g.line.Missed(j.policy, g.Name, oldest, j.now)
	first, target := missed[0], missed[len(missed)-1]
	severity, when := j.lateness(first)
	j.find(g.rule, severity, g.subject(),
		fmt.Sprintf("%s %s %s, %s behind %s: %s", some(vms, g.all), OS(g.line.Name), span(vms), number(len(missed), "version"), target.Version, when),
		detail("first missed: %s, published %s\nstuck at: %s\n%s%s", first.Version, dated(first), j.step(g, target.Version), list(vms), j.held(g)),
		action("%s%s", j.remedy(g, target), j.policy.notes(g.Name)))
}

// lateness is how bad it is to have missed a stemcell, in severity and in words.
func (j *judge) lateness(first Published) (report.Severity, string) {
	if first.Date.IsZero() {
		return report.Warning, "nobody knows for how long, its date is unknown"
	}
	late := fmt.Sprintf("%s late", number(age(first.Date, j.now), "day"))
	switch red := first.Date.Add(days(j.policy.GraceDays)); {
	case j.now.Before(red):
		return report.Info, fmt.Sprintf("%s, turns red on %s", late, red.Format(time.DateOnly))
	case j.now.Before(first.Date.Add(days(j.policy.HighDays))):
		return report.Warning, late
	}
	return report.High, late
}

// step tells how far the stemcell got: published, uploaded, referenced, on every VM.
func (j *judge) step(g group, target Version) string {
	switch {
	case g.rule == "director-behind":
		return "published; the director itself is not redeployed"
	case !j.fleet.uploaded(g.line.Name, target):
		return "published, not uploaded to the director"
	case !g.refers(g.line.Name, target):
		return "uploaded, not referenced by the deployment"
	case g.rule == "ignored-vm-behind":
		return "referenced, passed over by deploys since the VM is ignored"
	case g.Locked:
		return "referenced, a deploy is running now"
	case g.LastError != "":
		return "referenced, not on every VM; the last deploy ended with: " + g.LastError
	}
	return "referenced, not on every VM"
}

func (j *judge) remedy(g group, target Published) string {
	name, v := g.line.Name, target.Version
	switch {
	case g.rule == "director-behind":
		return fmt.Sprintf("Deploy the director with %s %s.", name, v)
	case g.rule == "ignored-vm-behind":
		return fmt.Sprintf("Find out why the VM is ignored, then run bosh -d %s unignore INSTANCE and deploy %s.", g.Name, g.Name)
	case !j.fleet.uploaded(name, v):
		return fmt.Sprintf("Upload %s %s to the director, then deploy %s.", name, v, g.Name)
	case !g.refers(name, v):
		return fmt.Sprintf("Deploy %s with %s %s, which is uploaded already.", g.Name, name, v)
	case g.Locked:
		return fmt.Sprintf("Watch the deploy of %s to its end: bosh -d %s task.", g.Name, g.Name)
	}
	return fmt.Sprintf("Mend what stopped the deploy of %s and deploy it again.", g.Name)
}

// held says that a pin keeps the target down.
func (j *judge) held(g group) string {
	if pin := j.policy.pin(g.line.Name, g.Name, j.now); pin != nil {
		return fmt.Sprintf("\npinned to %s until %s: %s", pin.Version, pin.Until, pin.Reason)
	}
	return ""
}
