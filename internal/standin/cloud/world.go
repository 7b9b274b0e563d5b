package cloud

import (
	"slices"
	"time"
)

// World is what exists: AWS accounts.
type World struct{ Accounts []Account }

// Account is one AWS account and everything in it.
type Account struct {
	ID        string    // twelve digits
	Partition string    // "aws", which is the default, or "aws-us-gov"
	Alias     string    // empty: the account has none
	Regions   []string  // enabled regions; default: all that need no opt-in
	Created   time.Time // default: three years before the server's start

	Root       Root
	Users      []User
	Unassigned []string // names of virtual MFA devices that belong to nobody
	Roles      []Role
	Sessions   []Session
	Report     Report

	Events []Event
	Faults []Fault
}

// Root is the account's root user. The zero value has no credentials at all, as
// in GovCloud and in member accounts whose root access is centrally managed.
type Root struct {
	Password         bool
	PasswordLastUsed time.Time
	MFA              []Device
	Keys             []AccessKey
}

// User is an IAM user.
type User struct {
	Name             string
	Path             string    // default "/"
	ID               string    // default: derived from account and name
	Created          time.Time // default: two years before the server's start
	Password         bool      // a console password exists
	PasswordChanged  time.Time // default: Created
	PasswordLastUsed time.Time // zero: never; stays set when the password is deleted
	MFA              []Device
	Keys             []AccessKey
}

// AccessKey is a long-term key. A request signed with one acts as its user.
type AccessKey struct {
	ID       string    // AKIA…
	Inactive bool      // an inactive key can sign nothing
	Created  time.Time // default: as the user's
	LastUsed time.Time // zero: never
	Service  string    // where it was last used: "s3"
	Region   string
}

// Role may be assumed from the accounts that it trusts.
type Role struct {
	Name   string
	Path   string // default "/"
	Trusts []string
}

// Session is a set of temporary credentials that exists before any AssumeRole,
// such as an instance profile's. It acts as the role.
type Session struct {
	KeyID   string    // ASIA…
	Token   string    // what the request must carry as its security token
	Role    string    // the role's name
	Name    string    // the session's name
	Expires time.Time // zero: never
}

// Account returns the account to change it. It panics if there is none.
func (w *World) Account(id string) *Account {
	for i := range w.Accounts {
		if w.Accounts[i].ID == id {
			return &w.Accounts[i]
		}
	}
	panic("cloud: no account " + id)
}

// User returns the user to change it. It panics if there is none.
func (a *Account) User(name string) *User {
	if u := a.findUser(name); u != nil {
		return u
	}
	panic("cloud: no user " + name + " in account " + a.ID)
}

func (a *Account) findUser(name string) *User {
	for i := range a.Users {
		if a.Users[i].Name == name {
			return &a.Users[i]
		}
	}
	return nil
}

// keyOf is the active key of a user, or the key and token of a session.
func (a *Account) keyOf(name string) (id, token string) {
	for _, u := range a.Users {
		for _, k := range u.Keys {
			if u.Name == name && !k.Inactive {
				return k.ID, ""
			}
		}
	}
	for _, s := range a.Sessions {
		if s.Name == name {
			return s.KeyID, s.Token
		}
	}
	panic("cloud: account " + a.ID + " has no key of " + name)
}

// clone copies all that a server or an Update may change.
func (w World) clone() World {
	w.Accounts = slices.Clone(w.Accounts)
	for i := range w.Accounts {
		a := &w.Accounts[i]
		a.Regions = slices.Clone(a.Regions)
		a.Root.MFA, a.Root.Keys = slices.Clone(a.Root.MFA), slices.Clone(a.Root.Keys)
		a.Users = slices.Clone(a.Users)
		for j := range a.Users {
			u := &a.Users[j]
			u.MFA, u.Keys = slices.Clone(u.MFA), slices.Clone(u.Keys)
		}
		a.Unassigned = slices.Clone(a.Unassigned)
		a.Roles = slices.Clone(a.Roles)
		for j := range a.Roles {
			a.Roles[j].Trusts = slices.Clone(a.Roles[j].Trusts)
		}
		a.Sessions = slices.Clone(a.Sessions)
		a.Events = slices.Clone(a.Events)
		a.Faults = slices.Clone(a.Faults)
	}
	return w
}
