package stemcell

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// shown is how many VMs a finding lists by name.
const shown = 10

// some is who of a group runs something: "3 of 6 VMs run".
func (g group) some(vms []VM) string {
	switch {
	case g.Name == ofDirector:
		return "the director's own VM runs"
	case g.Unread:
		return "its VMs could not be read, its last plan lists"
	}
	return some(vms, g.all, "runs", "run")
}

func (g group) deploy() string {
	if g.Name == ofDirector {
		return "Deploy the director"
	}
	return "Deploy " + g.Name
}

func some(vms, all []VM, one, many string) string {
	switch {
	case len(all) == 1:
		return "its only VM " + one
	case len(vms) == len(all) && len(all) == 2:
		return "both VMs " + many
	case len(vms) == len(all):
		return fmt.Sprintf("all %d VMs %s", len(all), many)
	case len(vms) == 1:
		return fmt.Sprintf("1 of %d VMs %s", len(all), one)
	}
	return fmt.Sprintf("%d of %d VMs %s", len(vms), len(all), many)
}

// list names the VMs, a line each.
func list(vms []VM) (text []string) {
	for i, vm := range vms {
		if i == shown {
			return append(text, fmt.Sprintf("+%d more", len(vms)-shown))
		}
		if vm.Instance != "" {
			text = append(text, report.Line(vm.Instance+" "+vm.CID+" "+vm.Version+" "+state(vm)))
		}
	}
	return text
}

func state(vm VM) string {
	var words []string
	for _, is := range []struct {
		so   bool
		word string
	}{
		{vm.Ignored, "ignored"},
		{vm.Silent, "unresponsive"},
		{vm.Detached, "detached"},
		{vm.Inactive, "not in service"},
		{!vm.Created.IsZero(), "made " + day(vm.Created)},
	} {
		if is.so {
			words = append(words, is.word)
		}
	}
	return strings.Join(words, ", ")
}

func byName(a, b VM) int {
	return cmp.Or(cmp.Compare(a.Instance, b.Instance), cmp.Compare(a.CID, b.CID))
}

// linesOf are the names of the lines that VMs run.
func linesOf(vms []VM) (names []string) {
	for _, vm := range vms {
		if vm.Name != "" {
			names = append(names, vm.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// span is "1.1330", or "1.999 to 1.1330" where VMs differ.
func span(vms []VM) string {
	oldest, newest := extreme(vms, -1), extreme(vms, +1)
	if oldest.same(newest) {
		return oldest.String()
	}
	return oldest.String() + " to " + newest.String()
}

// extreme is the oldest (-1) or newest (+1) version of VMs that all have one.
func extreme(vms []VM, sign int) Version {
	var most Version
	for _, vm := range vms {
		if v, err := ParseVersion(vm.Version); err == nil && (!most.Known() || v.Compare(most)*sign > 0) {
			most = v
		}
	}
	return most
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// age is whole days.
func age(since, now time.Time) int { return int(now.Sub(since) / days(1)) }
