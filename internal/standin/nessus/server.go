// Package nessus is a stand-in of Nessus Manager: its scans and their runs, exports by token as they are made today, and
// beside it CISA's catalogue. It can only be read; whatever else it is asked for, it refuses as Nessus does.
package nessus

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// The keys that the stand-in lets in.
const (
	AccessKey = "standin-access-5d7c41"
	SecretKey = "standin-secret-90aa3e"
)

// Server is a running Nessus Manager.
type Server struct {
	fault.Gate

	listen         string
	older          bool
	ca             string
	nessus, public net.Listener
	servers        []*http.Server
	stop           context.CancelFunc

	mu     sync.Mutex // guards all below
	world  World
	orders map[string]order // exports, by token or file
}

// Option changes how a server is started.
type Option func(*Server)

// Listen takes the address to listen on; without it, a free port of 127.0.0.1. The catalogue takes a free port of the
// same host.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// Older makes a Nessus before 6.8, whose exports have numbers instead of tokens.
func Older(s *Server) { s.older = true }

// New starts a server. It panics when it cannot listen, as httptest does.
func New(world World, options ...Option) *Server {
	s := &Server{listen: "127.0.0.1:0", world: world, orders: map[string]order{}}
	for _, option := range options {
		option(s)
	}
	if err := s.start(); err != nil {
		panic(fmt.Sprintf("standin nessus: %v", err))
	}
	return s
}

func (s *Server) start() error {
	host, _, err := net.SplitHostPort(s.listen)
	if err != nil {
		return err
	}
	ca, certificate, err := certify(host)
	if err != nil {
		return err
	}
	s.ca = ca
	if s.nessus, err = net.Listen("tcp", s.listen); err != nil {
		return err
	}
	if s.public, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
		return err
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	s.serve(ctx, tls.NewListener(s.nessus, &tls.Config{Certificates: []tls.Certificate{certificate}}), signedIn(s.routes()))
	s.serve(ctx, s.public, http.HandlerFunc(s.catalogue))
	return nil
}

func (s *Server) serve(ctx context.Context, l net.Listener, h http.Handler) {
	server := &http.Server{Handler: s.Wrap(h), BaseContext: func(net.Listener) context.Context { return ctx }, ReadHeaderTimeout: time.Minute}
	s.servers = append(s.servers, server)
	go func() { _ = server.Serve(l) }()
}

// Close stops the server and breaks what still hangs.
func (s *Server) Close() {
	s.stop()
	for _, server := range s.servers {
		_ = server.Close()
	}
}

// URL is Nessus' address.
func (s *Server) URL() string { return "https://" + s.nessus.Addr().String() }

// CA is the certificate of the authority that signed Nessus', in PEM.
func (s *Server) CA() string { return s.ca }

// KEVURL is the address of CISA's catalogue.
func (s *Server) KEVURL() string {
	return "http://" + s.public.Addr().String() + "/known_exploited_vulnerabilities.json"
}

// Update changes the world.
func (s *Server) Update(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.world)
}
