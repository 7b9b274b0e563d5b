// Package zendesk is a stand-in of Zendesk: its search, with its limits and its index that lags behind, and many tickets
// at once. It can only be read; whatever else it is asked for, it refuses.
package zendesk

import (
	"crypto/subtle"
	"net/http"
	"sync"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// What the stand-in lets in.
const (
	OAuthToken = "standin-oauth-3a1f9c"
	Email      = "checklist@example.gov"
	APIToken   = "standin-api-77b02e"
)

// Server is a running Zendesk account.
type Server struct {
	fault.Server

	listen string

	mu   sync.Mutex // guards all below
	desk Desk
}

// Option changes how a server is started.
type Option func(*Server)

// Listen takes the address to listen on; without it, a free port of 127.0.0.1.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// New starts a server. It panics when it cannot listen, as httptest does.
func New(desk Desk, options ...Option) *Server {
	s := &Server{desk: desk}
	for _, option := range options {
		option(s)
	}
	s.Start(s.listen, signedIn(s.routes()))
	return s
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v2/search.json", s.search)
	mux.HandleFunc("GET /api/v2/tickets/show_many.json", s.showMany)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusForbidden, "Forbidden", "the token may read alone")
	})
	return mux
}

// signedIn lets in who has one of the tokens.
func signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if !same(r.Header.Get("Authorization"), "Bearer "+OAuthToken) && !(same(user, Email+"/token") && same(password, APIToken)) {
			write(w, http.StatusUnauthorized, map[string]any{"error": "Couldn't authenticate you"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Update changes the desk.
func (s *Server) Update(change func(*Desk)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.desk)
}

// tickets are those of now.
func (s *Server) tickets() []Ticket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Ticket(nil), s.desk.Tickets...)
}
