package director

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// mostEvents is as many as a director gives at once.
const mostEvents = 200

func (s *Server) locks(_ *http.Request, c *caller) response {
	if may := s.fleet.readScopes(); !c.has(may) {
		return missing(may)
	}
	type row struct {
		Type     string   `json:"type"`
		Resource []string `json:"resource"`
		Timeout  string   `json:"timeout"`
		Task     string   `json:"task_id"`
	}
	rows := []row{}
	for _, l := range s.fleet.Locks {
		timeout := fmt.Sprintf("%d.%06d", l.Expires.Unix(), l.Expires.Nanosecond()/1000)
		rows = append(rows, row{l.Type, list(l.Resource), timeout, l.Task})
	}
	return answer(typeJSON, rows)
}

// orphans are for administrators alone.
func (s *Server) orphans(_ *http.Request, c *caller) response {
	if may := s.fleet.adminScopes(); !c.has(may) {
		return missing(may)
	}
	type row struct {
		AZ         string   `json:"az"`
		CID        string   `json:"cid"`
		Deployment string   `json:"deployment_name"`
		Instance   string   `json:"instance_name"`
		IPs        []string `json:"ip_addresses"`
		Since      string   `json:"orphaned_at"`
	}
	rows := []row{}
	for _, o := range s.fleet.Orphans {
		since := o.Since.UTC().Format("2006-01-02 15:04:05 MST")
		rows = append(rows, row{o.AZ, o.CID, o.Deployment, o.Instance, list(o.IPs), since})
	}
	return answer(typeJSON, rows)
}

// event is one row of the history; what is empty is left out.
type event struct {
	ID         string `json:"id"`
	Parent     string `json:"parent_id,omitempty"`
	Timestamp  int64  `json:"timestamp"`
	User       string `json:"user"`
	Action     string `json:"action"`
	ObjectType string `json:"object_type"`
	ObjectName string `json:"object_name,omitempty"`
	Error      string `json:"error,omitempty"`
	Task       string `json:"task,omitempty"`
	Deployment string `json:"deployment,omitempty"`
	Instance   string `json:"instance,omitempty"`
	Context    object `json:"context"`
}

// events gives the history, newest first, to all who have any scope here.
func (s *Server) events(r *http.Request, c *caller) response {
	if may := append(s.fleet.readScopes(), c.own(teamAny)...); !c.has(may) {
		return missing(may)
	}
	rows := []event{}
	for i, e := range slices.Backward(s.fleet.Events) {
		if e.Context == nil {
			e.Context = object{}
		}
		row := event{
			strconv.Itoa(i + 1), e.Parent, e.Time.Unix(), e.User, e.Action, e.ObjectType, e.ObjectName,
			e.Error, e.Task, e.Deployment, e.Instance, e.Context,
		}
		if row.asked(r) && len(rows) < mostEvents {
			rows = append(rows, row)
		}
	}
	return answer(typeJSON, rows)
}

// asked says whether the query wants this event.
func (e event) asked(r *http.Request) bool {
	query := r.URL.Query()
	for key, value := range map[string]string{
		"user": e.User, "action": e.Action, "object_type": e.ObjectType, "object_name": e.ObjectName,
		"task": e.Task, "deployment": e.Deployment, "instance": e.Instance,
	} {
		if query.Has(key) && query.Get(key) != value {
			return false
		}
	}
	id, _ := strconv.Atoi(e.ID)
	before, err := strconv.Atoi(query.Get("before_id"))
	return (err != nil || id < before) && e.within(query.Get("after_time"), query.Get("before_time"))
}

// within compares with times in seconds or RFC 3339; an empty one does not limit.
func (e event) within(after, before string) bool {
	at := func(text string) (int64, bool) {
		if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
			return seconds, true
		}
		t, err := time.Parse(time.RFC3339, text)
		return t.Unix(), err == nil
	}
	if limit, given := at(after); given && e.Timestamp <= limit {
		return false
	}
	limit, given := at(before)
	return !given || e.Timestamp < limit
}
