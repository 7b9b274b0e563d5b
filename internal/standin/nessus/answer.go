package nessus

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /server/status", s.status)
	mux.HandleFunc("GET /server/properties", s.properties)
	mux.HandleFunc("GET /scans", s.scans)
	mux.HandleFunc("GET /scans/{id}", s.details)
	mux.HandleFunc("POST /scans/{id}/export", s.export)
	mux.HandleFunc("GET /tokens/{key}/status", s.exportStatus)
	mux.HandleFunc("GET /tokens/{key}/download", s.download)
	mux.HandleFunc("GET /scans/{id}/export/{key}/status", s.exportStatus)
	mux.HandleFunc("GET /scans/{id}/export/{key}/download", s.download)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusPreconditionFailed, "API is not available")
	})
	return mux
}

// signedIn lets in who has the keys.
func signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys := "accessKey=" + AccessKey + "; secretKey=" + SecretKey
		if r.URL.Path != "/server/status" && subtle.ConstantTimeCompare([]byte(r.Header.Get("X-ApiKeys")), []byte(keys)) != 1 {
			refuse(w, http.StatusUnauthorized, "Invalid Credentials")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) status(w http.ResponseWriter, _ *http.Request) {
	s.Update(func(world *World) { write(w, map[string]any{"code": 200, "status": world.Status, "progress": nil}) })
}

func (s *Server) properties(w http.ResponseWriter, _ *http.Request) {
	s.Update(func(world *World) {
		write(w, map[string]any{
			"nessus_type": "Nessus Manager", "server_version": "10.8.3",
			"loaded_plugin_set": pluginSet(world.Plugins), "plugin_set": pluginSet(world.Plugins),
			"expiration": world.Expires.Unix(), "license": map[string]any{"expiration_date": world.Expires.Unix(), "agents": 1024},
			"notifications": []string{},
		})
	})
}

func pluginSet(t time.Time) string { return t.UTC().Format("200601021504") }

func (s *Server) scans(w http.ResponseWriter, _ *http.Request) {
	s.Update(func(world *World) {
		var rows []map[string]any // null where there is none
		for _, scan := range world.Scans {
			row := map[string]any{
				"id": scan.ID, "name": scan.Name, "folder_id": 3, "owner": "checklist", "type": "local", "enabled": !scan.Disabled,
				"rrules": "FREQ=DAILY;INTERVAL=1", "starttime": "20260101T030000", "status": "empty", "uuid": nil, "creation_date": 0, "last_modification_date": 0,
			}
			if n := len(scan.Runs); n > 0 {
				last := scan.Runs[n-1]
				row["status"], row["uuid"] = last.Status, fmt.Sprintf("template-%d", last.ID)
				row["creation_date"], row["last_modification_date"] = last.Started.Unix(), last.Ended.Unix()
			}
			rows = append(rows, row)
		}
		write(w, map[string]any{"folders": []map[string]any{{"id": 3, "name": "My Scans", "type": "main"}}, "scans": rows, "timestamp": time.Now().Unix()})
	})
}

// scan answers about a scan, and the run of it that is asked for; run is nil where there is none.
func (s *Server) scan(w http.ResponseWriter, r *http.Request, answer func(*Scan, *Run)) {
	s.Update(func(world *World) {
		scan := world.find(r.PathValue("id"))
		if scan == nil {
			refuse(w, http.StatusNotFound, "The requested file was not found.")
			return
		}
		answer(scan, scan.run(r.URL.Query().Get("history_id")))
	})
}

func (s *Server) details(w http.ResponseWriter, r *http.Request) {
	s.scan(w, r, func(scan *Scan, run *Run) {
		info := map[string]any{"name": scan.Name, "object_id": scan.ID, "policy": "Advanced Scan", "status": "empty", "hostcount": nil}
		if run != nil {
			info["status"], info["hostcount"] = run.Status, len(run.Hosts)
			info["scan_start"], info["scan_end"] = run.Started.Unix(), run.Ended.Unix()
		}
		var history []map[string]any
		for _, one := range scan.Runs {
			history = append(history, map[string]any{
				"history_id": one.ID, "status": one.Status, "creation_date": one.Started.Unix(), "last_modification_date": one.Ended.Unix(), "type": "local", "scheduler": 1,
			})
		}
		write(w, map[string]any{"info": info, "history": history, "hosts": []any{}, "comphosts": []any{}, "compliance": []any{}, "vulnerabilities": []any{}})
	})
}

// order is an export that was asked for.
type order struct{ text []byte }

func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	s.scan(w, r, func(scan *Scan, run *Run) {
		if run == nil || run.Status != "completed" {
			refuse(w, http.StatusConflict, "Can not export running scans")
			return
		}
		key := strconv.Itoa(len(s.orders) + 1)
		answer := map[string]any{"file": len(s.orders) + 1}
		if !s.older {
			key = fmt.Sprintf("%064x", len(s.orders)+1)
			answer["token"] = key
		}
		s.orders[key] = order{Text(scan.Name, *run)}
		write(w, answer)
	})
}

func (s *Server) exportStatus(w http.ResponseWriter, r *http.Request) {
	s.Update(func(*World) {
		if _, ordered := s.orders[r.PathValue("key")]; !ordered {
			refuse(w, http.StatusNotFound, "The requested file was not found.")
			return
		}
		write(w, map[string]any{"status": "ready", "progress": nil})
	})
}

func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	one := s.orders[r.PathValue("key")]
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(one.text)
}

func (s *Server) catalogue(w http.ResponseWriter, _ *http.Request) {
	s.Update(func(world *World) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(Catalogue(world.Released, world.Exploited))
	})
}

func write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": text})
}
