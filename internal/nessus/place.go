package nessus

import (
	"regexp"
	"slices"
)

// Place is whose a file is that a plugin's output names.
type Place struct {
	Owner   Owner
	Package string // of a BOSH release
}

// Where BOSH keeps what it deploys: packages and jobs of releases, and Garden's containers with its images.
// https://bosh.io/docs/vm-config/
var (
	packages   = regexp.MustCompile(`/var/vcap/(?:data/)?(?:packages|jobs)/([A-Za-z0-9_.+-]+)`)
	containers = regexp.MustCompile(`/var/vcap/data/(?:grootfs|garden|rep/shared/garden)/`)
)

// placesIn finds whose files an output names, each once, in a fixed order.
func placesIn(output string) (places []Place) {
	if containers.MatchString(output) {
		places = append(places, Place{Owner: Tenant})
	}
	for _, found := range packages.FindAllStringSubmatch(output, 1000) {
		p := Place{Release, found[1]}
		if !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}
