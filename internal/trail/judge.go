// Package trail judges CloudTrail events: logins are named people's, guarded changes are Terraform's.
package trail

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// version is what this program reads: AWS raises the minor number for additions, the major one when
// a reader must change.
var version = regexp.MustCompile(`^1\.[0-9]+$`)

// judge is nil for an event that is as it should be.
func (p *Policy) judge(e Event, known *ranges.Set) *report.Finding {
	login := slices.Contains(p.Events.Login, e.Name)
	switch {
	case !login && !slices.Contains(p.Events.Terraform, e.Name):
		return nil
	case !version.MatchString(e.Version):
		return p.finding(e, login, "record-version-unknown", []string{
			"eventVersion is " + word(e.Version) + ", this program reads 1"})
	case !e.Identity.known():
		return p.finding(e, login, "identity-unknown", []string{
			"userIdentity.type is " + word(e.Identity.Type) + ", which this program does not know"})
	case login:
		if rule, reason := p.People.login(e); rule != "" {
			return p.finding(e, login, rule, []string{reason})
		}
	default:
		if reasons := p.Terraform.foreign(e, known); len(reasons) > 0 {
			return p.finding(e, login, "change-outside-terraform", reasons)
		}
	}
	if len(e.odd) > 0 {
		return p.finding(e, login, "record-incomplete", nil)
	}
	return nil
}

// stale is the age at which AWS's ranges have changed enough to call own addresses foreign.
const stale = 180 * 24 * time.Hour

func old(known *ranges.Set, now time.Time) []report.Finding {
	age := now.Sub(known.Created)
	if age < stale {
		return nil
	}
	return []report.Finding{{
		Rule: "ip-ranges-old", Subject: "ip-ranges.json", Severity: report.Info,
		Summary: fmt.Sprintf("AWS's published ranges that addresses are held against are %d days old", int(age.Hours()/24)),
		Detail:  "published " + known.Created.Format(time.DateOnly) + "; addresses that are AWS's since then are called foreign",
		Action:  "Give a newer https://ip-ranges.amazonaws.com/ip-ranges.json as IP_RANGES, or use a newer release of this program.",
	}}
}

// Silent tells of regions, "<account>/<region>", without any event at all. Looking leaves events, so
// that no region stays silent for longer than a day; that the first day's is, is right.
func Silent(regions []string) (found []report.Finding) {
	for _, region := range regions {
		found = append(found, report.Finding{
			Rule: "region-silent", Subject: region, Severity: report.Info,
			Summary: region + " has no event of any name in its history",
			Detail:  "CloudTrail records these lookups, too: from the second day on there should be some",
			Action:  "Expect this to go by tomorrow. If it stays, look at the event history of that region in the console.",
		})
	}
	return found
}
