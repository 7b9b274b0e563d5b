package fault

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Server is a gate before a server of one's own, for stand-ins to embed.
type Server struct {
	Gate

	listener net.Listener
	server   *http.Server
	stop     context.CancelFunc
}

// Start listens at an address, such as "10.80.0.1:0"; where it is empty, at a free port of 127.0.0.1. It panics when it
// cannot, as httptest does.
func (s *Server) Start(address string, honest http.Handler) {
	var err error
	if s.listener, err = net.Listen("tcp", cmp.Or(address, "127.0.0.1:0")); err != nil {
		panic(fmt.Sprintf("stand-in: %v", err))
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	s.server = &http.Server{
		Handler:           s.Wrap(honest),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: time.Minute,
	}
	go func() { _ = s.server.Serve(s.listener) }()
}

// URL is where the server answers.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close stops the server and breaks what still hangs.
func (s *Server) Close() {
	s.stop()
	_ = s.server.Close()
}
