// Package prometheus is a stand-in of Prometheus for the questions that the alerts line asks: it knows
// those queries by their shape and refuses any other, as Prometheus refuses what it cannot parse. The tests with the
// tag sandbox ask the real one the same.
package prometheus

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// Server is a running Prometheus.
type Server struct {
	fault.Server
	mu    sync.Mutex // guards world
	world World
}

// New starts one.
func New(world World) *Server {
	s := &Server{world: world}
	mux := http.NewServeMux()
	for path, answer := range map[string]func(World, *http.Request) (any, error){
		"/api/v1/status/runtimeinfo": World.runtime, "/api/v1/status/config": World.config, "/api/v1/rules": World.rules,
		"/api/v1/targets": World.targets, "/api/v1/alertmanagers": World.alertmanagers,
		"/api/v1/query": World.query, "/api/v1/query_range": World.queryRange,
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			data, err := answer(s.world, r)
			if err != nil {
				say(w, http.StatusBadRequest, map[string]any{"status": "error", "errorType": "bad_data", "error": err.Error()})
				return
			}
			say(w, http.StatusOK, map[string]any{"status": "success", "data": data})
		})
	}
	s.Start("", mux)
	return s
}

// Update changes the world.
func (s *Server) Update(change func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.world)
}

func say(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

type object map[string]any

func (w World) runtime(*http.Request) (any, error) {
	return object{"startTime": w.Started, "reloadConfigSuccess": !w.Rejected, "lastConfigTime": w.Started, "storageRetention": "15d", "CWD": "/"}, nil
}

func (w World) config(*http.Request) (any, error) {
	return object{"yaml": "global:\n  scrape_interval: 30s\n  external_labels:\n    environment: production\n"}, nil
}

func (w World) alertmanagers(*http.Request) (any, error) {
	active := []object{}
	for _, address := range w.Alertmanagers {
		active = append(active, object{"url": address})
	}
	return object{"activeAlertmanagers": active, "droppedAlertmanagers": []object{}}, nil
}

func (w World) rules(*http.Request) (any, error) {
	groups := map[string][]object{}
	for _, r := range w.Rules {
		health := "ok"
		if r.Error != "" {
			health = "err"
		}
		groups[r.Group] = append(groups[r.Group], object{
			"type": "alerting", "name": r.Name, "query": "vector(1)", "duration": 0, "labels": object{}, "annotations": object{}, "alerts": []object{},
			"health": health, "lastError": r.Error, "evaluationTime": 0.001, "lastEvaluation": time.Now().Add(-w.Behind), "state": "inactive",
		})
	}
	all := []object{}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		all = append(all, object{"name": name, "file": "/etc/rules.yml", "interval": 30, "rules": groups[name], "lastEvaluation": time.Now().Add(-w.Behind)})
	}
	return object{"groups": all}, nil
}

func (w World) targets(*http.Request) (any, error) {
	active := []object{}
	for _, t := range w.Targets {
		health := "up"
		if t.Error != "" {
			health = "down"
		}
		active = append(active, object{
			"discoveredLabels": object{}, "labels": object{"job": t.Job, "instance": t.Instance}, "scrapePool": t.Job,
			"scrapeUrl": fmt.Sprintf("http://%s/metrics", t.Instance), "globalUrl": "", "lastError": t.Error,
			"lastScrape": time.Now(), "lastScrapeDuration": 0.01, "health": health, "scrapeInterval": "30s", "scrapeTimeout": "10s",
		})
	}
	return object{"activeTargets": active, "droppedTargets": []object{}}, nil
}
