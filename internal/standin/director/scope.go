package director

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// caller is who sent a request.
type caller struct {
	name   string
	scopes []string
}

// teamAdmin is a scope with which UAA makes somebody a team's administrator.
var teamAdmin = regexp.MustCompile(`^bosh\.teams\.[^.]*\.admin$`)

// teamAny is a scope that makes somebody a member of a team.
var teamAny = regexp.MustCompile(`^bosh\.teams\.[^.]*\.(admin|read)$`)

// identify tells who the caller is; nil: nobody, or a token that has expired.
func (s *Server) identify(r *http.Request) *caller {
	if s.basic {
		name, secret, _ := r.BasicAuth()
		if c, known := s.clients[name]; known && c.secret == secret {
			return &caller{name, []string{"bosh.admin"}} // a director's own users may do everything
		}
		return nil
	}
	scheme, access, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	t, known := s.tokens[access]
	if !known || !strings.EqualFold(scheme, "bearer") || time.Now().After(t.expires) {
		return nil
	}
	return &caller{t.client, t.scopes}
}

func (c *caller) has(scopes []string) bool {
	return slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(c.scopes, s) })
}

// own picks the caller's own scopes of a kind: a director lets a member of any
// team at some lists.
func (c *caller) own(kind *regexp.Regexp) []string {
	return slices.DeleteFunc(slices.Clone(c.scopes), func(s string) bool { return !kind.MatchString(s) })
}

func (f *Fleet) adminScopes() []string {
	return []string{"bosh.admin", fmt.Sprintf("bosh.%s.admin", f.uuid())}
}

func (f *Fleet) readScopes() []string {
	return append(f.adminScopes(), "bosh.read", fmt.Sprintf("bosh.%s.read", f.uuid()))
}

// teamScopes let the members of a deployment's teams at it.
func (f *Fleet) teamScopes(teams []string) []string {
	scopes := f.adminScopes()
	for _, permission := range []string{"admin", "read"} {
		for _, team := range teams {
			scopes = append(scopes, fmt.Sprintf("bosh.teams.%s.%s", team, permission))
		}
	}
	return append(scopes, f.readScopes()[2:]...)
}
