package director

import (
	"cmp"
	"net/http"
)

type object = map[string]any

// info is the one answer that needs no credentials.
func (s *Server) info(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	about := s.about(r)
	s.mu.Unlock()
	answer(typeJSON, about).send(w)
}

func (s *Server) about(r *http.Request) any {
	var user *string
	if c := s.identify(r); c != nil {
		user = &c.name
	}
	return struct {
		Name            string  `json:"name"`
		UUID            string  `json:"uuid"`
		Version         string  `json:"version"`
		User            *string `json:"user"`
		CPI             string  `json:"cpi"`
		StemcellOS      string  `json:"stemcell_os"`
		StemcellVersion string  `json:"stemcell_version"`
		Authentication  object  `json:"user_authentication"`
		Features        object  `json:"features"`
	}{
		s.fleet.Name, s.fleet.uuid(), cmp.Or(s.fleet.Version, "283.1.3 (00000000)"), user, "aws",
		cmp.Or(s.fleet.StemcellOS, "-"), cmp.Or(s.fleet.StemcellVersion, "-"),
		s.authentication(r), features(),
	}
}

// authentication tells a client where to get its token.
func (s *Server) authentication(r *http.Request) object {
	if s.basic {
		return object{"type": "basic", "options": object{}}
	}
	uaa := "https://" + s.address(s.uaa, r.Host)
	return object{"type": "uaa", "options": object{"url": uaa, "urls": []string{uaa}}}
}

func features() object {
	return object{
		"local_dns":     object{"status": false, "extras": object{"domain_name": "bosh"}},
		"snapshots":     object{"status": false},
		"config_server": object{"status": false, "extras": object{"urls": []string{}}},
	}
}
