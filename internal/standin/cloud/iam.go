package cloud

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

var iamOperations = map[string]operation{
	"ListUsers":                {[]string{"PathPrefix", "Marker", "MaxItems"}, (*Server).listUsers},
	"GetLoginProfile":          {[]string{"UserName"}, (*Server).getLoginProfile},
	"ListMFADevices":           {[]string{"UserName", "Marker", "MaxItems"}, (*Server).listMFADevices},
	"ListVirtualMFADevices":    {[]string{"AssignmentStatus", "Marker", "MaxItems"}, (*Server).listVirtualMFADevices},
	"ListAccessKeys":           {[]string{"UserName", "Marker", "MaxItems"}, (*Server).listAccessKeys},
	"GetAccessKeyLastUsed":     {[]string{"AccessKeyId"}, (*Server).getAccessKeyLastUsed},
	"GenerateCredentialReport": {nil, (*Server).generateCredentialReport},
	"GetCredentialReport":      {nil, (*Server).getCredentialReport},
	"GetAccountSummary":        {nil, (*Server).getAccountSummary},
	"ListAccountAliases":       {[]string{"Marker", "MaxItems"}, (*Server).listAccountAliases},
}

// user is a User as IAM answers it. Root, where it appears, has no name.
type user struct {
	Path             string `xml:",omitempty"`
	UserName         string `xml:",omitempty"`
	UserID           string `xml:"UserId"`
	Arn              string
	CreateDate       string
	PasswordLastUsed string `xml:",omitempty"`
}

func (a *Account) user(u *User) user {
	return user{u.Path, u.Name, u.ID, a.userARN(u), stamp(u.Created), stamp(u.PasswordLastUsed)}
}

func (s *Server) listUsers(r *request) (any, error) {
	var users []user
	for i := range r.account.Users {
		if u := &r.account.Users[i]; strings.HasPrefix(u.Path, r.params["PathPrefix"]) {
			users = append(users, r.account.user(u))
		}
	}
	part, end, err := cut(s, r, users)
	return struct {
		Users list[user]
		page
	}{part, end}, err
}

// getLoginProfile is the only way to know that a user has a console password.
func (s *Server) getLoginProfile(r *request) (any, error) {
	u, err := r.user()
	if err != nil {
		return nil, err
	}
	if !u.Password {
		return nil, noSuchEntity("Login Profile for User %s cannot be found.", u.Name)
	}
	type profile struct {
		UserName, CreateDate  string
		PasswordResetRequired bool
	}
	return struct{ LoginProfile profile }{profile{u.Name, stamp(u.PasswordChanged), false}}, nil
}

func (s *Server) getAccountSummary(r *request) (any, error) {
	type entry struct {
		Key   string `xml:"key"`
		Value int    `xml:"value"`
	}
	a, assigned, all := r.account, 0, 0
	for i := range a.Users {
		assigned += len(a.Users[i].MFA)
	}
	assigned += len(a.Root.MFA)
	all = assigned + len(a.Unassigned)
	return struct {
		Entries []entry `xml:"SummaryMap>entry"`
	}{[]entry{
		{"Users", len(a.Users)},
		{"Roles", len(a.Roles)},
		{"MFADevices", all},
		{"MFADevicesInUse", assigned},
		{"AccountMFAEnabled", oneIf(len(a.Root.MFA) > 0)},
		{"AccountAccessKeysPresent", oneIf(len(a.Root.Keys) > 0)},
		{"AccountPasswordPresent", oneIf(a.Root.Password)},
		{"AccountSigningCertificatesPresent", 0},
		{"AccessKeysPerUserQuota", 2},
	}}, nil
}

func (s *Server) listAccountAliases(r *request) (any, error) {
	var aliases []string
	if r.account.Alias != "" {
		aliases = []string{r.account.Alias}
	}
	part, end, err := cut(s, r, aliases)
	return struct {
		AccountAliases list[string]
		page
	}{part, end}, err
}

var userName = regexp.MustCompile(`^[\w+=,.@-]{1,64}$`)

// user is whom the request asks about.
func (r *request) user() (*User, error) {
	name, err := r.params.text("UserName", userName)
	if err != nil {
		return nil, err
	}
	u := r.account.findUser(name)
	if u == nil {
		return nil, noSuchEntity("The user with name %s cannot be found.", name)
	}
	return u, nil
}

func noSuchEntity(format string, args ...any) error {
	return refuse(http.StatusNotFound, "NoSuchEntity", format, args...)
}

// stamp is a time as IAM writes it; the zero time is left out.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
