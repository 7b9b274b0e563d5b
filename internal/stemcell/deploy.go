package stemcell

import (
	"fmt"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// unfinished tells of a deployment that lists two stemcells of one line: its last deploy stopped
// half-way, or runs now. Which VM has which only the VMs tell.
func (j *judge) unfinished(d Deployment) {
	for _, name := range d.lines() {
		versions := d.listed(name)
		if len(versions) < 2 {
			continue
		}
		subject, lists := d.Name+"/"+OS(name), fmt.Sprintf("%s lists %s %s", d.Name, OS(name), strings.Join(versions, " and "))
		if d.Locked {
			j.find("deploy-running", report.Info, subject, lists+": a deploy is running now",
				action("Watch it to its end: bosh -d %s task.", d.Name))
			continue
		}
		why := "no error of it is recorded"
		if d.LastError != "" {
			why = "it ended with: " + d.LastError
		}
		j.find("deploy-unfinished", report.Warning, subject, lists+": its last deploy stopped half-way, or its manifest asks for both",
			detail(why), action("Mend what stopped it and deploy %s again.%s", d.Name, j.policy.notes(d.Name)))
	}
}
