package concourse

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/concourse/concourse/atc"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Server is a running Concourse.
type Server struct {
	fault.Server

	mu      sync.Mutex // guards all below
	world   *World
	expired bool // every token that was given
}

// New starts a server at an address; where it is empty, at a free port of 127.0.0.1. It panics when it cannot, as httptest does.
func New(world *World, address string) *Server {
	s := &Server{world: world}
	s.Start(address, s.routes())
	return s
}

// Update changes the world.
func (s *Server) Update(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s.world)
}

// Expire makes all tokens that were given void.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expired = true
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	pipeline := "GET /api/v1/teams/{team}/pipelines/{pipeline}"
	mux.HandleFunc("POST /sky/issuer/token", s.signIn)
	mux.HandleFunc("GET /api/v1/info", s.info)
	mux.HandleFunc("GET /api/v1/user", s.signedIn(s.user))
	mux.HandleFunc("GET /api/v1/teams", s.signedIn(s.teams))
	mux.HandleFunc("GET /api/v1/teams/{team}/pipelines", s.pipelines)
	mux.HandleFunc(pipeline, s.in(func(w http.ResponseWriter, _ *http.Request, p *Pipeline) { write(w, p.Pipeline) }))
	mux.HandleFunc(pipeline+"/jobs", s.in(s.jobs))
	mux.HandleFunc(pipeline+"/jobs/{job}/builds", s.in(s.builds))
	mux.HandleFunc(pipeline+"/resources", s.in(s.resources))
	mux.HandleFunc("GET /api/v1/builds/{build}/preparation", s.signedIn(s.preparation))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the stand-in is for reading alone", http.StatusForbidden)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		mux.ServeHTTP(w, r)
	})
}

// prefix is what the stand-in's tokens begin with; the rest is the user's name.
const prefix = "standin-token-c51b0e-"

// Token is one that a user may have.
func Token(user string) string { return prefix + user }

// signIn gives a local user a token, to a client that says it is fly.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	client, secret, inHeader := r.BasicAuth()
	if !inHeader {
		client, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	w.Header().Set("Content-Type", "application/json")
	if client != "fly" || secret != "Zmx5" || r.PostFormValue("grant_type") != "password" {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"error":"invalid_client","error_description":"Invalid client credentials."}`))
		return
	}
	for _, u := range s.world.Users {
		if u.Password != "" && u.Name == r.PostFormValue("username") && u.Password == r.PostFormValue("password") {
			write(w, map[string]any{"access_token": Token(u.Name), "token_type": "bearer", "expires_in": 86399, "id_token": "none"})
			return
		}
	}
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = w.Write([]byte(`{"error":"access_denied","error_description":"Invalid username or password"}`))
}

// who is signed in; given tells whether a token came at all.
func (s *Server) who(r *http.Request) (user *User, given bool) {
	_, token, given := strings.Cut(r.Header.Get("Authorization"), " ")
	name, ours := strings.CutPrefix(token, prefix)
	if !ours || s.expired {
		return nil, given
	}
	for i := range s.world.Users {
		if s.world.Users[i].Name == name {
			return &s.world.Users[i], given
		}
	}
	return nil, given
}

func (u *User) sees(team string) bool { return u != nil && (u.Admin || len(u.Roles[team]) > 0) }

// signedIn lets in whoever has a token.
func (s *Server) signedIn(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if user, _ := s.who(r); user == nil {
			http.Error(w, "not authorized", http.StatusUnauthorized)
			return
		}
		next(w, r)
	}
}

// in finds a request's pipeline, for whoever may see it.
func (s *Server) in(next func(http.ResponseWriter, *http.Request, *Pipeline)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		vars, err := atc.InstanceVarsFromQueryParams(r.URL.Query())
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		p := s.world.pipeline(r.PathValue("team"), r.PathValue("pipeline"), vars)
		user, _ := s.who(r)
		switch {
		case p == nil:
			w.WriteHeader(http.StatusNotFound)
		case user == nil && !p.Public:
			http.Error(w, "not authorized", http.StatusUnauthorized)
		case !user.sees(p.TeamName) && !p.Public:
			http.Error(w, "forbidden", http.StatusForbidden)
		default:
			next(w, r, p)
		}
	}
}

func (s *Server) preparation(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.PathValue("build"))
	for _, p := range s.world.Pipelines {
		for _, j := range p.Jobs {
			if waits, found := j.Waits[id]; found {
				waits.BuildID = id
				write(w, waits)
				return
			}
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

func write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}
