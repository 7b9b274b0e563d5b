// Package slack is a stand-in of Slack: an incoming webhook and the part of the Web API that posts and reads.
// It refuses what Slack refuses, keeps the rest, and shows it on a page for people.
package slack

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// What the stand-in knows. Any other channel is not found.
const (
	Token    = "xoxb-standin-4711"
	Channel  = "C0PLATFORM" // "#platform", which the bot is in
	Strange  = "C0STRANGE"  // "#strange", which the bot is not in
	Archived = "C0ARCHIVED" // "#archived"

	hook = "/services/T0STANDIN/B0STANDIN/w3bh00k-s3cret"
)

var channels = map[string]string{"#platform": Channel, "#strange": Strange, "#archived": Archived}

// Server is a running Slack.
type Server struct {
	fault.Server

	listen string
	began  time.Time // a year before the start, when the app joined its channel

	mu       sync.Mutex // guards all below
	messages []Message
}

// Option changes how a server is started.
type Option func(*Server)

// Listen takes the address to listen on; without it, a free port of 127.0.0.1.
func Listen(address string) Option { return func(s *Server) { s.listen = address } }

// New starts a server. It panics when it cannot listen, as httptest does.
func New(options ...Option) *Server {
	s := &Server{began: time.Now().AddDate(-1, 0, 0)}
	for _, option := range options {
		option(s)
	}
	s.Start(s.listen, s.routes())
	return s
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /services/", s.webhook)
	mux.HandleFunc("POST /api/auth.test", s.authTest)
	mux.HandleFunc("POST /api/chat.postMessage", s.postMessage)
	mux.HandleFunc("POST /api/conversations.history", s.history)
	mux.HandleFunc("POST /api/conversations.replies", s.replies)
	mux.HandleFunc("/api/chat.getPermalink", s.permalink)
	mux.HandleFunc("GET /{$}", s.page)
	return mux
}

// WebhookURL posts into Channel.
func (s *Server) WebhookURL() string { return s.URL() + hook }

// APIURL is for what is otherwise https://slack.com/api/.
func (s *Server) APIURL() string { return s.URL() + "/api/" }

// Messages are those posted so far, the oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// keep gives the message its time stamp, which is its name in Slack.
func (s *Server) keep(p payload, channel, way string) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now().UTC()
	m := Message{
		Channel: channel, Way: way, At: now, Text: p.Text, Blocks: p.Blocks, Attachments: p.Attachments,
		TS: fmt.Sprintf("%d.%06d", now.Unix(), len(s.messages)+1),
	}
	s.messages = append(s.messages, m)
	return m
}
