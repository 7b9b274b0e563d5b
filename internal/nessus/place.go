package nessus

import (
	"regexp"
	"slices"
	"strings"
)

// Place is whose a file is that a plugin's output names.
type Place struct {
	Owner   Owner
	Package string // of a BOSH release
	Path    string // the first one that tells so
}

// Where BOSH keeps what it deploys: packages and jobs of releases, and Garden's containers with its images.
// https://bosh.io/docs/vm-config/
var (
	packages   = regexp.MustCompile(`/var/vcap/(?:data/)?(?:packages|jobs)/([A-Za-z0-9_.+-]+)[^\s:;,"'<>]*`)
	containers = regexp.MustCompile(`/var/vcap/data/(?:grootfs|garden|rep/shared/garden)/[^\s:;,"'<>]*`)
)

// placesIn finds whose files an output names, each once, in a fixed order. It keeps nothing of the output itself, which
// may be large.
func placesIn(output string) (places []Place) {
	if path := containers.FindString(output); path != "" {
		places = append(places, Place{Tenant, "", short(path)})
	}
	for _, found := range packages.FindAllStringSubmatch(output, 1000) {
		if !slices.ContainsFunc(places, func(p Place) bool { return p.Package == found[1] }) {
			places = append(places, Place{Release, strings.Clone(found[1]), short(found[0])})
		}
	}
	return places
}
