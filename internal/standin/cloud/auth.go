package cloud

import (
	"net/http"
	"regexp"
	"slices"
	"time"
)

// caller is who signed a request.
type caller struct {
	arn, id string
	session bool // with temporary credentials
}

// session is a set of temporary credentials that AssumeRole handed out.
type session struct {
	Session
	account string
}

// scope is the credential scope of a Signature Version 4.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
type scope struct{ key, region, service string }

var authorization = regexp.MustCompile(
	`^AWS4-HMAC-SHA256 Credential=(\w+)/\d{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$`)

// signature reads who signed a request, and for which region and service.
func signature(header http.Header) (scope, bool) {
	m := authorization.FindStringSubmatch(header.Get("Authorization"))
	if m == nil {
		return scope{}, false
	}
	return scope{key: m[1], region: m[2], service: m[3]}, true
}

// identify finds the caller by key and session token. A key means nothing in a
// region that its account has not enabled, nor in another partition.
func (s *Server) identify(req *request, key, token string) Failure {
	for i := range s.world.Accounts {
		a := &s.world.Accounts[i]
		by, ends, found := s.principal(a, key, token)
		if !found || !a.enabled(req.region) {
			continue
		}
		if !ends.IsZero() && !req.now.Before(ends) {
			return Expired
		}
		req.account, req.caller = a, by
		return ""
	}
	return unknown
}

// principal is the user or session of this account that holds the key.
func (s *Server) principal(a *Account, key, token string) (by caller, ends time.Time, found bool) {
	for i := range a.Users {
		u := &a.Users[i]
		for _, k := range u.Keys {
			if k.ID == key && !k.Inactive && token == "" {
				return caller{arn: a.userARN(u), id: u.ID}, time.Time{}, true
			}
		}
	}
	for _, open := range slices.Concat(a.Sessions, s.issued(a.ID)) {
		if open.KeyID != key || open.Token != token {
			continue
		}
		id := a.roleID(open.Role) + ":" + open.Name
		return caller{arn: a.sessionARN(open.Role, open.Name), id: id, session: true}, open.Expires, true
	}
	return caller{}, time.Time{}, false
}

// issued are the sessions that AssumeRole opened in an account.
func (s *Server) issued(account string) []Session {
	var open []Session
	for _, i := range s.sessions {
		if i.account == account {
			open = append(open, i.Session)
		}
	}
	return open
}
