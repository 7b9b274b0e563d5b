package slack

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// App is the user ID of the token's app.
const App = "U0CHECKLIST"

// Workspace is what there is beside messages.
type Workspace struct {
	Users    []User
	Groups   []*Group
	Channels []*Room
}

// Room is a channel with what it says of itself and who is in it.
type Room struct {
	ID, Name string
	Topic    string // as it is kept
	SetBy    string // user ID
	SetAt    time.Time
	Archived bool
	Members  []string // user IDs, App among them
}

// Workspace lets a test look at it and change it.
func (s *Server) Workspace(with func(*Workspace)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	with(&s.workspace)
}

func (ws *Workspace) user(id string) *User {
	for i := range ws.Users {
		if ws.Users[i].ID == id {
			return &ws.Users[i]
		}
	}
	return nil
}

// Room is that of an ID, nil where there is none.
func (ws *Workspace) Room(id string) *Room {
	for _, room := range ws.Channels {
		if room.ID == id {
			return room
		}
	}
	return nil
}

// Type sets the topic as somebody does who types it.
func (room *Room) Type(user, topic string) {
	room.Topic, room.SetBy, room.SetAt = kept(topic), user, time.Now()
}

// form is a channel as the Web API tells it.
func (room *Room) form() map[string]any {
	return map[string]any{
		"id": room.ID, "name": room.Name, "is_channel": true, "is_archived": room.Archived, "is_member": room.has(App),
		"topic": map[string]any{"value": room.Topic, "creator": room.SetBy, "last_set": room.SetAt.Unix()},
	}
}

// channelInfo: https://docs.slack.dev/reference/methods/conversations.info
func (s *Server) channelInfo(w http.ResponseWriter, r *http.Request) {
	s.room(w, r, func(_ *Workspace, room *Room) (map[string]any, string) {
		return map[string]any{"channel": room.form()}, ""
	})
}

// maxTopic is in characters.
const maxTopic = 250

// setTopic: https://docs.slack.dev/reference/methods/conversations.setTopic
func (s *Server) setTopic(w http.ResponseWriter, r *http.Request) {
	s.room(w, r, func(_ *Workspace, room *Room) (map[string]any, string) {
		topic := r.PostFormValue("topic")
		switch {
		case !room.has(App):
			return nil, "not_in_channel"
		case room.Archived:
			return nil, "is_archived"
		case utf8.RuneCountInString(topic) > maxTopic:
			return nil, "too_long"
		}
		room.Type(App, topic)
		return map[string]any{"channel": room.form()}, ""
	})
}

var (
	markup  = regexp.MustCompile(`<(?:https?://|mailto:|[@#!])[^<>]*>`)
	address = regexp.MustCompile(`https?://[^\s|<>]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|gov|org|io)\b[^\s|<>]*`)
	emoji   = strings.NewReplacer("🚀", ":rocket:", "🌸", ":cherry_blossom:")
)

// kept is a topic as Slack keeps what it is given: it escapes what is not escaped yet, makes links of addresses, and names
// of emoji. What it made itself it leaves alone.
func kept(topic string) string {
	var b strings.Builder
	plain := func(text string) {
		from := 0
		escape := func(text string) string { return emoji.Replace(html.EscapeString(html.UnescapeString(text))) }
		for _, at := range address.FindAllStringIndex(text, -1) {
			b.WriteString(escape(text[from:at[0]]))
			found := escape(text[at[0]:at[1]])
			if strings.HasPrefix(found, "http") {
				b.WriteString("<" + found + ">")
			} else {
				b.WriteString("<http://" + found + "|" + found + ">")
			}
			from = at[1]
		}
		b.WriteString(escape(text[from:]))
	}
	from := 0
	for _, at := range markup.FindAllStringIndex(topic, -1) {
		plain(topic[from:at[0]])
		b.WriteString(topic[at[0]:at[1]])
		from = at[1]
	}
	plain(topic[from:])
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'").Replace(b.String())
}

// room answers about one channel.
func (s *Server) room(w http.ResponseWriter, r *http.Request, answer func(*Workspace, *Room) (map[string]any, string)) {
	s.Workspace(func(ws *Workspace) {
		room := ws.Room(r.PostFormValue("channel"))
		if room == nil {
			refuse(w, "channel_not_found")
			return
		}
		said, refusal := answer(ws, room)
		if refusal != "" {
			refuse(w, refusal)
			return
		}
		said["ok"] = true
		say(w, said)
	})
}
