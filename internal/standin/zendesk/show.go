package zendesk

import (
	"cmp"
	"encoding/json"
	"hash/fnv"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// showMany gives up to 100 tickets and, beside them, the records that are asked for, and no others.
func (s *Server) showMany(w http.ResponseWriter, r *http.Request) {
	ids := strings.Split(r.URL.Query().Get("ids"), ",")
	if len(ids) > mostAPage {
		refuse(w, http.StatusUnprocessableEntity, "Too many", "ids: at most 100 are shown at once")
		return
	}
	include := strings.Split(r.URL.Query().Get("include"), ",")
	tickets, users, groups, metrics := []any{}, map[string]any{}, map[string]any{}, []any{}
	s.mu.Lock()
	slas := slices.Contains(include, "slas") && !s.desk.NoSLAs
	s.mu.Unlock()
	for _, t := range s.tickets() {
		if t.Hidden || !slices.Contains(ids, strconv.FormatInt(t.ID, 10)) {
			continue
		}
		one := t.record()
		if slas {
			one["slas"] = t.slas()
		}
		tickets = append(tickets, one)
		metrics = append(metrics, t.metrics())
		for _, address := range []string{t.Requester, t.Assignee} {
			if address != "" {
				users[address] = user(address)
			}
		}
		if t.Group != "" {
			groups[t.Group] = map[string]any{"id": number(t.Group), "name": t.Group, "deleted": false}
		}
	}
	answer := map[string]any{"tickets": tickets, "next_page": nil, "previous_page": nil, "count": len(tickets)}
	for name, records := range map[string]any{"users": list(users), "groups": list(groups), "metric_sets": metrics} {
		if slices.Contains(include, name) {
			answer[name] = records
		}
	}
	write(w, http.StatusOK, answer)
}

// record is a ticket as Zendesk writes it.
func (t Ticket) record() map[string]any {
	return map[string]any{
		"id": t.ID, "status": t.Status, "subject": t.Subject, "raw_subject": t.Subject, "description": t.Subject, "type": nil, "priority": nil,
		"created_at": stamp(t.Created), "updated_at": stamp(t.updated()), "via": map[string]any{"channel": "email"},
		"requester_id": id(t.Requester), "submitter_id": id(t.Requester), "assignee_id": id(t.Assignee), "group_id": id(t.Group),
		"tags": []string{}, "is_public": true,
	}
}

// indexed is the ticket as search finds it.
func (t Ticket) indexed() map[string]any {
	one := t.record()
	one["status"] = cmp.Or(t.Indexed, t.Status)
	one["result_type"] = cmp.Or(t.Kind, "ticket")
	return one
}

func (t Ticket) metrics() map[string]any {
	since := t.StatusSince
	if since.IsZero() {
		since = t.Created
	}
	return map[string]any{"ticket_id": t.ID, "created_at": stamp(t.Created), "status_updated_at": stamp(since), "replies": t.Replies, "reopens": 0}
}

func (t Ticket) slas() map[string]any {
	metrics := []any{}
	for _, sla := range t.SLAs {
		one := map[string]any{"metric": sla.Metric, "stage": sla.Stage, "breach_at": nil}
		if !sla.Breach.IsZero() {
			one["breach_at"] = stamp(sla.Breach)
		}
		metrics = append(metrics, one)
	}
	return map[string]any{"policy_metrics": metrics}
}

func (t Ticket) updated() time.Time {
	if t.Updated.IsZero() {
		return t.Created
	}
	return t.Updated
}

func user(address string) map[string]any {
	name, _, _ := strings.Cut(address, "@")
	return map[string]any{"id": number(address), "name": name, "email": address}
}

// id is null for nobody.
func id(name string) any {
	if name == "" {
		return nil
	}
	return number(name)
}

// number is made of the name, so that it is the same in every answer.
func number(name string) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return 360_000_000_000 + int64(h.Sum32())
}

func list(records map[string]any) []any {
	all := []any{}
	for _, key := range slices.Sorted(maps.Keys(records)) {
		all = append(all, records[key])
	}
	return all
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func refuse(w http.ResponseWriter, status int, title, message string) {
	write(w, status, map[string]any{"error": map[string]any{"title": title, "message": message}})
}
