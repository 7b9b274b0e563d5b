package cloud

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"golang.org/x/time/rate"
)

var cloudtrailOperations = map[string]operation{
	"LookupEvents": {
		[]string{"LookupAttributes", "StartTime", "EndTime", "EventCategory", "MaxResults", "NextToken"},
		(*Server).lookupEvents,
	},
}

const (
	mostResults = 50
	history     = 90 * 24 * time.Hour
)

// position is the last event of a page.
type position struct {
	Time int64
	ID   string
	Copy int
}

// lookupEvents answers a page of the event history, newest first. Events that
// arrive during a scan are in it if they are older than the page reached.
func (s *Server) lookupEvents(r *request) (any, error) {
	at := place{r.account.ID, r.region}
	if !s.limiter(at).AllowN(r.now, 1) {
		return nil, r.fails(Throttled)
	}
	ask, err := readLookup(r.params)
	if err != nil {
		return nil, err
	}
	bound, err := json.Marshal(ask)
	if err != nil {
		return nil, err
	}
	rest := s.trails[at]
	if rest, err = s.resume(rest, r, at, string(bound)); err != nil {
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
			last := page.Events[len(page.Events)-1]
			page.NextToken = s.seal.token(position{last.EventTime, last.EventID, last.copy}, at.account, at.region, string(bound))
			break
		}
		page.Events = append(page.Events, e)
	}
	return page, nil
}

// resume leaves out what the token's pages had.
func (s *Server) resume(all trail, r *request, at place, bound string) (trail, error) {
	if _, ok := r.params["NextToken"]; !ok {
		return all, nil
	}
	var token string
	if err := r.params.decode("NextToken", &token); err != nil {
		return nil, err
	}
	var last position
	if !s.seal.open(token, &last, at.account, at.region, bound) {
		return nil, refuse(http.StatusBadRequest, "InvalidNextTokenException", "Invalid next token.")
	}
	seen := listed{EventTime: last.Time, EventID: last.ID, copy: last.Copy}
	from := slices.IndexFunc(all, func(e listed) bool { return newestFirst(e, seen) > 0 })
	if from < 0 {
		return nil, nil
	}
	return all[from:], nil
}

func (s *Server) limiter(at place) *rate.Limiter {
	if s.limiters[at] == nil {
		s.limiters[at] = rate.NewLimiter(s.rate, s.burst)
	}
	return s.limiters[at]
}
