package stemcell

import (
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// standing judges what versions are, however late they are: newer than any that is published, not or no longer
// published, not yet released, not to be used. It gives back those whose lateness matters besides.
func (j *judge) standing(g group) (rest []VM) {
	var denied, ahead, withdrawn, early []VM
	for _, vm := range g.all {
		v, err := ParseVersion(vm.Version)
		if err != nil {
			continue // unknown says so
		}
		_, published := g.line.find(v)
		switch {
		case j.policy.denied(g.line.Name, v) != nil:
			denied = append(denied, vm)
			continue
		case !published && v.Newer(g.line.newest()):
			ahead = append(ahead, vm)
		case !published:
			withdrawn = append(withdrawn, vm)
		case v.preRelease():
			early = append(early, vm)
		}
		rest = append(rest, vm)
	}
	j.denied(g, denied)
	j.stands("stemcell-ahead", g, ahead, fmt.Sprintf("a stemcell newer than any published (%s)", g.line.newest()),
		"Find out where this stemcell came from; a candidate or self-made one needs an exception with a reason.")
	j.stands("stemcell-withdrawn", g, withdrawn, "a stemcell that is not published, or no longer",
		g.deploy()+" with a published stemcell."+j.policy.notes(g.Name))
	j.stands("stemcell-pre-release", g, early, "a stemcell of major version 0, not yet offered for general use",
		g.deploy()+" with a released stemcell, of another line if this one has none."+j.policy.notes(g.Name))
	return rest
}

func (j *judge) stands(rule string, g group, vms []VM, what, act string) {
	if len(vms) > 0 {
		j.find(rule, report.Warning, g.subject(), fmt.Sprintf("%s %s %s: %s", g.some(vms), OS(g.line.Name), span(vms), what),
			detail(list(vms)...), action("%s", act))
	}
}

// denied judges VMs on what nobody should run, be it the newest.
func (j *judge) denied(g group, vms []VM) {
	if len(vms) == 0 {
		return
	}
	oldest := extreme(vms, -1)
	j.find("stemcell-denied", report.High, g.subject(),
		fmt.Sprintf("%s %s %s, which should not be used", g.some(vms), OS(g.line.Name), span(vms)),
		detail(list(vms)...), link(j.policy.denied(g.line.Name, oldest).Source),
		action("%s with another stemcell of the line.%s", g.deploy(), j.policy.notes(g.Name)))
}
