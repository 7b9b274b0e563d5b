package advisory

import "time"

// Youngest tells what was published last, and when: what is deployed is hardly older. A moment before it cannot be
// judged by these facts.
func Youngest(f Facts) (what string, at time.Time) {
	take := func(when time.Time, told string) {
		if when.After(at) {
			what, at = told+", published "+when.UTC().Format(time.RFC3339), when
		}
	}
	if f.Catalogue != nil {
		take(f.Catalogue.Released, "CISA's catalogue of known exploited vulnerabilities")
	}
	for _, i := range f.CISA {
		take(i.Published, "CISA's advisory "+i.Title)
	}
	for _, a := range f.Advisories {
		take(a.Item.Published, "Cloud Foundry's advisory "+a.Item.Title)
	}
	for _, n := range f.Ubuntu {
		take(n.Published, "Ubuntu's notice "+n.ID)
	}
	return what, at
}
