package fault_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

const honest = "the honest answer"

// serve starts a server behind a gate that tells the truth otherwise.
func serve(t *testing.T, start func(*httptest.Server), faults ...fault.Fault) (*fault.Gate, *httptest.Server) {
	gate := &fault.Gate{}
	gate.Inject(faults...)
	server := httptest.NewUnstartedServer(gate.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, honest)
	})))
	start(server)
	t.Cleanup(server.Close)
	return gate, server
}

func get(client *http.Client, url string) (status int, body string, err error) {
	response, err := client.Get(url)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response.StatusCode, string(content), err
}

func TestFaultsActInOrderAndRunOut(t *testing.T) {
	gate, server := serve(t, (*httptest.Server).Start,
		fault.Fault{Path: "/b", Do: fault.Answer(http.StatusTeapot, "")},
		fault.Fault{Times: 2, Do: fault.Answer(http.StatusBadGateway, "bad", "Retry-After", "1")},
		fault.Fault{Path: "/a", Times: 1, Do: fault.Answer(http.StatusUnauthorized, "who?")},
	)
	var statuses []int
	for _, path := range []string{"/a", "/b", "/a", "/a", "/a", "/b"} {
		status, _, err := get(server.Client(), server.URL+path)
		require.NoError(t, err)
		statuses = append(statuses, status)
	}
	require.Equal(t, []int{502, 418, 502, 401, 200, 418}, statuses)

	gate.Heal()
	status, body, err := get(server.Client(), server.URL+"/b")
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, honest, body)
}

func TestCountsByPattern(t *testing.T) {
	gate, server := serve(t, (*httptest.Server).Start)
	for _, path := range []string{"/deployments/a/vms", "/deployments/a/vms?format=full", "/deployments/b.c/vms?format=full", "/info"} {
		_, _, err := get(server.Client(), server.URL+path)
		require.NoError(t, err)
	}
	_, err := server.Client().Head(server.URL + "/info")
	require.NoError(t, err)

	for pattern, count := range map[string]int{
		"": 5, "*": 5, "GET *": 4, "HEAD *": 1, "/info": 2, "GET /info": 1,
		"/deployments/*/vms": 3, "/deployments/*/vms?format=full": 2, "/deployments/*": 3,
		"/deployments/bXc/vms": 0, "/deployments": 0,
	} {
		require.Equal(t, count, gate.Count(pattern), pattern)
	}
	require.Equal(t, "GET /deployments/a/vms?format=full", gate.Requests()[1])
}

func TestBreaksTheConnection(t *testing.T) {
	for name, start := range map[string]func(*httptest.Server){
		"in the clear": (*httptest.Server).Start, "over TLS": (*httptest.Server).StartTLS,
	} {
		t.Run(name, func(t *testing.T) {
			_, server := serve(t, start,
				fault.Fault{Path: "/reset", Do: fault.Reset},
				fault.Fault{Path: "/half", Do: fault.Truncate(3)},
				fault.Fault{Path: "/slow", Do: fault.Slow(50 * time.Millisecond)},
				fault.Fault{Path: "/late", Do: fault.Delay(50 * time.Millisecond)},
			)
			_, _, err := get(server.Client(), server.URL+"/reset")
			require.ErrorIs(t, err, syscall.ECONNRESET)

			_, body, err := get(server.Client(), server.URL+"/half")
			require.ErrorIs(t, err, io.ErrUnexpectedEOF)
			require.Equal(t, "the", body)

			for _, path := range []string{"/slow", "/late"} {
				begin := time.Now()
				_, body, err = get(server.Client(), server.URL+path)
				require.NoError(t, err)
				require.Equal(t, honest, body)
				require.GreaterOrEqual(t, time.Since(begin), 50*time.Millisecond)
			}
		})
	}
}

func TestHangsUntilTheClientLeaves(t *testing.T) {
	left := make(chan struct{})
	watch := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer close(left)
			fault.Hang(next).ServeHTTP(w, r)
		})
	}
	_, server := serve(t, (*httptest.Server).StartTLS, fault.Fault{Do: watch})

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	require.NoError(t, err)
	_, err = server.Client().Do(request)
	require.True(t, errors.Is(err, context.DeadlineExceeded), err)
	<-left
}

func TestHangsUntilTheServerCloses(t *testing.T) {
	ctx, closing := context.WithCancel(t.Context())
	defer closing()
	gate, server := serve(t, func(s *httptest.Server) {
		s.Config.BaseContext = func(net.Listener) context.Context { return ctx }
		s.Start()
	}, fault.Fault{Do: fault.Hang})
	answered := make(chan error)
	go func() {
		_, _, err := get(server.Client(), server.URL)
		answered <- err
	}()
	require.Eventually(t, func() bool { return gate.Count("*") == 1 }, time.Minute, time.Millisecond)
	closing()
	require.ErrorIs(t, <-answered, io.EOF, "no answer, not even an empty one")
}
