package director

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// queue holds the tasks that list VMs, and when each worker is next free.
type queue struct {
	tasks   []*task // task N is at N-1
	workers []time.Time
}

// task is one listing. Where it stands is read off the clock, but moves no
// further than one stage each time that somebody looks.
type task struct {
	id         int
	deployment string
	teams      []string
	user       string
	context    string // X-Bosh-Context-Id
	starts     time.Time
	finishes   time.Time
	looks      stage // how far it may be by now
	stage      stage // how far it was when last looked at
	plan       plan
	result     []byte
}

type stage int

const (
	queued stage = iota
	processing
	finished
)

// never is after all that a test waits for.
var never = time.Unix(1<<40, 0)

// plan is how a task goes.
type plan struct {
	takes  time.Duration
	reach  stage  // the stage it never leaves
	state  string // how it ends
	reason string // what the director says of a bad end
}

type planKey struct{}

// planned is a fault that alters the plan of the listing that a request starts.
func planned(alter func(*plan)) fault.Action {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), planKey{}, alter)))
		})
	}
}

// TaskQueued leaves the listing in the queue for ever.
func TaskQueued() fault.Action { return planned(func(p *plan) { p.reach = queued }) }

// TaskProcessing lets the listing keep its worker for ever.
func TaskProcessing() fault.Action { return planned(func(p *plan) { p.reach = processing }) }

// TaskTakes makes the listing take this long.
func TaskTakes(d time.Duration) fault.Action { return planned(func(p *plan) { p.takes = d }) }

// TaskEnds ends the listing half-way in a state such as error, timeout or
// cancelled, for a reason in the director's words.
func TaskEnds(state, reason string) fault.Action {
	return planned(func(p *plan) { p.state, p.reason = state, reason })
}

// add queues a task and gives it to the worker that is free first.
func (q *queue) add(t *task, lines [][]byte, now time.Time) {
	if t.plan.state != "done" {
		lines = lines[:len(lines)/2]
	}
	if len(lines) > 0 {
		t.result = append(bytes.Join(lines, []byte("\n")), '\n')
	}
	q.tasks = append(q.tasks, t)
	t.id = len(q.tasks)
	t.starts, t.finishes = never, never
	if t.plan.reach == queued || len(q.workers) == 0 {
		return
	}
	worker := slices.Index(q.workers, slices.MinFunc(q.workers, time.Time.Compare))
	t.starts = q.workers[worker]
	if t.starts.Before(now) {
		t.starts = now
	}
	if t.plan.reach == finished && t.starts != never {
		t.finishes = t.starts.Add(t.plan.takes)
	}
	q.workers[worker] = t.finishes
}

// look moves the task on, by one stage at most, if its time has come. The first
// look is the one that follows the redirect, and finds it queued.
func (t *task) look(now time.Time) {
	t.stage = min(t.due(now), t.looks)
	t.looks++
}

// due is the stage that the task has reached by the clock.
func (t *task) due(now time.Time) stage {
	switch {
	case now.Before(t.starts):
		return queued
	case now.Before(t.finishes):
		return processing
	}
	return finished
}
