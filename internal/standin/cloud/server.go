// Package cloud stands in for AWS: IAM, STS, EC2 DescribeRegions and CloudTrail
// LookupEvents over their real wire protocols, on one endpoint.
//
// It is as strict as AWS where a client can go wrong: requests must be signed
// with a known key (the signature itself is not verified), lists come in pages,
// tokens hold only for the request they continue, LookupEvents is limited to two
// requests a second per account and region, and a parameter that the stand-in
// does not know is refused instead of ignored.
//
//	s := cloud.New(cloud.Morning(time.Now()))
//	defer s.Close()
//	check.Env = append(os.Environ(), s.Env(cloud.Production, cloud.Reader)...)
package cloud

import (
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Server answers for the accounts of one World.
type Server struct {
	http *httptest.Server
	seal sealer

	clock   func() time.Time
	latency time.Duration
	listen  string
	wrap    func(http.Handler) http.Handler
	rate    rate.Limit
	burst   int

	mu       sync.Mutex
	world    World
	trails   map[place]trail
	limiters map[place]*rate.Limiter
	sessions []session
	calls    map[Call]int
}

// Option changes how the server runs; what it knows is the World's.
type Option func(*Server)

// Listen sets the listen address, for example "10.80.0.1:0" to be reached from
// containers. The default is a free port of 127.0.0.1.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// Clock sets the time by which events arrive, reports age, sessions end and
// quotas refill. The default is time.Now.
func Clock(now func() time.Time) Option { return func(s *Server) { s.clock = now } }

// LookupRate sets the quota of LookupEvents per account and region. The default
// is AWS's own, two per second, with a burst of two.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
func LookupRate(perSecond float64, burst int) Option {
	return func(s *Server) { s.rate, s.burst = rate.Limit(perSecond), burst }
}

// Latency sets how long an answer takes. The default is two milliseconds, which
// no AWS is nearer than: the SDK for Go breaks its connection, and with it a
// longer answer, when that arrives before its own writer has seen the end of the
// request (safeWriteToReadCloser in smithy-go 1.28 answers EOF as an error).
func Latency(d time.Duration) Option { return func(s *Server) { s.latency = d } }

// Wrap puts a handler before the server, such as a fault.Gate's.
func Wrap(with func(http.Handler) http.Handler) Option { return func(s *Server) { s.wrap = with } }

// New starts a server. It panics if the world contradicts itself or the address
// cannot be listened on, as httptest does. Close it when done.
func New(world World, options ...Option) *Server {
	s := &Server{
		seal:     newSealer(),
		clock:    time.Now,
		latency:  2 * time.Millisecond,
		listen:   "127.0.0.1:0",
		wrap:     func(h http.Handler) http.Handler { return h },
		rate:     2,
		burst:    2,
		limiters: map[place]*rate.Limiter{},
		calls:    map[Call]int{},
	}
	for _, option := range options {
		option(s)
	}
	s.settle(world.clone())
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		panic(fmt.Sprintf("cloud: listen on %s: %v", s.listen, err))
	}
	s.http = &httptest.Server{Listener: listener, Config: &http.Server{Handler: s.wrap(http.HandlerFunc(s.serve))}}
	s.http.Start()
	return s
}

// URL is what AWS_ENDPOINT_URL is set to.
func (s *Server) URL() string { return s.http.URL }

// Close stops the server after its running requests.
func (s *Server) Close() { s.http.Close() }

// Update changes the world between two requests.
func (s *Server) Update(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	world := s.world.clone()
	change(&world)
	s.settle(world)
}

// Env is the environment in which an AWS client acts as this user or session,
// by its name, talks to this server and looks nowhere else for credentials. It
// panics if the world has no working key of that name.
func (s *Server) Env(account, name string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.world.Account(account)
	key, token := a.keyOf(name)
	return []string{
		"AWS_ENDPOINT_URL=" + s.URL(),
		"AWS_REGION=" + a.Regions[0],
		"AWS_DEFAULT_REGION=" + a.Regions[0], // for the CLI before version 2
		"AWS_ACCESS_KEY_ID=" + key,
		"AWS_SECRET_ACCESS_KEY=" + secretOf(key),
		"AWS_SESSION_TOKEN=" + token,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=/dev/null",
		"AWS_SHARED_CREDENTIALS_FILE=/dev/null",
	}
}

// settle takes a world over. The caller holds the lock, or is New.
func (s *Server) settle(world World) {
	if err := world.complete(s.clock()); err != nil {
		panic("cloud: " + err.Error())
	}
	trails, err := world.trails()
	if err != nil {
		panic("cloud: " + err.Error())
	}
	s.world, s.trails = world, trails
}

// secretOf invents the secret of a key. Signatures are not verified, so that
// any other secret does as well.
func secretOf(keyID string) string { return derive("", 40, "secret", keyID) }

// requestID is new for every answer, as AWS's are.
func requestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
