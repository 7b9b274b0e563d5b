package advisories

import (
	"net/http"
	"sync"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Server publishes a world. The second addresses are those below /mirror/.
type Server struct {
	fault.Server

	listen string

	mu    sync.Mutex // guards all below
	world World
}

// Option changes how a server is started.
type Option func(*Server)

// Listen takes the address to listen on; without it, a free port of 127.0.0.1.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// New starts a server. It panics when it cannot listen, as httptest does.
func New(world World, options ...Option) *Server {
	s := &Server{world: world}
	for _, option := range options {
		option(s)
	}
	s.Start(s.listen, s.routes())
	return s
}

// Params are what a pipeline would set.
func (s *Server) Params() map[string]string {
	return map[string]string{
		"CF_FEED_URL": s.URL() + "/security/feed/", "CF_FEED_MIRROR_URL": s.URL() + "/mirror/security/feed/",
		"CVE_URL": s.URL() + "/api/cve/{id}", "CVE_MIRROR_URL": s.URL() + "/mirror/cves/{year}/{thousands}/{id}.json",
		"KEV_URL": s.URL() + "/kev.json", "KEV_MIRROR_URL": s.URL() + "/mirror/kev.json",
		"CISA_URL": s.URL() + "/cisa/all.xml", "CISA_MIRROR_URL": s.URL() + "/mirror/csaf/feed.json",
		"UBUNTU_URL": s.URL() + "/ubuntu/notices.json", "UBUNTU_MIRROR_URL": s.URL() + "/mirror/ubuntu/rss.xml",
	}
}

// Update changes the world.
func (s *Server) Update(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.world)
}

func (s *Server) now() World {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, mirror := range []string{"", "/mirror"} {
		mux.HandleFunc("GET "+mirror+"/security/feed/", s.posts)
		mux.HandleFunc("GET "+mirror+"/kev.json", s.catalogue)
	}
	mux.HandleFunc("GET /api/cve/{id}", s.record)
	mux.HandleFunc("GET /mirror/cves/{year}/{thousands}/{id}", s.record)
	mux.HandleFunc("GET /cisa/all.xml", s.cisa)
	mux.HandleFunc("GET /mirror/csaf/feed.json", s.csafFeed)
	mux.HandleFunc("GET /mirror/csaf/{n}", s.csaf)
	mux.HandleFunc("GET /ubuntu/notices.json", s.notices)
	mux.HandleFunc("GET /mirror/ubuntu/rss.xml", s.noticesFeed)
	return mux
}
