package stemcell_test

import (
	"fmt"
	"testing"

	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

func TestOddVMs(t *testing.T) {
	detached := stemcell.VM{Instance: "node/3", Detached: true}
	silent := vm("4", jammy, "1.1364")
	silent.Silent = true
	swap := made(vm("1", jammy, "1.1364"), "2026-08-20T00:00:00Z")
	swap.Inactive, swap.CID = true, "i-new"
	left := listing(deployment("cf", vm("1", jammy, "1.1364"), ignored(vm("2", jammy, "1.999"))), jammy, "1.1364")
	notReferenced := listing(left, jammy, "1.1330")
	vmIgnored := report.Finding{Rule: "vm-ignored", Subject: "production/cf", Summary: "ignored: deploys pass over 1 VM",
		Detail: "node/2 i-2 1.999 ignored", Action: "Find out why, and run bosh -d cf unignore INSTANCE when it is over."}
	ignoredBehind := func(step, action string) report.Finding {
		return report.Finding{Rule: "ignored-vm-behind", Subject: "production/cf/ubuntu-jammy", Severity: report.High,
			Summary: "1 of 2 VMs runs ubuntu-jammy 1.999, 22 versions behind 1.1364: 226 days late",
			Detail:  "first missed: 1.1015, published 2026-01-08\nstuck at: " + step + "\nnode/2 i-2 1.999 ignored", Action: action}
	}
	run(t, []situation{
		{name: "ignored and current", fleet: fleet(deployment("cf", vm("1", jammy, "1.1364"), ignored(vm("2", jammy, "1.1364")))), want: []report.Finding{{
			Rule: "vm-ignored", Subject: "production/cf", Summary: "ignored: deploys pass over 1 VM", Detail: "node/2 i-2 1.1364 ignored",
			Action: "Find out why, and run bosh -d cf unignore INSTANCE when it is over."}}},
		{name: "ignored and behind", fleet: fleet(left), want: []report.Finding{
			ignoredBehind("referenced, passed over by deploys since the VM is ignored", "Find out why the VM is ignored, then run bosh -d cf unignore INSTANCE and deploy cf."), vmIgnored}},
		{name: "ignored and behind what is not referenced", fleet: fleet(notReferenced), want: []report.Finding{
			ignoredBehind("uploaded, not referenced by the deployment", "Deploy cf with "+jammy+" 1.1364, which is uploaded already. Before it, find out why the VM is ignored and run bosh -d cf unignore INSTANCE."), vmIgnored}},
		{name: "detached", fleet: fleet(deployment("cf", vm("1", jammy, "1.1364"), detached)), want: []report.Finding{{
			Rule: "vm-detached", Subject: "production/cf", Summary: "stopped hard: 1 instance, coming back with the deployment's stemcell when it is started",
			Detail: "node/3 detached", Action: "Start it when it is wanted: bosh -d cf start INSTANCE."}}},
		{name: "unresponsive", fleet: fleet(deployment("cf", silent)), want: []report.Finding{{
			Rule: "vm-unresponsive", Subject: "production/cf", Summary: "the agent does not answer on 1 VM, so no deploy can bring it forward",
			Detail: "node/4 i-4 1.1364 unresponsive", Action: "Look at it with bosh -d cf cloud-check."}}},
		{name: "half-way through a hot swap", fleet: fleet(deployment("cf", vm("1", jammy, "1.1364"), swap))},
		{name: "of no known stemcell", fleet: fleet(listing(deployment("cf", vm("1", "", ""), vm("2", jammy, "latest"), vm("3", "", "1.1364"), vm("4", jammy, "1.1364"), detached), jammy, "1.1364")), want: []report.Finding{
			{Rule: "stemcell-unknown", Subject: "production/cf", Severity: report.Warning, Summary: "3 of 5 VMs run a stemcell that the director cannot name",
				Detail: "node/1 i-1\nnode/2 i-2 latest\nnode/3 i-3 1.1364", Action: "Recreate what is listed: bosh -d cf recreate INSTANCE."},
			{Rule: "vm-detached", Subject: "production/cf", Summary: "stopped hard: 1 instance, coming back with the deployment's stemcell when it is started",
				Detail: "node/3 detached", Action: "Start it when it is wanted: bosh -d cf start INSTANCE."},
		}},
		{name: "on two CPIs", fleet: fleet(stemcell.Deployment{Name: "cf", Stemcells: []stemcell.Reference{{Name: jammy, Version: "1.1364"}, {Name: jammy, Version: "1.1364"}},
			VMs: []stemcell.VM{vm("1", jammy, "1.1364"), vm("2", jammy, "1.1364")}})},
		{name: "without VMs", fleet: fleet(listing(deployment("cf"), jammy, "1.1364"))},
	})
}

func TestUnreadVMs(t *testing.T) {
	vms := []stemcell.VM{made(vm("1", "", ""), "2026-08-06T18:29:14Z"), made(vm("2", "", ""), "2026-08-06T18:29:15Z"), vm("3", "", "")}
	listed := func(versions ...string) stemcell.Deployment {
		return unread(listing(deployment("cf", vms...), jammy, versions...))
	}
	older := report.Finding{Rule: "vm-older-than-stemcell", Subject: "production/cf/ubuntu-jammy", Severity: report.High,
		Summary: "1 of 3 VMs was made before ubuntu-jammy 1.1330 was published, so cannot run it though the deployment lists nothing older",
		Detail:  "published 2026-08-06\nnode/1 i-1 made 2026-08-06",
		Action:  "Look why deploys passed over them (bosh -d cf instances --details; an ignored VM?), then deploy again."}
	plan := behind(report.Warning, "its VMs could not be read, its last plan lists ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late",
		"first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment")
	half := plan
	half.Detail = "first missed: 1.1364, published 2026-08-18\nstuck at: referenced, not on every VM"
	half.Action = "Deploy cf again, and look why its last deploy left VMs out."
	both := listed("1.1364")
	both.Stemcells = append(both.Stemcells, stemcell.Reference{Name: noble, Version: "1.484"})
	run(t, []situation{
		{name: "the plan is behind, and a VM older than it", fleet: fleet(listed("1.1330")), want: []report.Finding{older, plan}},
		{name: "the plan is current, and older VMs cannot be", fleet: fleet(unread(listing(deployment("cf", vms[0]), jammy, "1.1364"))), want: []report.Finding{{
			Rule: "vm-older-than-stemcell", Subject: "production/cf/ubuntu-jammy", Severity: report.High,
			Summary: "its only VM was made before ubuntu-jammy 1.1364 was published, so cannot run it though the deployment lists nothing older",
			Detail:  "published 2026-08-18\nnode/1 i-1 made 2026-08-06", Action: older.Action}}},
		{name: "of two versions the older proves", fleet: fleet(listed("1.1364", "1.1330")), want: []report.Finding{older, {
			Rule: "deploy-unfinished", Subject: "production/cf/ubuntu-jammy", Severity: report.Warning,
			Summary: "cf lists ubuntu-jammy 1.1330 and 1.1364: its last deploy stopped half-way, or its manifest asks for both",
			Detail:  "no error of it is recorded", Action: "Mend what stopped it and deploy cf again."}, half}},
		{name: "of two lines none proves", fleet: fleet(both)},
		{name: "of an unknown day none proves", fleet: fleet(listed("1.1330")), lines: undated(jammy, "1.1330"), want: []report.Finding{plan}},
		{name: "nothing is known but the plan", fleet: fleet(unread(listing(deployment("cf"), jammy, "1.1330"))), want: []report.Finding{plan}},
		{name: "the plan lists what should not be used", fleet: fleet(unread(listing(deployment("cf"), jammy, "1.918"))), want: []report.Finding{{
			Rule: "stemcell-denied", Subject: "production/cf/ubuntu-jammy", Severity: report.High,
			Summary: "its VMs could not be read, its last plan lists ubuntu-jammy 1.918, which should not be used",
			Action:  "Deploy cf with another stemcell of the line.", Link: doNotUse}}},
	})
}

func TestOrphans(t *testing.T) {
	f := fleet()
	f.Orphans = []stemcell.Orphan{
		{CID: "i-1", Deployment: "cf", Instance: "api/0", Since: at("2026-08-18T23:00:00Z")},
		{CID: "i-2", Deployment: "cf", Instance: "api/0", Since: at("2026-08-18T23:00:01Z")},
		{CID: "i-3", Deployment: "cf", Instance: "api/0"},
	}
	orphan := func(severity report.Severity, cid, since string) report.Finding {
		return report.Finding{Rule: "vm-orphaned", Subject: "production/cf/" + cid, Severity: severity, Detail: "was api/0 of cf",
			Summary: cid + " is orphaned since " + since + ": it still runs, and nobody updates it", Action: "Delete it: bosh delete-vm " + cid + "."}
	}
	run(t, []situation{{name: "orphans", fleet: f, want: []report.Finding{
		orphan(report.Warning, "i-1", "2026-08-18"), orphan(report.Warning, "i-3", "an unknown day"), orphan(report.Info, "i-2", "2026-08-18")}}})
}

func TestManyVMsAreCounted(t *testing.T) {
	var vms []stemcell.VM
	for i := range 12 {
		vms = append(vms, vm(fmt.Sprintf("%02d", i), jammy, "1.1330"))
	}
	detail := "first missed: 1.1364, published 2026-08-18\nstuck at: uploaded, not referenced by the deployment"
	for i := range 10 {
		detail += fmt.Sprintf("\nnode/%02d i-%02[1]d 1.1330", i)
	}
	run(t, []situation{{name: "twelve", fleet: fleet(deployment("cf", vms...)), want: []report.Finding{
		behind(report.Warning, "all 12 VMs run ubuntu-jammy 1.1330, 1 version behind 1.1364: 4 days late", detail+"\n+2 more")}}})
}
