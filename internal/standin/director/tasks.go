package director

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// enqueue starts a full listing and sends the client to its task.
func (s *Server) enqueue(r *http.Request, c *caller, d *Deployment, lines [][]byte) response {
	t := &task{
		deployment: d.Name, teams: d.Teams, user: c.name, context: r.Header.Get("X-Bosh-Context-Id"),
		plan: plan{takes: s.taskTime, reach: finished, state: "done"},
	}
	if alter, ok := r.Context().Value(planKey{}).(func(*plan)); ok {
		alter(&t.plan)
	}
	s.queue.add(t, lines, time.Now())
	moved := text(http.StatusFound, "")
	moved.header = [2]string{"Location", fmt.Sprintf("https://%s/tasks/%d", s.address(s.director, r.Host), t.id)}
	return moved
}

func (s *Server) task(r *http.Request, c *caller) response {
	t, refusal := s.visible(r, c)
	if t == nil {
		return refusal
	}
	type row struct {
		ID          int     `json:"id"`
		State       string  `json:"state"`
		Description string  `json:"description"`
		Timestamp   *int64  `json:"timestamp"`
		Started     *int64  `json:"started_at"`
		Result      *string `json:"result"`
		User        string  `json:"user"`
		Deployment  string  `json:"deployment"`
		Context     string  `json:"context_id"`
	}
	now := row{
		ID: t.id, State: "queued", Description: "retrieve vm-stats",
		User: t.user, Deployment: t.deployment, Context: t.context,
	}
	t.look(time.Now())
	started, ended := t.starts.Unix(), t.finishes.Unix()
	if t.stage >= processing {
		now.State, now.Started, now.Timestamp = "processing", &started, &started
	}
	if t.stage == finished {
		now.State, now.Timestamp, now.Result = t.plan.state, &ended, &t.plan.reason
	}
	return answer(typeJSON, now)
}

// visible finds the task in the path, or says why the caller gets none.
func (s *Server) visible(r *http.Request, c *caller) (*task, response) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id < 1 || id > len(s.queue.tasks) {
		return nil, complaint(http.StatusNotFound, 10000, fmt.Sprintf("Task %s not found", r.PathValue("id")))
	}
	t := s.queue.tasks[id-1]
	if may := s.fleet.teamScopes(t.teams); !c.has(may) {
		return nil, complaint(http.StatusUnauthorized, 600000,
			"One of the following scopes is required to access this task: "+strings.Join(may, ", "))
	}
	return t, response{}
}

// output gives a task's result or its events, wholly or from a byte onwards.
func (s *Server) output(r *http.Request, c *caller) response {
	t, refusal := s.visible(r, c)
	if t == nil {
		return refusal
	}
	kind := r.FormValue("type")
	if kind != "result" && kind != "event" {
		if may := s.fleet.adminScopes(); !c.has(may) {
			return missing(may)
		}
		return text(http.StatusNoContent, "") // debug and cpi logs of a listing are not kept here
	}
	switch {
	case t.stage == queued:
		return text(http.StatusNoContent, "")
	case t.stage == processing:
		return part("", r.Header.Get("Range"))
	case kind == "event":
		return part(t.history(), r.Header.Get("Range"))
	}
	return part(string(t.result), r.Header.Get("Range"))
}

// history is empty for a listing that went well.
func (t *task) history() string {
	if t.plan.reason == "" {
		return ""
	}
	return string(encode(struct {
		Time  int64  `json:"time"`
		Error object `json:"error"`
	}{t.finishes.Unix(), object{"code": 100, "message": t.plan.reason + "\n"}})) + "\n"
}

// part cuts the range "bytes=N-" out of a text, the only kind that clients send.
func part(whole, asked string) response {
	from, ok := strings.CutPrefix(asked, "bytes=")
	first, err := strconv.Atoi(strings.TrimSuffix(from, "-"))
	if !ok || err != nil {
		return text(http.StatusOK, whole)
	}
	if first >= len(whole) {
		beyond := text(http.StatusRequestedRangeNotSatisfiable, "Byte range unsatisfiable")
		beyond.header = [2]string{"Content-Range", fmt.Sprintf("bytes */%d", len(whole))}
		return beyond
	}
	rest := text(http.StatusPartialContent, whole[first:])
	rest.header = [2]string{"Content-Range", fmt.Sprintf("bytes %d-%d/%d", first, len(whole)-1, len(whole))}
	return rest
}
