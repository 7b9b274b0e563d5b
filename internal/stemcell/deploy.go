package stemcell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// unfinished tells of a deployment that lists two stemcells of one line: its last deploy stopped
// half-way, or runs now. Which VM has which only the VMs tell.
func (j *judge) unfinished(d Deployment) {
	versions := map[string][]string{}
	for _, s := range d.Stemcells {
		if !slices.Contains(versions[s.Name], s.Version) {
			versions[s.Name] = append(versions[s.Name], s.Version)
		}
	}
	for name, both := range versions {
		if len(both) < 2 {
			continue
		}
		subject, all := d.Name+"/"+OS(name), strings.Join(both, " and ")
		if d.Locked {
			j.find("deploy-running", report.Info, subject, fmt.Sprintf("%s lists %s %s: a deploy is running now", d.Name, OS(name), all),
				action("Watch it to its end: bosh -d %s task.", d.Name))
			continue
		}
		why := "no error of it is recorded"
		if d.LastError != "" {
			why = "it ended with: " + d.LastError
		}
		j.find("deploy-unfinished", report.Warning, subject, fmt.Sprintf("%s lists %s %s: its last deploy stopped half-way, or its manifest asks for both", d.Name, OS(name), all),
			detail("%s", why), action("Mend what stopped it and deploy %s again.%s", d.Name, j.policy.notes(d.Name)))
	}
}
