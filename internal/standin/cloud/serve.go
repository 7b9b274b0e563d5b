package cloud

import (
	"io"
	"net/http"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// request is a call that has been read and whose caller is known.
type request struct {
	wire      wire
	service   string // "iam"
	operation string // "ListUsers"
	region    string // that it is signed for
	params    params // in a Query protocol
	body      []byte
	caller    caller
	account   *Account // the caller's
	now       time.Time
}

// name is the operation as policies and Fault write it.
func (r *request) name() string { return r.service + ":" + r.operation }

// fails words a failure as the service does.
func (r *request) fails(kind Failure) error { return r.wire.failures.of(kind, r) }

const bodyLimit = 1 << 20

// serve answers a request in the words of the service that was asked.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	req, result, breaks, err := s.answer(r.Header, body)
	time.Sleep(s.latency)
	honest := func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			req.wire.fail(w, err)
			return
		}
		req.wire.write(w, req.operation, result)
	}
	if breaks != nil {
		breaks(http.HandlerFunc(honest)).ServeHTTP(w, r)
		return
	}
	honest(w, r)
}

// answer works out what to say while the world stands still, and how the
// transport breaks, if it does.
func (s *Server) answer(header http.Header, body []byte) (r *request, result any, breaks fault.Action, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r = &request{wire: unsigned(header), body: body, now: s.clock()}
	defer func() { s.count(r, err) }()
	if err = s.receive(r, header, body); err != nil {
		return r, nil, nil, err
	}
	if breaks, err = r.strike(); err != nil {
		return r, nil, nil, err
	}
	result, err = s.perform(r)
	return r, result, breaks, err
}

// receive finds out what is asked, where and by whom.
func (s *Server) receive(r *request, header http.Header, body []byte) error {
	scope, ok := signature(header)
	if !ok {
		return r.fails(missing)
	}
	wire, ok := services[scope.service]
	if !ok {
		return refuse(http.StatusBadRequest, "InvalidAction", "the stand-in has no service %q", scope.service)
	}
	r.wire, r.service, r.region = wire, scope.service, scope.region
	var err error
	if r.operation, r.params, err = wire.read(header, body); err != nil {
		return err
	}
	if failure := s.identify(r, scope.key, header.Get("X-Amz-Security-Token")); failure != "" {
		return r.fails(failure)
	}
	return nil
}

// strike lets the account's faults answer first, or break the transport.
func (r *request) strike() (fault.Action, error) {
	for i := range r.account.Faults {
		f := &r.account.Faults[i]
		switch {
		case !f.strikes(r):
		case f.Do != nil:
			return f.Do, nil
		default:
			return nil, r.fails(f.With)
		}
	}
	return nil, nil
}

func (s *Server) perform(r *request) (any, error) {
	operation, ok := r.wire.operations[r.operation]
	if !ok {
		return nil, r.fails(absent)
	}
	if err := r.params.only(operation.params); err != nil {
		return nil, err
	}
	return operation.do(s, r)
}
