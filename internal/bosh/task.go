package bosh

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"
)

type task struct {
	ID     int    `json:"id"`
	State  string `json:"state"`
	Result string `json:"result"`
}

// A task is asked after often at first, since most listings take less than a second.
const firstPoll, lastPoll = 100 * time.Millisecond, time.Second

// finish waits for a task to be done. A queue behind busy workers may be hours long, so waiting to
// start and running have limits of their own.
func (d *Director) finish(ctx context.Context, t *task) error {
	if t.ID == 0 {
		return &trouble{errors.New("the director started no task for it"), strange}
	}
	queued := time.Now()
	var running time.Time
	for wait := firstPoll; ; wait = min(2*wait, lastPoll) {
		switch t.State {
		case "done":
			return nil
		case "queued":
			if time.Since(queued) > d.options.Queue {
				return &trouble{fmt.Errorf("task %d is still queued after %s (QUEUE_TIMEOUT)", t.ID, d.options.Queue),
					"See what keeps the director's workers busy (bosh tasks), and run it again when they are free; or raise QUEUE_TIMEOUT."}
			}
		case "processing", "cancelling":
			if running.IsZero() {
				running = time.Now()
			}
			if time.Since(running) > d.options.Run {
				return &trouble{fmt.Errorf("task %d is still running after %s (TASK_TIMEOUT)", t.ID, d.options.Run),
					"Look for agents that do not answer (bosh vms): every 32 of them take 5 s; or raise TASK_TIMEOUT."}
			}
		default:
			return &trouble{fmt.Errorf("task %d ended with %s: %s", t.ID, cmp.Or(t.State, "no state"), t.Result),
				fmt.Sprintf("Read bosh task %d --debug, mend what it tells, and run it again.", t.ID)}
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(wait):
		}
		if err := d.get(ctx, fmt.Sprintf("/tasks/%d", t.ID), t); err != nil {
			return err
		}
	}
}
