package director

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
)

type nameVersion struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// row is a deployment in the list; a nil pointer is left out.
type row struct {
	Name        string         `json:"name"`
	Teams       []string       `json:"teams"`
	CloudConfig *string        `json:"cloud_config,omitempty"`
	Stemcells   *[]nameVersion `json:"stemcells,omitempty"`
	Releases    *[]nameVersion `json:"releases,omitempty"`
	Locked      *bool          `json:"locked,omitempty"`
}

// deployments lists what the caller may read, by name. A member of a team gets
// a shorter list, with the same status.
func (s *Server) deployments(r *http.Request, c *caller) response {
	if may := append(s.fleet.readScopes(), c.own(teamAdmin)...); !c.has(may) {
		return missing(may)
	}
	rows := []row{}
	for _, d := range s.fleet.Deployments {
		if c.has(s.fleet.teamScopes(d.Teams)) {
			rows = append(rows, s.row(d, r))
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.Name, b.Name) })
	return answer(typeHTML, rows)
}

func (s *Server) row(d Deployment, r *http.Request) row {
	wanted := func(part string) bool { return r.FormValue("exclude_"+part) != "true" }
	line := row{Name: d.Name, Teams: list(d.Teams)}
	if wanted("configs") {
		config := cmp.Or(d.CloudConfig, "none")
		line.CloudConfig = &config
	}
	if wanted("stemcells") {
		line.Stemcells = sorted(d.Stemcells, func(s Stemcell) nameVersion { return nameVersion{s.Name, s.Version} })
	}
	if wanted("releases") {
		line.Releases = sorted(d.Releases, func(r Release) nameVersion { return nameVersion(r) })
	}
	if wanted("lock") {
		locked := s.fleet.locked(d.Name)
		line.Locked = &locked
	}
	return line
}

// sorted lists pairs by name and version, as text: 1.999 comes after 1.1364,
// and a stemcell under two CPIs comes twice.
func sorted[T any](all []T, pair func(T) nameVersion) *[]nameVersion {
	pairs := []nameVersion{}
	for _, one := range all {
		pairs = append(pairs, pair(one))
	}
	slices.SortFunc(pairs, func(a, b nameVersion) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version))
	})
	return &pairs
}

// deployment gives the manifest, which no check reads.
func (s *Server) deployment(r *http.Request, c *caller) response {
	d, refusal := s.readable(r, c)
	if d == nil {
		return refusal
	}
	return answer(typeHTML, object{"manifest": fmt.Sprintf("--- {name: %s}\n", d.Name)})
}

// readable finds the deployment in the path, or says why the caller gets none.
func (s *Server) readable(r *http.Request, c *caller) (*Deployment, response) {
	name := r.PathValue("name")
	d := s.fleet.find(name)
	if d == nil {
		return nil, complaint(http.StatusNotFound, 70000, fmt.Sprintf("Deployment '%s' doesn't exist", name))
	}
	if may := s.fleet.teamScopes(d.Teams); !c.has(may) {
		return nil, missing(may)
	}
	return d, response{}
}

// list is never null.
func list(names []string) []string { return append([]string{}, names...) }
