package alertmanager

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"time"

	"github.com/prometheus/alertmanager/api/v2/models"
)

// post takes alerts as Alertmanager does: no alert at all is none of its business, a refusal is a JSON
// string, and an alert given again is the one that it has.
func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	var posted models.PostableAlerts
	if err := json.NewDecoder(r.Body).Decode(&posted); err != nil {
		say(w, http.StatusBadRequest, err.Error())
		return
	}
	for _, p := range posted {
		starts, ends := time.Time(p.StartsAt), time.Time(p.EndsAt)
		switch {
		case len(p.Labels) == 0:
			say(w, http.StatusBadRequest, "at least one label pair required")
			return
		case !starts.IsZero() && !starts.Before(ends):
			say(w, http.StatusBadRequest, "start time must be before end time")
			return
		}
		s.take(Alert{Labels: p.Labels, Annotations: p.Annotations, Since: starts, Source: p.GeneratorURL.String(), posted: true, ends: ends})
	}
	w.WriteHeader(http.StatusOK)
}

func (s *Server) take(a Alert) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, known := range s.world.Alerts {
		if maps.Equal(known.Labels, a.Labels) {
			s.world.Alerts[i].ends = a.ends
			return
		}
	}
	s.world.Alerts = append(s.world.Alerts, a)
	if shown := s.world.show(a); *shown.Status.State == models.AlertStatusStateActive {
		s.world.notify(a)
	}
}

// notify posts to Slack as Alertmanager's default template does.
func (w *World) notify(a Alert) {
	for _, name := range w.route(a.Labels) {
		for _, r := range w.Receivers {
			if r.Name != name || r.Slack == nil {
				continue
			}
			title := fmt.Sprintf("[FIRING:1] %s %s (%s)", a.Labels["alertname"], a.Labels["run_id"], a.Labels["severity"])
			text, _ := json.Marshal(map[string]any{"username": "Alertmanager", "attachments": []map[string]any{{"title": title, "fallback": title + " | http://127.0.0.1:9093", "color": "danger"}}})
			if answer, err := http.Post(r.Slack.WebhookURL(), "application/json", bytes.NewReader(text)); err == nil {
				_ = answer.Body.Close()
			}
		}
	}
}
