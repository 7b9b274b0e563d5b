// Package alertmanager is a stand-in of Alertmanager: what the alerts line asks of its API v2, with the
// official client's own models, and the delivery of a canary to Slack's stand-in. It exists beside the real one because
// the demo and the tests need nothing but Go; the tests with the tag sandbox hold the two against each other.
package alertmanager

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Server is a running Alertmanager.
type Server struct {
	fault.Server
	mu    sync.Mutex // guards world
	world World
}

// New starts one.
func New(world World) *Server {
	s := &Server{world: world}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /-/ready", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "OK") })
	mux.HandleFunc("GET /metrics", s.metrics)
	mux.HandleFunc("GET /api/v2/status", s.status)
	mux.HandleFunc("GET /api/v2/receivers", s.receivers)
	mux.HandleFunc("GET /api/v2/alerts", s.alerts)
	mux.HandleFunc("POST /api/v2/alerts", s.post)
	mux.HandleFunc("GET /api/v2/silences", s.silences)
	mux.HandleFunc("/api/v1/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }) // since 0.27
	s.Start("", mux)
	return s
}

// Update changes the world.
func (s *Server) Update(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.world)
}

// Canaries counts the alerts that somebody posted and that fire.
func (s *Server) Canaries() (firing int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.world.Alerts {
		if a.posted && time.Now().Before(a.ends) {
			firing++
		}
	}
	return firing
}

func say(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}
