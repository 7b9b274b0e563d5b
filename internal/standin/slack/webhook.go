package slack

import (
	"encoding/json"
	"io"
	"net/http"
)

// maxPayload bounds a request in bytes.
const maxPayload = 1 << 20

// webhook answers in words, not in JSON:
// https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
func (s *Server) webhook(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != hook {
		http.Error(w, "no_service", http.StatusNotFound)
		return
	}
	var p payload
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxPayload)).Decode(&p); err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	if refusal, _ := p.refusal(); refusal != "" {
		http.Error(w, refusal, http.StatusBadRequest)
		return
	}
	p.Metadata, p.Broadcast = nil, false
	if _, refusal := s.keep(p, Channel, "webhook"); refusal != "" { // an app's webhook ignores the channel that the payload names
		http.Error(w, refusal, http.StatusBadRequest)
		return
	}
	_, _ = io.WriteString(w, "ok")
}
