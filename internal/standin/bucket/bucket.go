// Package bucket is an S3 server in memory with one bucket, for evidence.
package bucket

import (
	"context"
	"net/http/httptest"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// What opens it.
const (
	Name        = "evidence"
	AccessKeyID = "AKIDPLANTED"
	Secret      = "s3cr3t-key-planted"
)

// Server is a running S3 server.
type Server struct {
	fault.Gate
	*httptest.Server
}

// New starts a server whose bucket is empty.
func New() *Server {
	backend, s := s3mem.New(), new(Server)
	if err := backend.CreateBucket(Name); err != nil {
		panic(err)
	}
	s.Server = httptest.NewServer(s.Wrap(gofakes3.New(backend).Server()))
	return s
}

// Place is the bucket's.
func (s *Server) Place() evidence.Place {
	return evidence.Place{Bucket: Name, Endpoint: s.URL, AccessKeyID: fetch.NewSecret(AccessKeyID), SecretAccessKey: fetch.NewSecret(Secret)}
}

// Open gives a client of it.
func (s *Server) Open() *evidence.Store {
	store, err := s.Place().Open(context.Background())
	if err != nil {
		panic(err)
	}
	return store
}

// Env tells a task of it, as NAME=value.
func (s *Server) Env() []string {
	return []string{
		"EVIDENCE_BUCKET=" + Name, "EVIDENCE_ENDPOINT=" + s.URL,
		"EVIDENCE_ACCESS_KEY_ID=" + AccessKeyID, "EVIDENCE_SECRET_ACCESS_KEY=" + Secret,
	}
}

// Keep keeps a report as resources/evidence does.
func (s *Server) Keep(r *report.Report, build string) error {
	store := s.Open()
	return store.Keep(context.Background(), store.Key(r, build), r)
}
