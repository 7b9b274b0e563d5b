package advisory

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/kev"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

type judge struct {
	Facts
	policy Policy
	now    time.Time
	found  []report.Finding
}

// Judge tells which advisories concern what is deployed, which it cannot tell of, and what else is new and watched.
func Judge(f Facts, p Policy, now time.Time) []report.Finding {
	j := &judge{Facts: f, policy: p, now: now}
	settled := map[string]bool{}
	var affected []Verdict
	for _, v := range j.verdicts() {
		switch v.Answer {
		case Affected:
			affected = append(affected, v)
			settled[v.CVE] = true
		case CannotTell:
			j.unclear(v)
		case NotAffected:
			settled[v.CVE] = true
		}
	}
	for _, v := range farthest(affected) {
		j.affected(v)
	}
	j.unrecorded()
	j.exploited(settled)
	j.cisa()
	j.ubuntu()
	report.Sort(j.found)
	return merged(j.found)
}

// merged makes one finding of those on the same subject, as of a deployment that runs two versions of a release.
func merged(sorted []report.Finding) (found []report.Finding) {
	for _, f := range sorted {
		last := len(found) - 1
		if last < 0 || found[last].Key() != f.Key() {
			found = append(found, f)
		} else if found[last].Summary != f.Summary {
			found[last].Detail = lines(found[last].Detail, "also: "+f.Summary)
		}
	}
	return found
}

// farthest keeps, of a release that a record affects in several ways, the one that the latest version fixes.
func farthest(affected []Verdict) (kept []Verdict) {
	for _, v := range affected {
		i := slices.IndexFunc(kept, func(k Verdict) bool {
			return k.CVE == v.CVE && k.Deployment == v.Deployment && k.Name == v.Name && k.Running == v.Running
		})
		if i < 0 {
			kept = append(kept, v)
		} else if byEnd(v.Fixed, kept[i].Fixed) > 0 {
			kept[i] = v
		}
	}
	return kept
}

func (j *judge) find(rule, subject string, severity report.Severity, f report.Finding) {
	f.Rule, f.Subject, f.Severity = rule, j.Scope+"/"+subject, severity
	j.found = append(j.found, f)
}

// remedies are the checklist's three answers to whose it is, and one for what tenants bring.
var remedies = map[string]string{
	"release":  "Update the BOSH release and file a PR; once it is merged, deploy it to all required VMs.",
	"stemcell": "Ask in #security of the CF Slack for a date when new stemcells will be delivered; the stemcells line turns red when one is out.",
	"iaas":     "Open a case with the IaaS provider and monitor it until it is resolved.",
	"tenant":   "Tell the tenants whose applications have it, and by when they must be rid of it.",
}

func (j *judge) affected(v Verdict) {
	severity := report.Info
	switch known := j.known(v.CVE); {
	case v.advisory.Record.Severity >= High || known != nil:
		severity = report.High
	case v.advisory.Record.Severity == Unrated:
		severity = report.Warning
	}
	summary := fmt.Sprintf("%s runs %s %s, which %s (%s) affects: fixed in %s", v.Deployment, v.Name, v.Running, v.CVE, v.Severity, v.Fixed)
	if v.Fixed == none {
		summary = fmt.Sprintf("%s runs %s %s, which %s (%s) affects, and nothing fixes it yet", v.Deployment, v.Name, v.Running, v.CVE, v.Severity)
	}
	j.find("advisory-affects", j.at(v.Deployment)+v.Name+"/"+v.CVE, severity, report.Finding{
		Summary: summary, Detail: lines(v.advisory.title(), j.notorious(v.CVE)), Action: v.action(), Link: v.advisory.link(),
	})
}

// at begins a subject: a bundle is the whole environment's, which every subject begins with.
func (j *judge) at(deployment string) string {
	if deployment == j.Scope {
		return ""
	}
	return deployment + "/"
}

func (v Verdict) action() string {
	switch m := v.mapping; {
	case v.Fixed == none:
		return "Read the advisory for what to do until there is a fix, and ask in #security of the CF Slack for its date."
	case m.Stemcell != "":
		return remedies["stemcell"]
	case m.Director:
		return fmt.Sprintf("Update the director to %s, file a PR, and deploy it once the PR is merged.", v.Fixed)
	case m.Bundle:
		return fmt.Sprintf("Update %s to %s, file a PR, deploy it once the PR is merged, and correct running in the policy.", v.Name, v.Fixed)
	}
	return fmt.Sprintf("Update the BOSH release %s to %s and file a PR; once it is merged, deploy %s.", v.Name, v.Fixed, v.Deployment)
}

// unclear is what must be looked at by hand. It is not green unless somebody rated it harmless.
func (j *judge) unclear(v Verdict) {
	severity := report.Warning
	if s := v.advisory.Record.Severity; (s == Low || s == Medium) && j.known(v.CVE) == nil {
		severity = report.Info
	}
	subject, what := v.CVE, v.Product
	if what != "" {
		subject += "/" + what
	}
	if v.Deployment != "" {
		subject, what = j.at(v.Deployment)+subject, fmt.Sprintf("%s (%s %s of %s)", v.Product, v.Name, v.Running, v.Deployment)
	}
	action := "Read the advisory, say what it means here by an exception, or what the product is called here by products in the policy."
	if v.mapping.Bundle {
		action = "Give the version of " + v.Product + " by running in the policy, or read the advisory and say what it means here by an exception."
	}
	j.find("advisory-unclear", subject, severity, report.Finding{
		Summary: fmt.Sprintf("whether %s (%s) affects %s cannot be told: %s", v.CVE, v.Severity, cmp.Or(what, "anything here"), v.Why),
		Detail:  lines(v.advisory.title(), v.advisory.Record.ranges(v.Product), j.notorious(v.CVE)),
		Action:  action, Link: v.advisory.link(),
	})
}

// unrecorded are advisories without a record that could be joined.
func (j *judge) unrecorded() {
	for _, a := range j.Advisories {
		f := report.Finding{Detail: a.title(), Link: a.link(), Action: "Read the advisory, and say what it means here by an exception."}
		switch {
		case a.CVE == "":
			f.Summary = "what an advisory means here cannot be told: it names no CVE"
			j.find("advisory-unclear", slug(a.Item), report.Warning, f)
		case a.Unpublished, a.Record != nil && a.Record.State == "RESERVED":
			f.Summary = fmt.Sprintf("whether %s affects anything here cannot be told: its record is not published", a.CVE)
			f.Detail = lines(f.Detail, j.notorious(a.CVE))
			j.find("advisory-unclear", a.CVE, report.Warning, f)
		case a.Record != nil && a.Record.State == "REJECTED":
			f.Summary, f.Action = a.CVE+" was rejected: its record says that there is no such vulnerability", ""
			j.find("advisory-rejected", a.CVE, report.Info, f)
		}
	}
}

func (j *judge) known(cve string) *kev.Entry {
	if j.Catalogue == nil {
		return nil
	}
	if e, found := j.Catalogue.Find(cve); found {
		return &e
	}
	return nil
}

// notorious says that a vulnerability is known to be exploited.
func (j *judge) notorious(cve string) string {
	if e := j.known(cve); e != nil {
		return fmt.Sprintf("known to be exploited, in CISA's catalogue since %s; to be remedied by %s", e.Added, e.Due)
	}
	return ""
}
