package cloud

import (
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// request is a call that has been read and whose caller is known.
type request struct {
	service   string // "iam"
	operation string // "ListUsers"
	region    string // as signed for
	params    params
	caller    caller
	account   *Account // the caller's
	now       time.Time
}

// name is the operation as policies and Fault write it.
func (r *request) name() string { return r.service + ":" + r.operation }

// operation answers a request of its service.
type operation struct {
	params []string // those that it understands; any other is refused
	do     func(*Server, *request) (any, error)
}

// answer is what goes back, and how.
type answer struct {
	result any
	err    error
	breaks fault.Action
}

const bodyLimit = 1 << 20

// serve reads a request, answers it and writes the answer in the words of the
// service that was asked.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	req := &request{now: s.clock()}
	speak, result := s.answer(req, r, body)
	write := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if result.err != nil {
			speak.fail(w, result.err)
			return
		}
		speak.write(w, req.operation, result.result)
	})
	if result.breaks != nil {
		result.breaks(write).ServeHTTP(w, r)
		return
	}
	write.ServeHTTP(w, r)
}

// answer works a request out while the world stands still.
func (s *Server) answer(req *request, r *http.Request, body []byte) (wire, answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	scope, signed := signature(r.Header)
	speak, known := services[scope.service]
	if !known {
		speak = guess(r.Header)
	}
	result := func() answer {
		if !signed {
			return answer{err: speak.failures[missing]}
		}
		if !known {
			return answer{err: problem(http.StatusBadRequest, "InvalidAction", "the stand-in has no service %q", scope.service)}
		}
		return s.dispatch(req, speak, scope, r.Header, body)
	}()
	s.count(req, result)
	return speak, result
}

// dispatch finds the caller and the operation, and lets faults answer first.
func (s *Server) dispatch(req *request, speak wire, scope scope, header http.Header, body []byte) answer {
	req.service, req.region = scope.service, scope.region
	var err error
	if req.operation, req.params, err = speak.read(header, body); err != nil {
		return answer{err: err}
	}
	failed := s.identify(req, scope.key, header.Get("X-Amz-Security-Token"))
	if failed != "" {
		return answer{err: speak.failures[failed]}
	}
	var breaks fault.Action
	for i := range req.account.Faults {
		f := &req.account.Faults[i]
		if !f.strikes(req) {
			continue
		}
		if f.Do == nil {
			return answer{err: speak.failure(f.With, req)}
		}
		breaks = f.Do
		break
	}
	result, err := s.perform(req, speak)
	return answer{result, err, breaks}
}

func (s *Server) perform(req *request, speak wire) (any, error) {
	op, ok := speak.operations[req.operation]
	if !ok {
		return nil, speak.noOperation(req.operation)
	}
	if err := req.params.only(op.params); err != nil {
		return nil, err
	}
	return op.do(s, req)
}

// Call is what requests are counted by.
type Call struct {
	Operation string // "cloudtrail:LookupEvents"
	Account   string // the caller's, empty if it was not recognised
	Region    string
	Error     string // the error code of the answer, empty for a good one
}

func (s *Server) count(req *request, a answer) {
	c := Call{Operation: req.name(), Region: req.region}
	if req.account != nil {
		c.Account = req.account.ID
	}
	if a.err != nil {
		c.Error = asProblem(a.err).code
	}
	s.calls[c]++
}

// Calls tells how many requests there were of each kind. To add some up, see Count.
func (s *Server) Calls() map[Call]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := make(map[Call]int, len(s.calls))
	for c, n := range s.calls {
		calls[c] = n
	}
	return calls
}

// Count adds up the requests that match: an empty field matches all, and
// several operations, accounts, regions or errors are added up by several calls.
func (s *Server) Count(like Call) int {
	n := 0
	for c, times := range s.Calls() {
		matches := []bool{
			like.Operation == "" || like.Operation == c.Operation,
			like.Account == "" || like.Account == c.Account,
			like.Region == "" || like.Region == c.Region,
			like.Error == "" || like.Error == c.Error,
		}
		if !slices.Contains(matches, false) {
			n += times
		}
	}
	return n
}
