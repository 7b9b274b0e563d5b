package fault

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"
)

// Hang takes the connection, finishes TLS, reads the request and then says
// nothing until the client or the server goes away.
func Hang(http.Handler) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does net/http notice a client that leaves
		<-r.Context().Done()
		panic(http.ErrAbortHandler) // or net/http would send an empty 200
	})
}

// Reset breaks the connection with a TCP reset before any answer.
func Reset(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler) // HTTP/2 cannot be hijacked: this ends the stream
		}
		raw := conn
		if wrapped, ok := conn.(interface{ NetConn() net.Conn }); ok { // *tls.Conn
			raw = wrapped.NetConn()
		}
		if tcp, ok := raw.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = raw.Close()
	})
}

// Answer sends this status and body, whatever the truth; headers come in pairs,
// name and value. An empty 200, a page of HTML where JSON belongs, a 429 with
// Retry-After and a 302 elsewhere are all answers.
func Answer(status int, body string, headers ...string) Action {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})
	}
}

// Truncate promises the whole honest answer and breaks off after n bytes of it.
func Truncate(n int) Action {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := begin(w, r, next)
			_, _ = w.Write(body[:min(n, len(body))])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		})
	}
}

// Slow spreads the honest body evenly over this time.
func Slow(over time.Duration) Action {
	const pieces = 10
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := begin(w, r, next)
			for i := range pieces {
				if !pause(r, over/pieces) {
					return
				}
				_, _ = w.Write(body[len(body)*i/pieces : len(body)*(i+1)/pieces])
				_ = http.NewResponseController(w).Flush()
			}
		})
	}
}

// Delay waits before the honest answer.
func Delay(by time.Duration) Action {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if pause(r, by) {
				next.ServeHTTP(w, r)
			}
		})
	}
}

// begin sends the honest answer's status and headers, and returns its body.
func begin(w http.ResponseWriter, r *http.Request, next http.Handler) []byte {
	honest := httptest.NewRecorder()
	next.ServeHTTP(honest, r)
	for name, values := range honest.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(honest.Body.Len()))
	w.WriteHeader(honest.Code)
	return honest.Body.Bytes()
}

// pause waits, and says whether the client is still there.
func pause(r *http.Request, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}
