package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

var realHistories = flag.Int("real-histories", 4, "histories of the proof that the real program lives")

// TestRealProgram lets the real check and in live histories, with AWS's stand-in for AWS.
func TestRealProgram(t *testing.T) {
	t.Parallel()
	first := *seed
	if first == 0 {
		first = rand.Uint64N(1 << 40)
	}
	for i := range *realHistories {
		seed := first + uint64(i)
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := cloud.Clean(time.Now())
			a := w.Account(cloud.Production)
			a.Regions, a.Events = []string{"us-gov-west-1"}, a.Events[:1]
			p := &program{T: t, Server: cloud.New(w, quick)}
			defer p.Close()
			steps := invent(seed)
			require.Empty(t, live(detector{p.versions, p.batch}, steps), "in %v", steps)
		})
	}
}

// program is the real program as a detector. The history's time is not the real one: versions and events are moved
// on their way.
type program struct {
	*testing.T
	*cloud.Server
	ahead time.Duration // so much the history's time is ahead of the real one, as the last check's clock had it
	found ledger        // ever
}

// slack is for the seconds that pass between a history's moment and the program's start.
const slack = time.Minute

func (p *program) versions(given string, now time.Time, list lister) (versions []string, err error) {
	look := lookup.Span{Start: time.Unix(0, 0), End: now}
	if given == "" {
		look.Start = now.Add(-tested.lookback)
	}
	found, broken := list(look)
	p.ahead = time.Duration(now.Unix()-time.Now().Unix()) * time.Second
	p.found = p.found.with(found)
	p.plant(found, p.ahead, broken)
	answer, err := p.run("check", "", moved(decode(given), -p.ahead))
	require.Equal(p, broken != nil, err != nil, "%v", err)
	if err != nil {
		return nil, err
	}
	var listed []map[string]string
	require.NoError(p, json.Unmarshal(answer, &listed))
	if given != "" {
		versions, listed = []string{given}, listed[1:]
	}
	for _, texts := range listed {
		v := new(version)
		require.NoError(p, strict.JSON([]byte(encode(texts)), v))
		versions = append(versions, encode(moved(v, p.ahead)))
	}
	return versions, nil
}

// plant makes AWS list just these, some of them twice. A broken one ends after its first answer.
func (p *program) plant(found ledger, ahead time.Duration, broken error) {
	p.Update(func(w *cloud.World) {
		a := w.Account(cloud.Production)
		a.Faults, a.Events = nil, cloud.Clean(time.Now()).Accounts[0].Events[:1]
		if broken != nil {
			a.Faults = []cloud.Fault{{Operation: "cloudtrail:LookupEvents", After: 1, With: cloud.Denied}}
		}
		for i, e := range found {
			event := cloud.ConsoleLogin(cloud.RootUser(), time.Unix(int64(e.at), 0).Add(-ahead))
			if event.ID = hex.EncodeToString(e.key[:]); i%3 == 0 {
				event = event.Twice()
			}
			a.Events = append(a.Events, event)
		}
	})
}

// batch gets a version some time later, and tells the anomalies of which there are files.
func (p *program) batch(version string) (keys []key) {
	ahead := p.ahead + time.Hour
	p.plant(p.found, ahead, nil)
	folder := p.TempDir()
	_, err := p.run("in", folder, moved(decode(version), -ahead))
	require.NoError(p, err)
	files, err := filepath.Glob(filepath.Join(folder, "events", cloud.Production, "*.json"))
	require.NoError(p, err)
	for _, file := range files {
		id, err := hex.DecodeString(strings.TrimSuffix(filepath.Base(file), ".json"))
		require.NoError(p, err)
		keys = append(keys, key(id))
	}
	return keys
}

// moved is a version of another time.
func moved(v *version, by time.Duration) *version {
	if v == nil {
		return nil
	}
	m := *v
	for _, t := range []*moment{&m.Since, &m.Through, &m.Baseline, &m.Next} {
		if !t.IsZero() {
			*t = at(t.Add(by))
		}
	}
	for _, l := range []*ledger{&m.Events, &m.Known} {
		*l = slices.Clone(*l)
		for i := range *l {
			(*l)[i].at += uint32(by / time.Second)
		}
	}
	return &m
}

func (p *program) run(verb, folder string, v *version) ([]byte, error) {
	request := `{"source":` + sourceAt(p.URL(), map[string]any{
		"lookback": (tested.lookback + slack).String(), "overlap": (tested.overlap + slack).String(), "heartbeat": tested.heartbeat.String()})
	if v != nil {
		request += `,"version":` + text(p.T, v)
	}
	c := exec.Command(verb)
	if folder != "" {
		c.Args = append(c.Args, folder)
	}
	var said bytes.Buffer
	c.Stdin, c.Stderr = strings.NewReader(request+"}"), &said
	answer, err := c.Output()
	if err != nil {
		err = errors.Join(err, errors.New(said.String()))
	}
	return answer, err
}
