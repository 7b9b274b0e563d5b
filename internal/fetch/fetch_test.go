package fetch_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

const secret = "hunter2-T0000-B0000"

// planted is a path and a query as a webhook or an API that takes its key in the address has them.
const planted = "/services/" + secret + "?token=" + secret + "&a=1"

// honest answers truly.
var honest = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("true ", 20)) })

// serve starts a server whose first calls go wrong, one fault each, the last for ever; nil is none.
func serve(t *testing.T, calls *atomic.Int64, faults ...fault.Action) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(calls.Add(1))
		handler := http.Handler(honest)
		if f := faults[min(n, len(faults))-1]; f != nil {
			handler = f(honest)
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// half sends the beginning of an answer and then no more.
func half(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "true")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
}

// TestGet: what the caller reads, and how often the service is asked.
func TestGet(t *testing.T) {
	for _, c := range []struct {
		name    string
		faults  []fault.Action
		options fetch.Options
		calls   int64
		body    string
		err     string // {} stands for the server's address
	}{
		{name: "fine", faults: []fault.Action{nil}, calls: 1, body: strings.Repeat("true ", 20)},
		{name: "a page of HTML is the caller's to refuse", faults: []fault.Action{fault.Answer(200, "<html>sign in</html>")}, calls: 1, body: "<html>sign in</html>"},
		{name: "nothing at all is too", faults: []fault.Action{fault.Answer(200, "")}, calls: 1},
		{name: "silent", faults: []fault.Action{fault.Hang}, options: fetch.Options{Timeout: 300 * time.Millisecond, Tries: 1}, calls: 1,
			err: "GET {}: no answer in time"},
		{name: "silent at every try", faults: []fault.Action{fault.Hang}, options: fetch.Options{Timeout: time.Minute, Try: 50 * time.Millisecond, Tries: 2}, calls: 2,
			err: "GET {}: no answer in time"},
		{name: "silent once", faults: []fault.Action{fault.Hang, fault.Answer(200, "ok")}, options: fetch.Options{Try: time.Second}, calls: 2, body: "ok"},
		{name: "a body that does not end", faults: []fault.Action{half}, options: fetch.Options{Timeout: 3 * time.Second, Tries: 1}, calls: 1,
			err: "GET {}: the answer broke off after 4 bytes: no answer in time"},
		{name: "just small enough", faults: []fault.Action{nil}, options: fetch.Options{Limit: 100}, calls: 1, body: strings.Repeat("true ", 20)},
		{name: "too large", faults: []fault.Action{nil}, options: fetch.Options{Limit: 99}, calls: 1,
			err: "GET {}: the answer broke off after 0 bytes: the answer is larger than 99 bytes"},
		{name: "cut off", faults: []fault.Action{fault.Truncate(50)}, calls: 1, err: "GET {}: the answer broke off after 50 bytes: unexpected EOF"},
		{name: "reset at every try", faults: []fault.Action{fault.Reset}, options: fetch.Options{Tries: 2}, calls: 2, err: "connection reset by peer"},
		{name: "reset once", faults: []fault.Action{fault.Reset, nil}, calls: 2, body: strings.Repeat("true ", 20)},
		{name: "500, then fine", faults: []fault.Action{fault.Answer(500, "oops"), nil}, calls: 2, body: strings.Repeat("true ", 20)},
		{name: "502 at every try", faults: []fault.Action{fault.Answer(502, " bad \x1b[31mgateway\n")}, options: fetch.Options{Tries: 2}, calls: 2,
			err: `GET {}: 502 Bad Gateway: "bad \x1b[31mgateway"`},
		{name: "429, then fine", faults: []fault.Action{fault.Answer(429, "", "Retry-After", "0.1"), nil}, calls: 2, body: strings.Repeat("true ", 20)},
		{name: "429 for longer than there is time", faults: []fault.Action{fault.Answer(429, "slow down", "Retry-After", "3600"), nil}, calls: 1,
			err: `GET {}: 429 Too Many Requests: "slow down"`},
		{name: "429 for ever", faults: []fault.Action{fault.Answer(429, "", "Retry-After", "99999999999999999999"), nil}, calls: 1, err: "GET {}: 429 Too Many Requests"},
		{name: "401 is final", faults: []fault.Action{fault.Answer(401, `{"error":"expired"}`), nil}, calls: 1, err: `GET {}: 401 Unauthorized: "{\"error\":\"expired\"}"`},
		{name: "404 is final", faults: []fault.Action{fault.Answer(404, ""), nil}, calls: 1, err: "GET {}: 404 Not Found"},
		{name: "204 is no answer", faults: []fault.Action{fault.Answer(204, "")}, calls: 1, err: "GET {}: 204 No Content"},
		{name: "a long page", faults: []fault.Action{fault.Answer(403, strings.Repeat("é", 200))}, calls: 1, err: `GET {}: 403 Forbidden: "` + strings.Repeat("é", 100) + `"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int64
			url := serve(t, &calls, c.faults...)
			a, err := fetch.New(c.options).Get(context.Background(), url+planted, nil)
			require.Equal(t, c.calls, calls.Load())
			if c.err == "" {
				require.NoError(t, err)
				require.Equal(t, c.body, string(a.Body))
				return
			}
			require.Nil(t, a)
			require.ErrorContains(t, err, strings.ReplaceAll(c.err, "{}", url))
			require.NotContains(t, err.Error(), secret)
		})
	}
}

func TestStatusErrorCanBeAsked(t *testing.T) {
	_, err := fetch.New(fetch.Options{}).Head(context.Background(), serve(t, new(atomic.Int64), fault.Answer(403, ""))+planted, nil)
	failed, is := errors.AsType[*fetch.StatusError](err)
	require.True(t, is)
	require.Equal(t, http.StatusForbidden, failed.Status)
	require.Equal(t, http.MethodHead, failed.Method)
}

func TestCauseCanBeAsked(t *testing.T) {
	_, err := fetch.New(fetch.Options{Tries: 1}).Get(context.Background(), serve(t, new(atomic.Int64), fault.Reset), nil)
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestGetEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	reached := fault.Action(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			cancel()
			fault.Hang(next).ServeHTTP(w, r)
		})
	})
	_, err := fetch.New(fetch.Options{}).Get(ctx, serve(t, new(atomic.Int64), reached)+planted, nil)
	require.ErrorIs(t, err, context.Canceled)
	require.NotContains(t, err.Error(), secret)
}

// A wait that the service asks for ends with the context too.
func TestAWaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	asked := fault.Action(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.AfterFunc(50*time.Millisecond, cancel)
			fault.Answer(503, "", "Retry-After", "40")(next).ServeHTTP(w, r)
		})
	})
	started := time.Now()
	_, err := fetch.New(fetch.Options{}).Get(ctx, serve(t, new(atomic.Int64), asked), nil)
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, time.Since(started), 10*time.Second)
}

func TestDoSendsWhatItIsGiven(t *testing.T) {
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if calls.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable) // what is sent again is sent whole
			return
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, r.Method+" "+r.Header.Get("X-ApiKeys")+" "+string(body))
	}))
	defer server.Close()
	a, err := fetch.New(fetch.Options{}).Do(context.Background(), http.MethodPost, server.URL, http.Header{"X-Apikeys": {"key"}}, []byte("{}"))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, a.Status, "any status is an answer to Do")
	require.Equal(t, "POST key {}", string(a.Body))
}
