package director

import "net/http"

// stemcells lists all that is uploaded with all who use it: also to a member of
// one team, who sees here the names of deployments hidden elsewhere.
func (s *Server) stemcells(_ *http.Request, c *caller) response {
	if may := append(s.fleet.readScopes(), c.own(teamAdmin)...); !c.has(may) {
		return missing(may)
	}
	type named struct {
		Name string `json:"name"`
	}
	type row struct {
		Name        string  `json:"name"`
		OS          string  `json:"operating_system"`
		Version     string  `json:"version"`
		CID         string  `json:"cid"`
		CPI         string  `json:"cpi"`
		Deployments []named `json:"deployments"`
		APIVersion  int     `json:"api_version"`
		ID          int     `json:"id"`
	}
	rows := []row{}
	for _, u := range s.fleet.uploaded() {
		users := []named{}
		for _, name := range s.fleet.users(u.Stemcell) {
			users = append(users, named{name})
		}
		rows = append(rows, row{u.Name, u.OS, u.Version, u.CID, u.CPI, users, u.APIVersion, u.ID})
	}
	return answer(typeHTML, rows)
}
