package slack

import (
	"net/http"
	"slices"
	"strings"
)

// User is somebody's account.
type User struct {
	ID, Name, Email string
	Deleted, Bot    bool
}

// form is an account as the Web API tells it.
func (u User) form() map[string]any {
	return map[string]any{
		"id": u.ID, "name": strings.ToLower(u.Name), "real_name": u.Name, "deleted": u.Deleted, "is_bot": u.Bot,
		"profile": map[string]any{"real_name": u.Name, "email": u.Email},
	}
}

// userInfo finds an account by its ID: https://docs.slack.dev/reference/methods/users.info
func (s *Server) userInfo(w http.ResponseWriter, r *http.Request) {
	s.findUser(w, r, "user_not_found", func(u User) bool { return u.ID == r.PostFormValue("user") })
}

// userByEmail finds an account that is active: https://docs.slack.dev/reference/methods/users.lookupByEmail
func (s *Server) userByEmail(w http.ResponseWriter, r *http.Request) {
	s.findUser(w, r, "users_not_found", func(u User) bool { return !u.Deleted && strings.EqualFold(u.Email, r.PostFormValue("email")) })
}

func (s *Server) findUser(w http.ResponseWriter, r *http.Request, none string, is func(User) bool) {
	s.Workspace(func(ws *Workspace) {
		i := slices.IndexFunc(ws.Users, is)
		if i < 0 {
			refuse(w, none)
			return
		}
		say(w, map[string]any{"ok": true, "user": ws.Users[i].form()})
	})
}
