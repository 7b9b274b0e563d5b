package boshio

import (
	"encoding/json"
	"net/http"
	"slices"
)

// fewest is how many versions are given when not all are asked for.
const fewest = 40

// entry is one version in the API's answer.
type entry struct {
	Name    string  `json:"name"`
	Version string  `json:"version"`
	Regular *source `json:"regular,omitempty"`
	Light   *source `json:"light,omitempty"`
}

// source is one tarball; its date is not told.
type source struct {
	URL    string `json:"url"`
	Size   int    `json:"size"`
	MD5    string `json:"md5"` // always empty by now
	SHA1   string `json:"sha1"`
	SHA256 string `json:"sha256"`
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/stemcells/{name...}", s.list)
	mux.HandleFunc("GET /d/stemcells/{name...}", s.find)
	mux.HandleFunc("GET "+tarballs+"{file}", s.download)
	return mux
}

// list answers for a name that nobody knows as for a line without versions: with
// status 200 and nothing.
func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if name == "" {
		reply(w, http.StatusBadRequest, map[string]string{"error": "the stemcell has no name"})
		return
	}
	entries := s.entries(name, "http://"+r.Host)
	if !slices.Contains([]string{"1", "t", "true"}, r.FormValue("all")) {
		entries = entries[:min(fewest, len(entries))]
	}
	reply(w, http.StatusOK, entries)
}

// entries lists the versions that are out, newest first.
func (s *Server) entries(name, host string) []entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	entries := []entry{}
	for _, one := range s.catalogue[name] {
		e := entry{Name: name, Version: one.version.String()}
		for _, flavour := range one.seen(s.now) {
			t := s.tarball(name, e.Version, flavour, one.at[flavour])
			if flavour == Light {
				e.Light = t.source(host)
			} else {
				e.Regular = t.source(host)
			}
		}
		if e.Light != nil || e.Regular != nil {
			entries = append(entries, e)
		}
	}
	return entries
}

// find sends the client to a tarball: of the newest version without v, and the
// light one unless light=false.
func (s *Server) find(w http.ResponseWriter, r *http.Request) {
	wanted := r.FormValue("v")
	for _, e := range s.entries(r.PathValue("name"), "http://"+r.Host) {
		if wanted != "" && wanted != e.Version {
			continue
		}
		found := e.Light
		if found == nil || r.FormValue("light") == "false" {
			found = e.Regular
		}
		if found != nil {
			http.Redirect(w, r, found.URL, http.StatusFound)
			return
		}
		break
	}
	http.NotFound(w, r)
}

func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
