package main

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
)

// step is one thing that happens. A history without some of its steps is a history, too.
type step struct {
	do   string
	by   time.Duration // wait: how long
	late time.Duration // anomaly: how long after it happened CloudTrail lists it
}

func (s step) String() string {
	switch s.do {
	case "wait":
		return "wait " + s.by.String()
	case "anomaly":
		return "anomaly, listed after " + s.late.String()
	}
	return s.do
}

// what is done, and how often of a hundred times.
var doings = []struct {
	do    string
	often int
}{
	{"wait", 21}, {"anomaly", 24}, {"check", 24}, {"build", 12}, {"drain", 4},
	{"check, throttled", 4},    // a region is not read to its end
	{"check, killed", 4},       // all is read, and Concourse never gets the answer
	{"check, forgetful", 3},    // CloudTrail leaves away what it listed before
	{"check, clock behind", 2}, // on a worker whose clock is ten minutes late
	{"reset", 2},
}

var tested = rhythm{lookback: 72 * time.Hour, overlap: 6 * time.Hour, heartbeat: 24 * time.Hour}

// invent makes a history up.
func invent(seed uint64) (steps []step) {
	r := rand.New(rand.NewPCG(seed, 0))
	upTo := func(d time.Duration) time.Duration {
		return time.Duration(r.Int64N(int64(d/time.Second)+1)) * time.Second
	}
	for range 5 + r.IntN(40) {
		s, pick := step{}, r.IntN(100)
		for _, d := range doings {
			if pick -= d.often; pick < 0 {
				s.do = d.do
				break
			}
		}
		switch s.do {
		case "wait":
			s.by = upTo([]time.Duration{time.Minute, time.Hour, 8 * time.Hour, 40 * time.Hour}[r.IntN(4)])
		case "anomaly":
			s.late = upTo([]time.Duration{0, 15 * time.Minute, tested.overlap}[r.IntN(3)])
		}
		steps = append(steps, s)
	}
	return steps
}

// detector is a resource: of a version and what AWS lists it makes versions, and of a version anomalies.
type detector struct {
	versions func(given string, now time.Time, list lister) ([]string, error)
	batch    func(version string) []key
}

// lister gives what a scan of a time finds; an error with half of it.
type lister func(lookup.Span) (ledger, error)

// ours is this resource.
var ours = detector{
	versions: func(given string, now time.Time, list lister) ([]string, error) {
		return tested.versions(given, now, list)
	},
	batch: func(version string) []key { return held(decode(version).Events) },
}

func held(l ledger) (keys []key) {
	for _, a := range l {
		keys = append(keys, a.key)
	}
	return keys
}

// versions is check without AWS.
func (r rhythm) versions(given string, now time.Time, list lister) (versions []string, err error) {
	known := decode(given)
	span, err := r.span(known, now)
	if err != nil {
		return nil, err
	}
	found, err := list(span)
	if err != nil {
		return nil, err
	}
	if known != nil {
		versions = append(versions, given)
	}
	if next := r.advance(known, found, span); next != nil {
		versions = append(versions, encode(next))
	}
	return versions, nil
}

func encode(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func decode(text string) *version {
	if text == "" {
		return nil
	}
	v := new(version)
	if err := json.Unmarshal([]byte(text), v); err != nil {
		panic(err)
	}
	if problems := v.Problems(); len(problems) > 0 {
		panic(errors.Join(problems...))
	}
	return v
}
