package scene

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"
)

// serveConcourse lets containers reach Concourse, which listens on 127.0.0.1 alone: the digest reads it.
func (s *Scene) serveConcourse() error {
	address, err := url.Parse(s.URL)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Host+":0")
	if err != nil {
		return err
	}
	s.concourse = &http.Server{Handler: httputil.NewSingleHostReverseProxy(address), ReadHeaderTimeout: time.Minute}
	s.concourseURL = "http://" + listener.Addr().String()
	go func() { _ = s.concourse.Serve(listener) }()
	return nil
}
