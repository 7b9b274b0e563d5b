package cloud

import (
	"net/http"
	"slices"

	"golang.org/x/time/rate"
)

var cloudtrailOperations = map[string]operation{
	"LookupEvents": {do: (*Server).lookupEvents},
}

// place is where LookupEvents is asked and limited.
type place struct{ Account, Region string }

// lookupEvents answers a page of the event history, newest first. An event that
// arrives during a scan is in it if it is older than the page reached.
func (s *Server) lookupEvents(r *request) (any, error) {
	at := place{r.account.ID, r.region}
	if !s.limiter(at).AllowN(r.now, 1) {
		return nil, r.fails(Throttled)
	}
	ask, err := readLookup(at, r.body)
	if err != nil {
		return nil, err
	}
	rest, err := s.resume(ask)
	if err != nil {
		return nil, err
	}
	page := struct {
		Events    []listed
		NextToken string `json:",omitempty"`
	}{Events: []listed{}}
	for _, e := range rest {
		if !ask.matches(e, r.now) {
			continue
		}
		if len(page.Events) == ask.MaxResults {
			page.NextToken = s.seal.token(positionOf(page.Events[len(page.Events)-1]), ask.bound())
			break
		}
		page.Events = append(page.Events, e)
	}
	return page, nil
}

// limiter holds the quota of one account in one region.
func (s *Server) limiter(at place) *rate.Limiter {
	if s.limiters[at] == nil {
		s.limiters[at] = rate.NewLimiter(s.rate, s.burst)
	}
	return s.limiters[at]
}

// position is the last event of a page.
type position struct {
	Time int64
	ID   string
	Copy int
}

func positionOf(e listed) position { return position{e.EventTime, e.EventID, e.copy} }

// resume is the history without the pages that the token has behind it.
func (s *Server) resume(ask lookup) (trail, error) {
	all := s.trails[ask.At]
	if ask.NextToken == nil {
		return all, nil
	}
	var last position
	if !s.seal.open(*ask.NextToken, &last, ask.bound()) {
		return nil, refuse(http.StatusBadRequest, "InvalidNextTokenException", "Invalid next token.")
	}
	seen := listed{EventTime: last.Time, EventID: last.ID, copy: last.Copy}
	from, found := slices.BinarySearchFunc(all, seen, newestFirst)
	if found { // it may have been taken out of the world
		from++
	}
	return all[from:], nil
}
