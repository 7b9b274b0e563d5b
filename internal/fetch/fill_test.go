package fetch_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// depot serves one large file, behind a gate.
func depot(t *testing.T, ranges bool) (*fault.Gate, string, []byte) {
	content := make([]byte, 3<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(content)
	gate := &fault.Gate{}
	server := httptest.NewServer(gate.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ranges {
			r.Header.Del("Range")
		}
		http.ServeContent(w, r, "", time.Unix(1755511194, 0), bytes.NewReader(content))
	})))
	t.Cleanup(server.Close)
	return gate, server.URL + "/secret-path", content
}

func fill(w io.Writer, address string, size int) (http.Header, error) {
	return fetch.Fill(context.Background(), w, address, int64(size), fetch.Options{Try: 300 * time.Millisecond, Tries: 2})
}

func TestFillGoesOnWhereTheConnectionBroke(t *testing.T) {
	gate, address, content := depot(t, true)
	gate.Inject(
		fault.Fault{Times: 1, Do: fault.Reset},
		fault.Fault{Times: 1, Do: fault.Truncate(1 << 20)},
		fault.Fault{Times: 1, Do: fault.Truncate(1)},
		fault.Fault{Times: 1, Do: fault.Answer(http.StatusServiceUnavailable, "", "Retry-After", "0.1")},
	)
	var got bytes.Buffer
	header, err := fill(&got, address, len(content))
	require.NoError(t, err)
	require.True(t, bytes.Equal(content, got.Bytes()))
	require.Equal(t, "Mon, 18 Aug 2025 09:59:54 GMT", header.Get("Last-Modified"))
	require.Equal(t, 5, gate.Count("*"))
}

func TestFillSkipsWhatItHasWhereThereAreNoRanges(t *testing.T) {
	gate, address, content := depot(t, false)
	gate.Inject(fault.Fault{Times: 1, Do: fault.Truncate(2 << 20)})
	var got bytes.Buffer
	_, err := fill(&got, address, len(content))
	require.NoError(t, err)
	require.True(t, bytes.Equal(content, got.Bytes()))
}

func TestFillTakesLongerThanATryButNotWithoutAByte(t *testing.T) {
	gate, address, content := depot(t, true)
	gate.Inject(fault.Fault{Times: 1, Do: fault.Slow(time.Second)})
	var got bytes.Buffer
	_, err := fill(&got, address, len(content))
	require.NoError(t, err)
	require.Equal(t, 1, gate.Count("*"))

	gate.Inject(fault.Fault{Do: fault.Hang})
	_, err = fill(&got, address, len(content))
	require.ErrorContains(t, err, "no byte came for 300ms")
	require.Equal(t, 3, gate.Count("*"))
}

// stuck sends something of an answer and then no more.
func stuck(honest http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorded := httptest.NewRecorder()
		honest.ServeHTTP(recorded, r)
		w.Header().Set("Content-Length", recorded.Header().Get("Content-Length"))
		_, _ = w.Write(recorded.Body.Bytes()[:1<<20])
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	})
}

func TestFillLeavesAConnectionThatIsStuck(t *testing.T) {
	gate, address, content := depot(t, true)
	gate.Inject(fault.Fault{Times: 1, Do: stuck})
	var got bytes.Buffer
	_, err := fill(&got, address, len(content))
	require.NoError(t, err)
	require.True(t, bytes.Equal(content, got.Bytes()))
	require.Equal(t, 2, gate.Count("*"))
}

func TestFillRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		fault fault.Action
		size  int
		says  string
	}{
		"another size":           {nil, 3<<20 + 1, "it is 3145728 bytes long, not 3145729"},
		"a refusal":              {fault.Answer(http.StatusForbidden, "<Code>AccessDenied</Code>"), 3 << 20, `403 Forbidden: "<Code>AccessDenied</Code>"`},
		"another range":          {fault.Answer(http.StatusPartialContent, "x", "Content-Range", "bytes 7-7/8"), 3 << 20, `asked for byte 0 and on, it sends "bytes 7-7/8"`},
		"a login page":           {fault.Answer(http.StatusOK, "<html>"), 3 << 20, "it is 6 bytes long, not 3145728"},
		"one that always breaks": {fault.Truncate(0), 3 << 20, "no answer in time"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gate, address, _ := depot(t, true)
			if c.fault != nil {
				gate.Inject(fault.Fault{Do: c.fault})
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			_, err := fetch.Fill(ctx, io.Discard, address, int64(c.size), fetch.Options{Tries: 1})
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "secret-path")
		})
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestFillStopsWhereItCannotWrite(t *testing.T) {
	gate, address, content := depot(t, true)
	_, err := fill(full{}, address, len(content))
	require.ErrorContains(t, err, "no space left on device")
	require.Equal(t, 1, gate.Count("*"))
	require.True(t, strings.HasPrefix(err.Error(), "GET http://127.0.0.1:"))
}
