// Package contract holds what every resource must keep, whatever it is of: tests that run its real
// binary under its three names, as Concourse does. Only tests import it.
package contract

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/shipped"
)

// Resource is what the contract must know of a resource.
type Resource struct {
	Source  string                   // JSON of a source whose service answers
	At      func(base string) string // JSON of a source whose service is at this address, as http://127.0.0.1:1
	Secret  string                   // is in all of these sources, and may be in no output
	Get     string                   // JSON of params for in; empty: it takes none
	Params  string                   // JSON of params for out
	Inputs  string                   // folder that out is given; empty: nothing can be put
	Version string                   // JSON of a version of the right form
	Gone    bool                     // that version is not there: in must say so
	Dated   bool                     // a first version tells when it was made, so that two of them differ
	Offline []string                 // verbs that ask nobody
}

// Main runs the tests with main as the binaries check, in, out and name, or with those that ship.
func Main(m *testing.M, name string, main func()) {
	shipped.Main(m, main, name, "check", "in", "out")
}

// Test holds a resource against the contract.
func Test(t *testing.T, r Resource) {
	t.Run("check", r.check)
	t.Run("in", r.in)
	t.Run("out", r.out)
	t.Run("a request that is none", r.nonsense)
	t.Run("an unknown key", r.unknownKey)
	t.Run("nobody answers", r.nobody)
	t.Run("aborted", r.aborted)
}

func (r Resource) check(t *testing.T) {
	first := r.versions(t, request(r.Source, "", ""))
	require.NotEmpty(t, first, "a job that gets the resource cannot start without a version")
	last := marshal(t, first[len(first)-1])
	known := r.versions(t, request(r.Source, last, ""))
	require.Equal(t, first[len(first)-1], known[0], "the version that Concourse knows comes first, unchanged")
	require.Equal(t, known, r.versions(t, request(r.Source, last, "")), "and again the same")
	r.versions(t, request(r.Source, r.Version, ""))
	again := r.versions(t, `{"source":`+r.Source+`,"version":null,"newer_concourse":1}`)
	require.True(t, r.Dated || reflect.DeepEqual(first, again), "%v, and then %v", first, again)

	garbage := r.run(t, "check", "", request(r.Source, `{"garbage":"1"}`, ""))
	require.Zero(t, garbage.status, garbage.stderr)
	require.Contains(t, garbage.stderr, "begin as without a version")
}

func (r Resource) in(t *testing.T) {
	first := r.versions(t, request(r.Source, "", ""))
	for _, v := range first {
		folder := t.TempDir()
		got := r.run(t, "in", folder, request(r.Source, marshal(t, v), ""))
		require.Zero(t, got.status, got.stderr)
		require.Equal(t, v, got.response(t).Version)
	}
	for _, version := range []string{"", `{"garbage":"1"}`} {
		refused := r.run(t, "in", t.TempDir(), request(r.Source, version, ""))
		require.Equal(t, 2, refused.status)
		require.Contains(t, refused.stderr, "version")
	}
	if r.Gone {
		gone := r.run(t, "in", t.TempDir(), request(r.Source, r.Version, ""))
		require.Equal(t, 1, gone.status)
		require.NotEmpty(t, gone.stderr)
	}
}

func (r Resource) out(t *testing.T) {
	if r.Inputs == "" {
		require.Equal(t, 1, r.run(t, "out", t.TempDir(), request(r.Source, "", "")).status)
		return
	}
	put := r.run(t, "out", r.Inputs, request(r.Source, "", r.Params))
	require.Zero(t, put.status, put.stderr)
	version := marshal(t, put.response(t).Version)
	got := r.run(t, "in", t.TempDir(), request(r.Source, version, ""))
	require.Zero(t, got.status, "Concourse gets what was put: %s", got.stderr)
	require.JSONEq(t, version, marshal(t, got.response(t).Version))
}

func (r Resource) nonsense(t *testing.T) {
	for _, request := range []string{"", "{", "[]", `{"source":[]}`, `{"source":"x"}`, "<html>", strings.Repeat(" ", 5<<20)} {
		for _, verb := range []string{"check", "in", "out"} {
			require.Equal(t, 2, r.run(t, verb, t.TempDir(), request).status, "%s of %.20q", verb, request)
		}
	}
}

// unknownKey spells a known key wrong.
func (r Resource) unknownKey(t *testing.T) {
	for _, place := range []struct{ name, verb, source, params string }{
		{"source", "check", typo(t, r.Source), ""},
		{"source", "in", typo(t, r.Source), ""},
		{"params", "in", r.Source, typo(t, r.Get)},
		{"params", "out", r.Source, typo(t, r.Params)},
	} {
		if place.name == "params" && place.params == "" {
			continue
		}
		refused := r.run(t, place.verb, t.TempDir(), request(place.source, r.Version, place.params))
		require.Equal(t, 2, refused.status)
		require.Contains(t, refused.stderr, place.name+".")
		require.Contains(t, refused.stderr, "is no key here (did you mean ")
	}
}

func (r Resource) nobody(t *testing.T) {
	for _, verb := range r.online() {
		t.Run(verb, func(t *testing.T) {
			t.Parallel() // each tries more than once
			refused := r.run(t, verb, r.folder(t, verb), request(r.At("http://127.0.0.1:1"), r.Version, r.paramsOf(verb)))
			require.Equal(t, 1, refused.status, refused.stderr)
			require.Contains(t, refused.stderr, "connection refused")
		})
	}
}

// aborted ends a call while a service keeps it waiting.
func (r Resource) aborted(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer silent.Close()
	for _, verb := range r.online() {
		asked := request(r.At("http://"+silent.Addr().String()), r.Version, r.paramsOf(verb))
		running := start(t, verb, r.folder(t, verb), asked)
		held, err := silent.Accept()
		require.NoError(t, err)
		require.NoError(t, running.Process.Signal(syscall.SIGTERM))
		ended := r.end(t, running)
		held.Close()
		require.Equal(t, 1, ended.status)
		require.Contains(t, ended.stderr, "aborted")
	}
}

func (r Resource) online() []string {
	return slices.DeleteFunc([]string{"check", "in", "out"}, func(verb string) bool {
		return slices.Contains(r.Offline, verb) || verb == "out" && r.Inputs == ""
	})
}

func (r Resource) folder(t *testing.T, verb string) string {
	if verb == "out" {
		return r.Inputs
	}
	return t.TempDir()
}

func (r Resource) paramsOf(verb string) string {
	if verb == "out" {
		return r.Params
	}
	return ""
}

func (r Resource) versions(t *testing.T, request string) (versions []map[string]string) {
	listed := r.run(t, "check", "", request)
	require.Zero(t, listed.status, listed.stderr)
	require.NoError(t, json.Unmarshal([]byte(listed.stdout), &versions), listed.stdout)
	return versions
}

// start runs a verb.
func start(t *testing.T, verb, folder, request string) *exec.Cmd {
	command := exec.Command(verb)
	if verb != "check" {
		command.Args = append(command.Args, folder)
	}
	command.Env = append(os.Environ(), "NO_PROXY=*", "AWS_EC2_METADATA_DISABLED=true")
	command.Stdin = strings.NewReader(request)
	command.Stdout, command.Stderr = new(strings.Builder), new(strings.Builder)
	require.NoError(t, command.Start())
	return command
}
