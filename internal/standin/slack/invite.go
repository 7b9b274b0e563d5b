package slack

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (room *Room) has(user string) bool { return slices.Contains(room.Members, user) }

// members pages through a channel's: https://docs.slack.dev/reference/methods/conversations.members
func (s *Server) members(w http.ResponseWriter, r *http.Request) {
	s.room(w, r, func(_ *Workspace, room *Room) (map[string]any, string) {
		limit, from := 100, 0
		if n, err := strconv.Atoi(r.PostFormValue("limit")); err == nil && n > 0 {
			limit = n
		}
		if cursor := r.PostFormValue("cursor"); cursor != "" {
			n, err := strconv.Atoi(cursor)
			if err != nil || n > len(room.Members) {
				return nil, "invalid_cursor"
			}
			from = n
		}
		to, next := min(len(room.Members), from+limit), ""
		if to < len(room.Members) {
			next = strconv.Itoa(to)
		}
		return map[string]any{"members": room.Members[from:to], "response_metadata": map[string]any{"next_cursor": next}}, ""
	})
}

// invite: https://docs.slack.dev/reference/methods/conversations.invite
func (s *Server) invite(w http.ResponseWriter, r *http.Request) {
	s.room(w, r, func(ws *Workspace, room *Room) (map[string]any, string) {
		users := strings.Split(r.PostFormValue("users"), ",")
		for _, id := range users {
			switch u := ws.user(id); {
			case !room.has(App):
				return nil, "not_in_channel"
			case room.Archived:
				return nil, "is_archived"
			case u == nil || u.Deleted:
				return nil, "user_not_found"
			case id == App:
				return nil, "cant_invite_self"
			case room.has(id):
				return nil, "already_in_channel"
			}
		}
		room.Members = append(room.Members, users...)
		return map[string]any{"channel": room.form()}, ""
	})
}
