package slack

import (
	"net/http"
	"slices"
	"strings"
)

// Group is a user group.
type Group struct {
	ID, Handle string
	Disabled   bool
	Members    []string // user IDs
	Locked     bool     // members may not edit it, nor may apps
}

// form is a group as the Web API tells it.
func (g *Group) form() map[string]any {
	deleted := 0
	if g.Disabled {
		deleted = 1700000000
	}
	return map[string]any{"id": g.ID, "handle": g.Handle, "name": g.Handle, "date_delete": deleted, "users": g.Members, "user_count": len(g.Members)}
}

// groups lists the user groups: https://docs.slack.dev/reference/methods/usergroups.list
func (s *Server) groups(w http.ResponseWriter, r *http.Request) {
	s.Workspace(func(ws *Workspace) {
		all := []map[string]any{}
		for _, g := range ws.Groups {
			if !g.Disabled || r.PostFormValue("include_disabled") == "true" {
				all = append(all, g.form())
			}
		}
		say(w, map[string]any{"ok": true, "usergroups": all})
	})
}

// groupMembers lists a group's: https://docs.slack.dev/reference/methods/usergroups.users.list
func (s *Server) groupMembers(w http.ResponseWriter, r *http.Request) {
	s.group(w, r, func(_ *Workspace, g *Group) map[string]any { return map[string]any{"users": g.Members} })
}

// setMembers replaces them all: https://docs.slack.dev/reference/methods/usergroups.users.update
func (s *Server) setMembers(w http.ResponseWriter, r *http.Request) {
	s.group(w, r, func(ws *Workspace, g *Group) map[string]any {
		members := strings.Split(r.PostFormValue("users"), ",")
		known := !slices.ContainsFunc(members, func(id string) bool { u := ws.user(id); return u == nil || u.Deleted })
		switch {
		case g.Locked:
			return map[string]any{"ok": false, "error": "permission_denied"}
		case r.PostFormValue("users") == "":
			return map[string]any{"ok": false, "error": "no_users_provided"}
		case !known:
			return map[string]any{"ok": false, "error": "invalid_users"}
		}
		g.Members = members
		return map[string]any{"usergroup": g.form()}
	})
}

// group answers about one group.
func (s *Server) group(w http.ResponseWriter, r *http.Request, answer func(*Workspace, *Group) map[string]any) {
	s.Workspace(func(ws *Workspace) {
		i := slices.IndexFunc(ws.Groups, func(g *Group) bool { return g.ID == r.PostFormValue("usergroup") })
		if i < 0 {
			refuse(w, "no_such_subteam")
			return
		}
		said := answer(ws, ws.Groups[i])
		if _, refused := said["ok"]; !refused {
			said["ok"] = true
		}
		say(w, said)
	})
}
