package cloud

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"
)

var stsOperations = map[string]operation{
	"GetCallerIdentity": {nil, (*Server).getCallerIdentity},
	"AssumeRole":        {[]string{"RoleArn", "RoleSessionName", "DurationSeconds"}, (*Server).assumeRole},
}

func (s *Server) getCallerIdentity(r *request) (any, error) {
	return struct{ Arn, UserId, Account string }{r.caller.arn, r.caller.id, r.account.ID}, nil
}

var (
	roleARN     = regexp.MustCompile(`^arn:[a-z-]+:iam::\d{12}:role/[\w+=,.@/-]+$`)
	sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)
)

const (
	shortestSession = 15 * time.Minute
	longestSession  = 12 * time.Hour
	defaultSession  = time.Hour
	longestChained  = time.Hour // of a role assumed by a role
)

// assumeRole opens a session in the role's account, whose credentials the server
// knows from then on.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
func (s *Server) assumeRole(r *request) (any, error) {
	arn, err := r.params.text("RoleArn", roleARN)
	if err != nil {
		return nil, err
	}
	name, err := r.params.text("RoleSessionName", sessionName)
	if err != nil {
		return nil, err
	}
	lasts, err := r.sessionDuration()
	if err != nil {
		return nil, err
	}
	account, role := s.trusting(arn, r.account)
	if role == nil {
		return nil, refuse(http.StatusForbidden, "AccessDenied", "User: %s is not authorized to perform: sts:AssumeRole on resource: %s", r.caller.arn, arn)
	}
	number := strconv.Itoa(len(s.sessions))
	open := Session{
		KeyID:   derive("ASIA", 16, "session", arn, name, number),
		Token:   derive("IQoJb3JpZ2luX2VjE", 48, "token", arn, name, number),
		Role:    role.Name,
		Name:    name,
		Expires: r.now.Add(lasts),
	}
	s.sessions = append(s.sessions, session{open, account.ID})
	return open.answer(account), nil
}

type assumed struct {
	Credentials     struct{ AccessKeyId, SecretAccessKey, SessionToken, Expiration string }
	AssumedRoleUser struct{ AssumedRoleId, Arn string }
}

func (s Session) answer(a *Account) assumed {
	var out assumed
	out.Credentials.AccessKeyId = s.KeyID
	out.Credentials.SecretAccessKey = secretOf(s.KeyID)
	out.Credentials.SessionToken = s.Token
	out.Credentials.Expiration = stamp(s.Expires)
	out.AssumedRoleUser.AssumedRoleId = a.roleID(s.Role) + ":" + s.Name
	out.AssumedRoleUser.Arn = a.sessionARN(s.Role, s.Name)
	return out
}

// trusting finds the role, if it trusts the account. A role that does not exist
// is answered like one that does not trust.
func (s *Server) trusting(arn string, by *Account) (*Account, *Role) {
	for i := range s.world.Accounts {
		a := &s.world.Accounts[i]
		for j := range a.Roles {
			role := &a.Roles[j]
			if a.roleARN(role.Path, role.Name) == arn && a.Partition == by.Partition && slices.Contains(role.Trusts, by.ID) {
				return a, role
			}
		}
	}
	return nil, nil
}

func (r *request) sessionDuration() (time.Duration, error) {
	seconds, err := r.params.number("DurationSeconds", int(defaultSession.Seconds()), int(shortestSession.Seconds()), int(longestSession.Seconds()))
	lasts := time.Duration(seconds) * time.Second
	if err == nil && r.caller.session && lasts > longestChained {
		err = invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
	}
	return lasts, err
}
