package slack

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Reaction is an emoji and who gave it.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// Plant puts messages into the past, as they were said at their At. Without a channel, into Channel.
func (s *Server) Plant(messages ...Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range messages {
		m.Channel = cmp.Or(m.Channel, Channel)
		m.TS = stamp(m.At, len(s.messages)+1)
		for i := range m.Replies {
			m.Replies[i].TS, m.Replies[i].Thread = stamp(m.Replies[i].At, i+1), m.TS
		}
		s.messages = append(s.messages, m)
	}
	slices.SortStableFunc(s.messages, func(a, b Message) int { return a.At.Compare(b.At) })
}

// Age moves all that was said into the past.
func (s *Server) Age(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	past := func(m *Message) {
		m.At = m.At.Add(-by)
		m.TS = strconv.FormatInt(m.At.Unix(), 10) + m.TS[strings.Index(m.TS, "."):]
	}
	for i := range s.messages {
		m := &s.messages[i]
		past(m)
		for j := range m.Replies {
			past(&m.Replies[j])
			m.Replies[j].Thread = m.TS
		}
	}
}

// React gives every message of the past an emoji of somebody.
func (s *Server) React(name, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.messages {
		s.messages[i].Reactions = append(s.messages[i].Reactions, Reaction{name, []string{user}, 1})
	}
}

func stamp(at time.Time, serial int) string { return fmt.Sprintf("%d.%06d", at.Unix(), serial) }
