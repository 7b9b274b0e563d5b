package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/lookup"
)

// happening is an anomaly in the world.
type happening struct {
	anomaly
	visible time.Time // from when on CloudTrail lists it
	listed  bool      // by a check that Concourse heard of
	built   int       // builds that had it
	spared  bool      // it is of a time in which a reset lets it come twice
}

// world is AWS, a resource, and Concourse.
type world struct {
	detector
	*concourse
	now      time.Time
	happened []*happening
	floor    time.Time // from when on the history's first check looked
	begun    time.Time // when that was
	unbuilt  bool      // no build since
	heard    time.Time // when Concourse last heard of a check
}

// live lets a history happen and tells what is wrong with it: nothing, if each anomaly reached just one build, or
// after a reset one at least.
func live(d detector, steps []step) (problem string) {
	w := &world{detector: d, concourse: newConcourse(), now: time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)}
	steps = append(slices.Clone(steps), step{do: "wait", by: tested.overlap + time.Second}, step{do: "check"}, step{do: "drain"})
	for _, s := range steps {
		if problem = w.step(s); problem != "" {
			return problem
		}
	}
	return ""
}

func (w *world) step(s step) string {
	switch doing, how, _ := strings.Cut(s.do, ", "); doing {
	case "wait":
		w.wait(s.by)
	case "anomaly":
		e := &happening{visible: w.now.Add(s.late), spared: w.now.Before(w.begun.Add(grace))}
		e.anomaly = anomaly{uint32(w.now.Unix()), keyOf(fmt.Sprint(len(w.happened)))}
		w.happened = append(w.happened, e)
	case "check":
		return w.check(how)
	case "reset":
		w.forget()
	case "build":
		w.build()
		return w.twice()
	case "drain":
		for w.build() {
		}
		return w.twice() + w.never()
	}
	return ""
}

// wait passes time. One thing is asked of a team: that a job does not stand still for longer than grace after a reset.
func (w *world) wait(d time.Duration) {
	if w.unbuilt && !w.now.Add(d).Before(w.begun.Add(grace)) {
		w.build()
	}
	w.now = w.now.Add(d)
}

func (w *world) check(how string) string {
	now, first := w.now, w.latest() == ""
	if how == "clock behind" {
		now = now.Add(-10 * time.Minute)
	}
	var looked lookup.Span
	var seen []*happening
	versions, err := w.versions(w.latest(), now, func(s lookup.Span) (ledger, error) {
		looked, seen = s, w.visible(s, how)
		all := map[key]uint32{}
		for _, e := range seen {
			all[e.key] = e.at
		}
		if how == "throttled" {
			return newLedger(all), errors.New("ThrottlingException")
		}
		return newLedger(all), nil
	})
	switch {
	case how == "throttled" && err != nil, how == "killed":
		return ""
	case err != nil:
		return "a check fails: " + err.Error()
	}
	w.save(versions)
	w.heard = now
	for _, e := range seen {
		e.listed = true
	}
	if first {
		w.begin(now, looked.Start)
	}
	return ""
}

// visible is what CloudTrail lists, or that half of it that was read.
func (w *world) visible(s lookup.Span, how string) (seen []*happening) {
	for _, e := range w.happened {
		t := time.Unix(int64(e.at), 0)
		if !e.visible.After(w.now) && !t.Before(s.Start) && !t.After(s.End) && !(how == "forgetful" && e.listed) {
			seen = append(seen, e)
		}
	}
	if how == "throttled" {
		seen = seen[:len(seen)/2]
	}
	return seen
}

// forget begins a new history: what was not built by now is for its first check to see again.
func (w *world) forget() {
	w.reset()
	w.heard = time.Time{}
	for _, e := range w.happened {
		e.listed = false
	}
}

// begin notes which anomalies may reach more than one build: those that the first version of a new history holds,
// and those of the grace after it.
func (w *world) begin(now, floor time.Time) {
	w.begun, w.floor, w.unbuilt = now, floor, true
	for _, e := range w.happened {
		e.spared = e.spared || int64(e.at) >= floor.Unix()
	}
}

func (w *world) build() bool {
	version := w.concourse.build()
	if version == "" {
		return false
	}
	w.unbuilt = false
	for _, k := range w.batch(version) {
		w.happened[slices.IndexFunc(w.happened, func(e *happening) bool { return e.key == k })].built++
	}
	return true
}

// twice tells of an anomaly that reached two builds without a reset.
func (w *world) twice() string {
	for i, e := range w.happened {
		if e.built > 1 && !e.spared {
			return fmt.Sprintf("anomaly %d reached %d builds", i+1, e.built)
		}
	}
	return ""
}

// never tells of an anomaly that a check could have seen and that reached no build.
func (w *world) never() string {
	for i, e := range w.happened {
		if e.built == 0 && e.visible.Before(w.heard) && int64(e.at) >= w.floor.Unix() {
			return fmt.Sprintf("anomaly %d reached no build", i+1)
		}
	}
	return ""
}
