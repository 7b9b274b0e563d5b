package director

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// client is a UAA client, or with basic authentication a director's user.
type client struct {
	secret string
	scopes []string
}

// token is what an access token stands for.
type token struct {
	client  string
	scopes  []string
	expires time.Time
}

// Grant makes a client, or gives it another secret and scopes: bosh.read,
// bosh.admin, bosh.teams.NAME.admin, bosh.teams.NAME.read, or none at all.
func (s *Server) Grant(name, secret string, scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clients[name] = client{secret, scopes}
}

// ExpireTokens ends every token given out so far.
func (s *Server) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

func (s *Server) uaaRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /oauth/token", s.issue)
	return mux
}

// issue grants client credentials, the only grant that a machine uses.
func (s *Server) issue(w http.ResponseWriter, r *http.Request) {
	name, secret, _ := r.BasicAuth()
	grant := r.PostFormValue("grant_type") // reads the body, before the lock
	s.mu.Lock()
	defer s.mu.Unlock()
	c, known := s.clients[name]
	switch {
	case !known || c.secret != secret:
		refuse(w, http.StatusUnauthorized, "unauthorized", "Bad credentials")
	case grant != "client_credentials":
		refuse(w, http.StatusBadRequest, "unsupported_grant_type", "Unsupported grant type: "+grant)
	default:
		uaaJSON(w, http.StatusOK, s.mint(name, c.scopes, "https://"+s.address(s.uaa, r.Host)))
	}
}

// mint makes a token in the shape of UAA's JWT; the director looks it up, so
// that its signature need not mean anything.
func (s *Server) mint(name string, scopes []string, issuer string) map[string]any {
	if len(scopes) == 0 {
		scopes = []string{"uaa.none"}
	}
	now := time.Now()
	id := strings.ToLower(rand.Text())
	access := strings.Join([]string{
		segment(map[string]any{"alg": "RS256", "kid": "stand-in", "typ": "JWT"}),
		segment(map[string]any{
			"jti": id, "sub": name, "client_id": name, "cid": name, "azp": name,
			"grant_type": "client_credentials", "scope": scopes, "aud": []string{"bosh", name},
			"iat": now.Unix(), "exp": now.Add(s.tokenLife).Unix(), "iss": issuer + "/oauth/token",
		}),
		base64.RawURLEncoding.EncodeToString([]byte(rand.Text())),
	}, ".")
	s.tokens[access] = token{name, scopes, now.Add(s.tokenLife)}
	return map[string]any{
		"access_token": access, "token_type": "bearer", "jti": id,
		"expires_in": int((s.tokenLife - time.Millisecond).Seconds()), "scope": strings.Join(scopes, " "),
	}
}

// segment encodes one part of a JWT.
func segment(claims map[string]any) string {
	return base64.RawURLEncoding.EncodeToString(encode(claims))
}

func refuse(w http.ResponseWriter, status int, code, description string) {
	uaaJSON(w, status, map[string]any{"error": code, "error_description": description})
}

func uaaJSON(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
