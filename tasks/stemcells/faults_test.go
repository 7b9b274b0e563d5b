package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/task/contract"
)

// faulty is one way in which the director, one of its listings, or bosh.io does not answer as it should.
type faulty struct {
	name string
	do   func(*world)
}

// TestFaults holds that nothing that goes wrong outside is ever green, and what somebody reads of it. All cases run at
// once, since they mostly wait.
func TestFaults(t *testing.T) {
	cases := faults()
	rows, failed := make([][]string, len(cases)), make([]error, len(cases))
	var all sync.WaitGroup
	for i, f := range cases {
		all.Go(func() { rows[i], failed[i] = f.row(t) })
	}
	all.Wait()
	require.NoError(t, errors.Join(failed...))
	contract.Table(t, "stemcells", "faults", append([][]string{{"what goes wrong", "status", "what the box says"}}, rows...))
}

func faults() (all []faulty) {
	const deployments, listing, list = "/deployments", "/deployments/service-instance_000/vms?format=full", "/api/v1/stemcells/*"
	at := func(path string, do fault.Action) func(*world) {
		return func(w *world) { w.director.Inject(fault.Fault{Path: path, Do: do}) }
	}
	index := func(do fault.Action) func(*world) {
		return func(w *world) { w.index.Inject(fault.Fault{Path: list, Do: do}) }
	}
	const notAuthorized, html, nginx = "Not authorized: '/deployments'\n", "<html>Sign in</html>", "<html>502 Bad Gateway</html>"
	return []faulty{
		{"director: nobody listens", func(w *world) { w.address = "https://127.0.0.1:1" }}, // a port that was free might be taken
		{"director: timeout, no handshake", func(w *world) { w.address = "https://" + w.listen() }},
		{"director: silent after the handshake", at("*", fault.Hang)},
		{"director: slow", at("*", fault.Slow(time.Minute))},
		{"director: reset", at("*", fault.Reset)},
		{"director: 401", at(deployments, fault.Answer(401, notAuthorized))},
		{"director: wrong secret", func(w *world) { w.director.Grant(w.director.Client, "another") }},
		{"director: missing scope", func(w *world) { w.director.Grant(w.director.Client, w.director.Secret) }},
		{"director: 404", at(deployments, fault.Answer(404, "Not Found: /deployments"))},
		{"director: 500", at(deployments, fault.Answer(500, ""))},
		{"director: 502", at(deployments, fault.Answer(502, nginx))},
		{"director: garbage", at(deployments, fault.Answer(200, html))},
		{"director: truncated", at(deployments, fault.Truncate(20))},
		{"director: empty answer", at(deployments, fault.Answer(200, ""))},
		{"director: empty list", at(deployments, fault.Answer(200, "[]"))},
		{"UAA: silent after the handshake", at("/oauth/token", fault.Hang)},
		{"UAA: 500", at("/oauth/token", fault.Answer(500, ""))},
		{"UAA: garbage", at("/oauth/token", fault.Answer(200, html))},
		{"one listing: silent after the handshake", at(listing, fault.Hang)},
		{"one listing: 500", at(listing, fault.Answer(500, ""))},
		{"one listing: stuck task, queued", at(listing, director.TaskQueued())},
		{"one listing: stuck task, running", at(listing, director.TaskProcessing())},
		{"one listing: failed task", at(listing, director.TaskEnds("error", "PG::ConnectionBad: too many clients already"))},
		{"one listing: garbage", at("/tasks/1/output", fault.Answer(200, html))},
		{"one listing: truncated", at("/tasks/1/output", fault.Truncate(20))},
		{"one listing: empty", at("/tasks/1/output", fault.Answer(200, ""))},
		{"bosh.io: nobody listens", func(w *world) { w.io = "127.0.0.1:1" }},
		{"bosh.io: timeout", func(w *world) { w.io = w.listen() }},
		{"bosh.io: silent after the handshake", index(fault.Hang)},
		{"bosh.io: slow", index(fault.Slow(time.Minute))},
		{"bosh.io: reset", index(fault.Reset)},
		{"bosh.io: 401", index(fault.Answer(401, ""))},
		{"bosh.io: missing scope (403)", index(fault.Answer(403, "forbidden"))},
		{"bosh.io: 404", index(fault.Answer(404, "404 page not found"))},
		{"bosh.io: 500", index(fault.Answer(500, `{"error":"reading the index"}`))},
		{"bosh.io: 502", index(fault.Answer(502, nginx))},
		{"bosh.io: garbage", index(fault.Answer(200, html))},
		{"bosh.io: truncated", index(fault.Truncate(20))},
		{"bosh.io: empty answer", index(fault.Answer(200, ""))},
		{"bosh.io: empty list, as for an unknown name", index(fault.Answer(200, "[]"))},
	}
}

// listen is an address at which connections are taken and nothing is ever said.
func (w *world) listen() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	w.mute = l
	return l.Addr().String()
}

// row runs the program against a small director, current but for the fault, and gives what it says as a row.
func (f faulty) row(t *testing.T) ([]string, error) {
	w := begin()
	defer w.close()
	w.have(director.Many(2, 2))
	f.do(&w)
	folder := t.TempDir()
	command := exec.Command("stemcells")
	command.Dir = folder
	for name, value := range w.params() {
		command.Env = append(command.Env, name+"="+value)
	}
	command.Env = append(command.Env, "REQUEST_TIMEOUT=6s", "QUEUE_TIMEOUT=1s", "TASK_TIMEOUT=1s", "CONCURRENCY=1")
	out, _ := command.Output()
	written, err := os.ReadFile(filepath.Join(folder, "report", "report.json"))
	status := command.ProcessState.ExitCode()
	switch {
	case err != nil:
		return nil, err
	case status != 1 || !strings.Contains(string(written), `"status": "unknown"`):
		return nil, fmt.Errorf("%s: exits %d: %s", f.name, status, out)
	case strings.Contains(string(out)+string(written), w.director.Secret):
		return nil, fmt.Errorf("%s: tells a secret: %s", f.name, out)
	}
	return []string{f.name, strconv.Itoa(status), w.words(string(out))}, nil
}

var (
	counts = regexp.MustCompile(`after \d+ bytes`)
	ours   = regexp.MustCompile(`127\.0\.0\.1:\d+->`)
	other  = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// words are what stands under NOT READ, without what differs from run to run.
func (w *world) words(text string) string {
	var said []string
	for block := range strings.SplitSeq(text, "\n\n") {
		if strings.HasPrefix(block, "NOT READ") || strings.HasPrefix(block, "FOUND") || strings.HasPrefix(block, "COULD") {
			said = append(said, block)
		}
	}
	words := strings.Join(said[1:], "\n")
	for _, address := range []struct{ is, name string }{
		{w.index.URL(), "https://bosh.io"}, {"http://" + w.io, "https://bosh.io"},
		{strings.TrimPrefix(w.index.URL(), "http://"), "bosh.io:443"}, {w.io, "bosh.io:443"},
		{strings.TrimPrefix(w.director.URL(), "https://"), "DIRECTOR"}, {strings.TrimPrefix(w.address, "https://"), "DIRECTOR"},
	} {
		if address.is != "" && address.is != "http://" {
			words = strings.ReplaceAll(words, address.is, address.name)
		}
	}
	words = counts.ReplaceAllString(words, "after N bytes")
	words = ours.ReplaceAllString(words, "")
	words = other.ReplaceAllString(words, "UAA")
	lines := strings.Split(words, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}
