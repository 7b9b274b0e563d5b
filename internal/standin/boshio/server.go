// Package boshio is a stand-in of bosh.io: its stemcell API over the real
// versions and dates, and tarballs small enough to be made up on the spot.
package boshio

import (
	"compress/gzip"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/cppforlife/go-semi-semantic/version"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Server is a running bosh.io that also hosts the tarballs.
type Server struct {
	fault.Server

	listen string

	mu        sync.Mutex // guards all below
	now       time.Time
	catalogue catalogue
	tarballs  map[string]tarball // by file name
	packer    *gzip.Writer
}

// Option changes how a server is started.
type Option func(*Server)

// Listen takes the address to listen on; without it, a free port of 127.0.0.1.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// At sets the day: what is published later is not there yet. Without it all is.
func At(now time.Time) Option { return func(s *Server) { s.now = now } }

// never is after every publication.
var never = time.Unix(1<<40, 0)

// New starts a server. It panics when it cannot listen, as httptest does.
func New(options ...Option) *Server {
	all, err := read(published)
	if err != nil {
		panic(fmt.Sprintf("standin boshio: published.txt: %v", err))
	}
	s := &Server{
		now:       never,
		catalogue: all, tarballs: map[string]tarball{}, packer: gzip.NewWriter(io.Discard),
	}
	for _, option := range options {
		option(s)
	}
	s.Start(s.listen, s.routes())
	return s
}

// Advance moves the day.
func (s *Server) Advance(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// Publish adds a version in these flavours, or in those of its line: FIPS has no
// light one, Windows no other. It panics on a version that is none.
func (s *Server) Publish(name, number string, at time.Time, in ...Flavour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(in) == 0 {
		in = s.catalogue.usual(name)
	}
	added := stemcell{version.MustNewVersionFromString(number), map[Flavour]time.Time{}}
	for _, flavour := range in {
		added.at[flavour] = at
	}
	s.catalogue.add(name, added)
}

// Withdraw takes a version back, as has happened in 2018 and 2019.
func (s *Server) Withdraw(name, number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catalogue.remove(name, version.MustNewVersionFromString(number))
}
