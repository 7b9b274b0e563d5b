package director

import (
	"fmt"
	"net/http"
)

// endpoint answers a caller who is known.
type endpoint func(r *http.Request, c *caller) response

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /info", s.info)
	for pattern, answer := range map[string]endpoint{
		"GET /deployments":                  s.deployments,
		"GET /deployments/{name}":           s.deployment,
		"GET /deployments/{name}/vms":       s.vms,
		"GET /deployments/{name}/instances": s.instances,
		"GET /stemcells":                    s.stemcells,
		"GET /tasks/{id}":                   s.task,
		"GET /tasks/{id}/output":            s.output,
		"GET /locks":                        s.locks,
		"GET /orphaned_vms":                 s.orphans,
		"GET /events":                       s.events,
	} {
		mux.Handle(pattern, s.authenticated(answer))
	}
	mux.HandleFunc("/", unknown)
	return mux
}

// authenticated lets the endpoint look at the fleet while nothing changes it.
func (s *Server) authenticated(answer endpoint) http.Handler {
	look := func(r *http.Request) response {
		s.mu.Lock()
		defer s.mu.Unlock()
		if c := s.identify(r); c != nil {
			return answer(r, c)
		}
		return text(http.StatusUnauthorized, fmt.Sprintf("Not authorized: '%s'\n", r.URL.Path))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["WWW-Authenticate"] = []string{`Basic realm="BOSH Director"`} // on every answer, and with UAA too
		look(r).send(w)
	})
}

func unknown(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Cascade", "pass")
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusNotFound)
	_, _ = fmt.Fprintf(w, "Not Found: %s", r.URL.Path)
}
