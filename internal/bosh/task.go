package bosh

import (
	"context"
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
		return fmt.Errorf("the director started no task")
	}
	queued := time.Now()
	var running time.Time
	for wait := firstPoll; ; wait = min(2*wait, lastPoll) {
		switch t.State {
		case "done":
			return nil
		case "queued":
			if time.Since(queued) > d.options.Queue {
				return fmt.Errorf("task %d is still queued after %s; are the director's workers busy?", t.ID, d.options.Queue)
			}
		case "processing", "cancelling":
			if running.IsZero() {
				running = time.Now()
			}
			if time.Since(running) > d.options.Run {
				return fmt.Errorf("task %d is still running after %s", t.ID, d.options.Run)
			}
		default:
			return fmt.Errorf("task %d ended with %s: %s", t.ID, t.State, t.Result)
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
