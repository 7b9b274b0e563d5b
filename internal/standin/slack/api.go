package slack

import (
	"encoding/json"
	"net/http"
	"strings"
)

// authTest tells whose token it is.
func (s *Server) authTest(w http.ResponseWriter, r *http.Request) {
	say(w, map[string]any{"ok": true, "url": s.URL() + "/", "team": "Stand-in", "user": "checklist", "team_id": "T0STANDIN", "user_id": "U0CHECKLIST", "bot_id": "B0CHECKLIST"})
}

// postMessage takes a form or JSON: https://docs.slack.dev/reference/methods/chat.postMessage
func (s *Server) postMessage(w http.ResponseWriter, r *http.Request) {
	p, err := read(w, r)
	if err != nil {
		refuse(w, "invalid_json")
		return
	}
	id, refusal := join(p.Channel)
	if refusal != "" {
		refuse(w, refusal)
		return
	}
	if refusal, details := p.refusal(); refusal != "" {
		refuse(w, refusal, details...)
		return
	}
	m, refusal := s.keep(p, id, "bot")
	if refusal != "" {
		refuse(w, refusal)
		return
	}
	say(w, map[string]any{"ok": true, "channel": id, "ts": m.TS, "message": map[string]any{"type": "message", "text": m.Text, "ts": m.TS}})
}

// signedIn asks for the token before any method is asked.
func signedIn(methods http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refusal := authorize(r); refusal != "" {
			refuse(w, refusal)
			return
		}
		methods.ServeHTTP(w, r)
	})
}

// authorize takes a token from the header or, as slack-go sends it, from the form.
func authorize(r *http.Request) (refusal string) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" && !isJSON(r) {
		token = r.PostFormValue("token")
	}
	switch token {
	case "":
		return "not_authed"
	case Token:
		return ""
	}
	return "invalid_auth"
}

func read(w http.ResponseWriter, r *http.Request) (p payload, err error) {
	if isJSON(r) {
		return p, json.NewDecoder(http.MaxBytesReader(w, r.Body, maxPayload)).Decode(&p)
	}
	p.Channel, p.Text, p.TS = r.PostFormValue("channel"), r.PostFormValue("text"), r.PostFormValue("ts")
	p.Thread, p.Broadcast = r.PostFormValue("thread_ts"), r.PostFormValue("reply_broadcast") == "true"
	if metadata := r.PostFormValue("metadata"); metadata != "" {
		p.Metadata = json.RawMessage(metadata)
	}
	if blocks := r.PostFormValue("blocks"); blocks != "" {
		err = json.Unmarshal([]byte(blocks), &p.Blocks)
	}
	return p, err
}

func isJSON(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "application/json")
}

// join finds the channel that a name or an ID means, if the bot may post there.
func join(channel string) (id, refusal string) {
	if known, ok := channels["#"+strings.TrimPrefix(channel, "#")]; ok {
		channel = known
	}
	switch channel {
	case Channel:
		return Channel, ""
	case Strange:
		return "", "not_in_channel"
	case Archived:
		return "", "is_archived"
	}
	return "", "channel_not_found"
}

// refuse is a refusal in Slack's manner: with status 200.
func refuse(w http.ResponseWriter, code string, details ...string) {
	answer := map[string]any{"ok": false, "error": code}
	if len(details) > 0 {
		answer["errors"] = details
	}
	say(w, answer)
}

func say(w http.ResponseWriter, answer map[string]any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer)
}
