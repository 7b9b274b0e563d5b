package director

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Server is a running director with its UAA. Its faults and counts cover both:
// the UAA's one path is /oauth/token.
type Server struct {
	fault.Gate
	Client, Secret string // a client that may read everything: bosh.read

	listen    string
	advertise string
	basic     bool
	workers   int
	taskTime  time.Duration
	tokenLife time.Duration

	ca            string
	director, uaa net.Listener
	servers       []*http.Server
	stop          context.CancelFunc

	mu      sync.Mutex // guards all below
	fleet   Fleet
	clients map[string]client
	tokens  map[string]token
	queue   queue
}

// Option changes how a server is started.
type Option func(*Server)

// Listen takes the address to listen on; without it, a free port of 127.0.0.1.
// The UAA takes a free port of the same host.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// Advertise names the host by which clients reach the server. Without it each
// client is told the host that it used itself.
func Advertise(host string) Option { return func(s *Server) { s.advertise = host } }

// Basic makes a director without UAA: clients send their name and secret each time.
func Basic(s *Server) { s.basic = true }

// Workers says how many listings run at once; without it 3, as with a director.
func Workers(n int) Option { return func(s *Server) { s.workers = n } }

// TaskTime is how long a worker takes for a listing; without it no time at all.
func TaskTime(d time.Duration) Option { return func(s *Server) { s.taskTime = d } }

// TokenLife is how long a token is good for; without it ten minutes.
func TokenLife(d time.Duration) Option { return func(s *Server) { s.tokenLife = d } }

// New starts a director over this fleet, which is its own from now on. It
// panics when it cannot listen, as httptest does.
func New(fleet Fleet, options ...Option) *Server {
	s := &Server{
		Client: "checklist", Secret: "checklist-secret",
		listen: "127.0.0.1:0", workers: 3, tokenLife: 10 * time.Minute,
		fleet: fleet, clients: map[string]client{}, tokens: map[string]token{},
	}
	for _, option := range options {
		option(s)
	}
	s.queue.workers = make([]time.Time, s.workers)
	s.Grant(s.Client, s.Secret, "bosh.read")
	if err := s.start(); err != nil {
		panic(fmt.Sprintf("standin director: %v", err))
	}
	return s
}

func (s *Server) start() error {
	host, _, err := net.SplitHostPort(s.listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.listen, err)
	}
	ca, certificate, err := certify(host, s.advertise)
	if err != nil {
		return fmt.Errorf("make a certificate for %s: %w", host, err)
	}
	s.ca = ca
	if s.director, err = net.Listen("tcp", s.listen); err != nil {
		return err
	}
	if s.uaa, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
		_ = s.director.Close()
		return err
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	s.serve(ctx, s.director, certificate, s.routes())
	s.serve(ctx, s.uaa, certificate, s.uaaRoutes())
	return nil
}

func (s *Server) serve(ctx context.Context, l net.Listener, certificate tls.Certificate, handler http.Handler) {
	server := &http.Server{
		Handler:           s.Wrap(handler),
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),  // broken handshakes are what tests do
		TLSNextProto:      map[string]func(*http.Server, *tls.Conn, http.Handler){}, // HTTP/1.1, as nginx before a director
	}
	s.servers = append(s.servers, server)
	go func() { _ = server.ServeTLS(l, "", "") }()
}

// Close stops both servers and breaks what still hangs.
func (s *Server) Close() {
	s.stop()
	for _, server := range s.servers {
		_ = server.Close()
	}
}

// URL is the director's address.
func (s *Server) URL() string { return "https://" + s.address(s.director, "") }

// CA is the certificate, in PEM, that vouches for director and UAA.
func (s *Server) CA() string { return s.ca }

// Update changes the fleet. Listings that have begun keep what they saw.
func (s *Server) Update(change func(*Fleet)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.fleet)
}

// address is where a client that called this host finds one of the servers.
func (s *Server) address(l net.Listener, called string) string {
	listening, port, _ := net.SplitHostPort(l.Addr().String())
	if host, _, err := net.SplitHostPort(called); err == nil {
		called = host
	}
	return net.JoinHostPort(cmp.Or(s.advertise, called, listening), port)
}
