package stemcell

import (
	"fmt"
	"strings"
	"time"
)

// shown is how many VMs a finding lists by name.
const shown = 10

// some is "3 of 6 VMs run", "its only VM runs".
func some(vms, all []VM) string { return verb(vms, all, "runs", "run") }

func were(vms, all []VM) string { return verb(vms, all, "was", "were") }

func verb(vms, all []VM, one, many string) string {
	switch {
	case len(all) == 1 && all[0].CID == "":
		return all[0].Instance + " " + one
	case len(all) == 1:
		return "its only VM " + one
	case len(vms) == len(all):
		return fmt.Sprintf("all %d VMs %s", len(all), many)
	case len(vms) == 1:
		return fmt.Sprintf("1 of %d VMs %s", len(all), one)
	}
	return fmt.Sprintf("%d of %d VMs %s", len(vms), len(all), many)
}

// list names the VMs, a line each.
func list(vms []VM) string {
	var text []string
	for i, vm := range vms {
		if i == shown {
			text = append(text, fmt.Sprintf("+%d more", len(vms)-shown))
			break
		}
		text = append(text, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s", vm.Instance, vm.CID, vm.Version, state(vm))), " "))
	}
	return strings.Join(text, "\n")
}

func state(vm VM) string {
	var words []string
	if vm.Ignored {
		words = append(words, "ignored")
	}
	if vm.Silent {
		words = append(words, "unresponsive")
	}
	if vm.Detached {
		words = append(words, "detached")
	}
	if !vm.Created.IsZero() {
		words = append(words, "made "+vm.Created.Format(time.DateOnly))
	}
	return strings.Join(words, ", ")
}

// span is "1.1330", or "1.999 to 1.1330" where VMs differ.
func span(vms []VM) string {
	oldest, newest := extreme(vms, -1), extreme(vms, +1)
	if oldest.Compare(newest) == 0 {
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

func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// age is whole days.
func age(since, now time.Time) int { return int(now.Sub(since) / days(1)) }

func dated(p Published) string {
	if p.Date.IsZero() {
		return "on an unknown day"
	}
	return p.Date.Format(time.DateOnly)
}
