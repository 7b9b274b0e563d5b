package resource

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// probe is a resource that does what its source says, so that the frame can be seen at work.
func probe() {
	Main("probe", "shows the frame", func(_ context.Context, r *Run[probeSource, probeVersion, None]) ([]probeVersion, error) {
		return r.Source.versions(r.Version), nil
	}, func(_ context.Context, r *Run[probeSource, probeVersion, None]) (probeVersion, Metadata, error) {
		return *r.Version, nil, os.WriteFile(filepath.Join(r.Folder, "number"), []byte(r.Version.Number), 0o600)
	}, func(_ context.Context, r *Run[probeSource, probeVersion, probeParams]) (probeVersion, Metadata, error) {
		return r.Source.act(r)
	})
}

type probeSource struct {
	Do    string        `yaml:"do" help:"What to do."`
	Key   fetch.Secret  `yaml:"key" help:"A secret."`
	Many  int           `yaml:"many" help:"How many versions."`
	Wait  time.Duration `yaml:"wait" help:"How long."`
	Loud  bool          `yaml:"loud" help:"Whether to log."`
	Names []string      `yaml:"names" help:"Names."`
}

type probeVersion struct {
	Number string `yaml:"number"`
	Name   string `yaml:"name,omitempty"`
}

type probeParams struct {
	Report string `yaml:"report" help:"A report."`
}

func (s probeSource) Problems() []error {
	if s.Many < 0 {
		return []error{errors.New("many wants none or more"), errors.New("many is negative")}
	}
	return nil
}

func (s probeSource) versions(known *probeVersion) (all []probeVersion) {
	if known != nil {
		all = append(all, *known)
	}
	for i := range s.Many {
		all = append(all, probeVersion{Number: fmt.Sprint(i)})
	}
	return all
}

func (s probeSource) act(r *Run[probeSource, probeVersion, probeParams]) (probeVersion, Metadata, error) {
	switch s.Do {
	case "panic":
		panic("at " + s.Key.Reveal())
	case "leak":
		r.Log.Printf("log: %s", s.Key.Reveal())
		return probeVersion{}, nil, &url.Error{Op: "Post", URL: s.Key.Reveal(), Err: errors.New("path " + strings.TrimPrefix(s.Key.Reveal(), "https://a.example"))}
	case "tell":
		return probeVersion{Number: "1", Name: "yes"}, Metadata{{"key", s.Key.Reveal()}}, nil
	case "report":
		kept, err := r.Report(r.Params.Report)
		if err != nil {
			return probeVersion{}, nil, err
		}
		return probeVersion{Number: fmt.Sprint(len(kept.Findings)), Name: string(kept.Status())}, nil, nil
	}
	return probeVersion{}, nil, fmt.Errorf("%d %s %t %q", s.Many, s.Wait, s.Loud, s.Names)
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"probe": probe, "check": probe, "in": probe, "out": probe})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true})
}

// TestEndsWhatDoesNotEnd: a call that does not heed its context is left behind.
func TestEndsWhatDoesNotEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	release := make(chan struct{})
	defer close(release)
	_, err := within(ctx, func(context.Context) (any, error) { <-release; return nil, nil })
	require.ErrorIs(t, err, context.Canceled)
}

// TestVersionsAreTexts: the same version is the same bytes, and each value a string, whatever it looks like.
func TestVersionsAreTexts(t *testing.T) {
	for _, value := range []string{"1", "1.10", "true", "null", "~", "2026-08-24", "2026-08-24T09:00:00Z", "0x1F", "1e3", "a: b", "- a", "\"", "'", "", " a ", "ü\n\t", "<&>"} {
		written, err := text(probeVersion{Number: value, Name: "x"})
		require.NoError(t, err)
		require.Equal(t, map[string]string{"number": value, "name": "x"}, written)
	}
}

// FuzzRequest: no request brings the decoder down, and what it takes it gives back unchanged.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		`{"source":{"do":"a","key":"k","many":"3","wait":"15m","loud":"true","names":"[a, b]"},"version":{"number":"1"},"params":{"report":"r"}}`,
		`{"source":{"many":1e99}}`, `{"source":{"names":"[[["}}`, `{"version":{"number":{}}}`, `{"source":null,"params":[]}`, `{"source":{"key":"<<"}}`,
		`{"source":{"do":"&a *a"}}`, `{"source":{"wait":"!!binary x"}}`, `[]`, `0`, "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, document string) {
		q, err := read(strings.NewReader(document))
		if err != nil {
			return
		}
		r := &Run[probeSource, probeVersion, probeParams]{}
		if problems := r.fill(q); len(problems) > 0 {
			require.NotEmpty(t, errors.Join(problems...).Error())
		}
		version, problems := decodeVersion[probeVersion](q.Version)
		if version == nil || len(problems) > 0 {
			return
		}
		written, err := text(*version)
		require.NoError(t, err)
		again, err := json.Marshal(written)
		require.NoError(t, err)
		same, problems := decodeVersion[probeVersion](again)
		require.Empty(t, problems)
		require.Equal(t, version, same)
	})
}
