package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// stalling ends a try of which no byte came for a while.
type stalling struct {
	http.RoundTripper
	patience time.Duration
}

func (s stalling) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	timer := time.AfterFunc(s.patience, func() { cancel(fmt.Errorf("no byte came for %s", s.patience)) })
	response, err := s.RoundTripper.RoundTrip(r.WithContext(ctx))
	if err != nil {
		timer.Stop()
		cancel(nil)
		return nil, err
	}
	response.Body = &watched{response.Body, timer, s.patience, cancel}
	return response, nil
}

// watched is a body whose every byte gives it more time.
type watched struct {
	io.ReadCloser
	timer    *time.Timer
	patience time.Duration
	cancel   context.CancelCauseFunc
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if n > 0 {
		w.timer.Reset(w.patience)
	}
	return n, err
}

func (w *watched) Close() error {
	w.timer.Stop()
	w.cancel(nil)
	return w.ReadCloser.Close()
}
