package advisory

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// cisa tells new advisories that name a watched vendor one by one, and lists the rest.
func (j *judge) cisa() {
	var rest []string
	for _, i := range j.CISA {
		if !Recent(i.Published, j.policy.NewDays, j.now) {
			continue
		}
		w, named := j.names(i)
		if !named {
			rest = append(rest, fmt.Sprintf("%s, %s", i.Title, day(i.Published)))
			continue
		}
		severity := report.Warning
		if i.Severity >= High {
			severity = report.High
		}
		j.find("cisa-advisory-new", "cisa/"+slug(i), severity, report.Finding{
			Summary: fmt.Sprintf("CISA's advisory %q (%s) of %s names %s", i.Title, i.Severity, day(i.Published), w.vendor()),
			Action:  "Read it. If it concerns us: " + remedies[w.Whose] + " Then say by an exception what was done.",
			Link:    i.Link,
		})
	}
	if len(rest) > 0 {
		j.find("cisa-advisory-unwatched", "cisa", report.Info, report.Finding{
			Summary: number(len(rest), "new advisory of CISA names", "new advisories of CISA name") + " nobody on the watch list",
			Detail:  report.First(rest, shown, "\n"),
		})
	}
}

// names finds a watched vendor that is here in a title.
func (j *judge) names(i Item) (Watched, bool) {
	title := strings.ToLower(i.Title)
	for _, w := range j.policy.Watch {
		vendor := strings.ToLower(w.vendor())
		if len(vendor) < 2 || !regexp.MustCompile(`(^|\W)`+regexp.QuoteMeta(vendor)+`(\W|$)`).MatchString(title) {
			continue
		}
		if _, here := j.here(w); here {
			return w, true
		}
	}
	return Watched{}, false
}

// vendor is its name without what the glob leaves open.
func (w Watched) vendor() string { return strings.Trim(string(w.Vendor), "*? ") }
