// Package fault makes a stand-in misbehave on purpose: it hangs, resets,
// refuses, lies or crawls where a test tells it to, and counts what it is asked.
package fault

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Fault is one way to misbehave.
type Fault struct {
	Path  string // which requests: a pattern, see [Gate.Count]; empty: all of them
	Times int    // how many of them; zero: for ever
	Do    Action // what happens instead
}

// Action changes how a request is answered; next is the honest answer.
type Action func(next http.Handler) http.Handler

// Gate stands before a handler, writes down each request and lets faults
// answer in its place. The zero value is ready.
type Gate struct {
	mu       sync.Mutex
	faults   []Fault
	requests []string
}

// Inject adds faults. Of several that match, the one added first acts until its
// Times are used up, so that a list of faults is a story told in order.
func (g *Gate) Inject(faults ...Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.faults = append(g.faults, faults...)
}

// Heal removes every fault.
func (g *Gate) Heal() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.faults = nil
}

// Requests lists what has been asked so far, each as "GET /path?query".
func (g *Gate) Requests() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.requests)
}

// Count says how many requests matched the pattern so far.
//
// A pattern is a path in which * stands for any run of characters. With a
// method before it ("HEAD /d/*") it matches that method only; with a query
// ("/deployments/*/vms?format=full") it is held against path and query.
func (g *Gate) Count(pattern string) int {
	match := compile(pattern)
	count := 0
	for _, request := range g.Requests() {
		if match(request) {
			count++
		}
	}
	return count
}

// Wrap puts the gate before a handler. One gate may stand before several.
func (g *Gate) Wrap(honest http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if do := g.enter(r.Method + " " + r.URL.RequestURI()); do != nil {
			do(honest).ServeHTTP(w, r)
			return
		}
		honest.ServeHTTP(w, r)
	})
}

// enter writes the request down and finds the fault that answers it, if any.
func (g *Gate) enter(request string) Action {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.requests = append(g.requests, request)
	for i := range g.faults {
		f := &g.faults[i]
		if !compile(f.Path)(request) {
			continue
		}
		do := f.Do
		if f.Times == 1 {
			g.faults = slices.Delete(g.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		return do
	}
	return nil
}

// compile turns a pattern into a match of "METHOD /path?query".
func compile(pattern string) func(request string) bool {
	if pattern == "" {
		pattern = "*"
	}
	if !strings.Contains(pattern, " ") {
		pattern = "* " + pattern
	}
	expression := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, `.*`)
	whole := regexp.MustCompile("^" + expression + "$")
	return func(request string) bool {
		if !strings.Contains(pattern, "?") {
			request, _, _ = strings.Cut(request, "?")
		}
		return whole.MatchString(request)
	}
}
