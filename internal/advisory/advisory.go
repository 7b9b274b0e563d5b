// Package advisory judges what security advisories mean for what is deployed.
package advisory

import (
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/kev"
)

// Facts are what was read of one environment. A source that could not be read is empty here and a gap elsewhere.
type Facts struct {
	Scope      string
	Deployed   Deployed
	Advisories []Advisory     // Cloud Foundry's
	Catalogue  *kev.Catalogue // nil: not read
	CISA       []Item         // CISA's advisories, without those about industrial control systems
	Ubuntu     []Notice
}

// Deployed is what a director says that it deployed.
type Deployed struct {
	Director    string // its version
	Deployments []Deployment
}

// Deployment is one with all that its last plan refers to.
type Deployment struct {
	Name                string
	Releases, Stemcells []Reference
}

// Reference is a name and a version.
type Reference struct{ Name, Version string }

// Advisory is what was published about one vulnerability.
type Advisory struct {
	CVE    string // empty: it names none
	Item   Item
	Record *Record // nil: not read, which is a gap, unless Unpublished
	// Unpublished tells that nobody has a record of the CVE.
	Unpublished bool
}

// Item is an entry of a feed.
type Item struct {
	ID, Title, Link, Text string
	Published             time.Time
	Severity              Severity // where the feed's format has one
}

// Notice is an Ubuntu security notice.
type Notice struct {
	ID, Title, Link string
	Release         string // jammy; empty where the source does not tell
	Published       time.Time
	CVEs, Packages  []string
}

// Recent tells whether something was published in the last days.
func Recent(published time.Time, days int, now time.Time) bool {
	return published.After(now.AddDate(0, 0, -days))
}

// releases lists deployments that have a release of this name.
func (d Deployed) named(list func(Deployment) []Reference, is func(string) bool) (found []place) {
	for _, deployment := range d.Deployments {
		for _, r := range list(deployment) {
			if p := (place{deployment.Name, r}); is(r.Name) && !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	return found
}

// place is where something runs.
type place struct {
	deployment string
	Reference
}

func releases(d Deployment) []Reference  { return d.Releases }
func stemcells(d Deployment) []Reference { return d.Stemcells }
