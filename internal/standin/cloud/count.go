package cloud

import (
	"cmp"
	"maps"
)

// Call is what requests are counted by.
type Call struct {
	Operation string // "cloudtrail:LookupEvents"
	Account   string // the caller's; empty if it was not recognised
	Region    string
	Error     string // the error code of the answer; empty for a good one
}

// Calls tells how many requests of each kind there were.
func (s *Server) Calls() map[Call]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.calls)
}

// Count adds up the requests that are like this one; an empty field is like all.
func (s *Server) Count(like Call) int {
	n := 0
	for c, times := range s.Calls() {
		masked := Call{
			Operation: cmp.Or(like.Operation, c.Operation),
			Account:   cmp.Or(like.Account, c.Account),
			Region:    cmp.Or(like.Region, c.Region),
			Error:     cmp.Or(like.Error, c.Error),
		}
		if masked == c {
			n += times
		}
	}
	return n
}

func (s *Server) count(r *request, err error) {
	c := Call{Operation: r.name(), Region: r.region}
	if r.account != nil {
		c.Account = r.account.ID
	}
	if err != nil {
		c.Error = asProblem(err).code
	}
	s.calls[c]++
}
