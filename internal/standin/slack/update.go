package slack

import (
	"encoding/json"
	"net/http"
	"regexp"
)

// update replaces what an app's own message says: https://docs.slack.dev/reference/methods/chat.update
func (s *Server) update(w http.ResponseWriter, r *http.Request) {
	p, err := read(w, r)
	if err != nil {
		refuse(w, "invalid_json")
		return
	}
	id, refusal := join(p.Channel)
	if id != p.Channel { // a name is not taken here
		refuse(w, "channel_not_found")
		return
	}
	if refusal != "" {
		refuse(w, refusal)
		return
	}
	if refusal, details := p.refusal(); refusal != "" {
		refuse(w, refusal, details...)
		return
	}
	if refusal := s.replace(p); refusal != "" {
		refuse(w, refusal)
		return
	}
	say(w, map[string]any{"ok": true, "channel": id, "ts": p.TS, "text": p.Text})
}

func (s *Server) replace(p payload) (refusal string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(p.Channel, p.TS)
	switch {
	case m == nil:
		return "message_not_found"
	case m.Way != "bot":
		return "cant_update_message"
	}
	m.Text, m.Blocks, m.Edited = p.Text, p.Blocks, true
	if len(p.Metadata) > 0 { // without any, the old one stays
		m.Metadata = p.Metadata
	}
	return ""
}

// maxMetadata is in bytes. No page of Slack's names its limit: this is our own, well below any that was seen.
const maxMetadata = 8000

var eventType = regexp.MustCompile(`^[a-z0-9_]+$`)

// refuseMetadata knows a part of what Slack refuses: https://docs.slack.dev/messaging/message-metadata
func refuseMetadata(text json.RawMessage) (refusal string) {
	if len(text) == 0 {
		return ""
	}
	var metadata struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal(text, &metadata) != nil || !eventType.MatchString(metadata.Type) || metadata.Payload == nil {
		return "invalid_metadata_format"
	}
	for _, value := range metadata.Payload {
		switch value.(type) {
		case string, float64, bool:
		default: // there may be more, but not in this project
			return "invalid_metadata_schema"
		}
	}
	if len(text) > maxMetadata {
		return "metadata_too_large"
	}
	return ""
}
