// Package slack is a stand-in of Slack: an incoming webhook and the part of the Web API that posts, updates, uploads and reads.
// It refuses what Slack refuses, keeps the rest, and shows it on a page for people.
package slack

import (
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

	mu        sync.Mutex // guards all below
	messages  []Message
	workspace Workspace
	uploads   []File
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
	mux, api := http.NewServeMux(), http.NewServeMux()
	mux.Handle("/api/", signedIn(api))
	mux.HandleFunc("POST /services/", s.webhook)
	api.HandleFunc("POST /api/auth.test", s.authTest)
	api.HandleFunc("POST /api/chat.postMessage", s.postMessage)
	api.HandleFunc("POST /api/chat.update", s.update)
	api.HandleFunc("POST /api/conversations.history", s.history)
	api.HandleFunc("POST /api/conversations.replies", s.replies)
	api.HandleFunc("/api/chat.getPermalink", s.permalink)
	api.HandleFunc("POST /api/files.getUploadURLExternal", s.beginUpload)
	mux.HandleFunc("POST /upload/{file}", s.upload)
	api.HandleFunc("POST /api/files.completeUploadExternal", s.completeUpload)
	api.HandleFunc("POST /api/conversations.info", s.channelInfo)
	api.HandleFunc("POST /api/conversations.setTopic", s.setTopic)
	api.HandleFunc("POST /api/conversations.members", s.members)
	api.HandleFunc("POST /api/conversations.invite", s.invite)
	api.HandleFunc("POST /api/users.info", s.userInfo)
	api.HandleFunc("POST /api/users.lookupByEmail", s.userByEmail)
	api.HandleFunc("POST /api/usergroups.list", s.groups)
	api.HandleFunc("POST /api/usergroups.users.list", s.groupMembers)
	api.HandleFunc("POST /api/usergroups.users.update", s.setMembers)
	mux.HandleFunc("GET /{$}", s.page)
	return mux
}

// WebhookURL posts into Channel.
func (s *Server) WebhookURL() string { return s.URL() + hook }

// APIURL is for what is otherwise https://slack.com/api/.
func (s *Server) APIURL() string { return s.URL() + "/api/" }

// Messages are those posted so far, the oldest first, each with its thread.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.messages)
	for i := range all {
		all[i].Replies = slices.Clone(all[i].Replies)
	}
	return all
}

// keep gives the message its time stamp, which is its name in Slack.
func (s *Server) keep(p payload, channel, way string) (m Message, refusal string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now().UTC()
	serial := len(s.messages) + 1
	for _, other := range s.messages {
		serial += len(other.Replies)
	}
	m = Message{
		Channel: channel, Way: way, At: now, Text: p.Text, Blocks: p.Blocks, Attachments: p.Attachments,
		Metadata: p.Metadata, TS: stamp(now, serial), Thread: p.Thread, Broadcast: p.Broadcast, Files: p.files,
	}
	if p.Thread == "" {
		s.messages = append(s.messages, m)
		return m, ""
	}
	parent := s.find(channel, p.Thread)
	if parent == nil {
		return m, "thread_not_found"
	}
	parent.Replies = append(parent.Replies, m)
	return m, ""
}

// find is called with the lock.
func (s *Server) find(channel, ts string) *Message {
	i := slices.IndexFunc(s.messages, func(m Message) bool { return m.Channel == channel && m.TS == ts })
	if i < 0 {
		return nil
	}
	return &s.messages[i]
}
