package cloud

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

var twelveDigits = regexp.MustCompile(`^\d{12}$`)

// complete fills in what a world left to its defaults, and tells all that
// cannot be so.
func (w *World) complete(now time.Time) error {
	var wrong []error
	owners := map[string]string{}
	for i := range w.Accounts {
		a := &w.Accounts[i]
		if !twelveDigits.MatchString(a.ID) {
			wrong = append(wrong, fmt.Errorf("account ID %q is not twelve digits", a.ID))
		}
		a.Created = orTime(a.Created, now.AddDate(-3, 0, 0))
		wrong = append(wrong, claim(owners, a.ID, "account"))
		wrong = append(wrong, a.completePlace(), a.completeUsers(now, owners), a.completeSessions(owners))
		wrong = append(wrong, completeKeys(a.Root.Keys, a.Created, "root of "+a.ID, owners))
		if r := &a.Report; !r.Generated.IsZero() && r.CSV == "" {
			r.CSV = a.credentials()
		}
	}
	return errors.Join(wrong...)
}

func (a *Account) completePlace() error {
	a.Partition = cmp.Or(a.Partition, "aws")
	p, ok := partitions[a.Partition]
	if !ok {
		return fmt.Errorf("account %s: no partition %q", a.ID, a.Partition)
	}
	if len(a.Regions) == 0 {
		a.Regions = slices.Clone(p.regions)
	}
	var wrong []error
	for _, region := range a.Regions {
		if !p.has(region) {
			wrong = append(wrong, fmt.Errorf("account %s: no region %q in %s", a.ID, region, a.Partition))
		}
	}
	return errors.Join(wrong...)
}

// completeUsers also sorts them, as IAM lists them.
func (a *Account) completeUsers(now time.Time, owners map[string]string) error {
	slices.SortFunc(a.Users, func(x, y User) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), strings.Compare(x.Name, y.Name))
	})
	var wrong []error
	for i := range a.Users {
		u := &a.Users[i]
		u.Path = cmp.Or(u.Path, "/")
		u.ID = cmp.Or(u.ID, derive("AIDA", 17, "user", a.ID, u.Name))
		u.Created = orTime(u.Created, now.AddDate(-2, 0, 0))
		u.PasswordChanged = orTime(u.PasswordChanged, u.Created)
		wrong = append(wrong, claim(owners, strings.ToLower(a.ID+" user "+u.Name), "user"))
		wrong = append(wrong, completeKeys(u.Keys, u.Created, u.Name, owners))
	}
	return errors.Join(wrong...)
}

func completeKeys(keys []AccessKey, created time.Time, user string, owners map[string]string) error {
	var wrong []error
	for i := range keys {
		keys[i].Created = orTime(keys[i].Created, created)
		wrong = append(wrong, claim(owners, keys[i].ID, "access key of "+user))
	}
	return errors.Join(wrong...)
}

func (a *Account) completeSessions(owners map[string]string) error {
	var wrong []error
	for i := range a.Roles {
		a.Roles[i].Path = cmp.Or(a.Roles[i].Path, "/")
	}
	for _, s := range a.Sessions {
		wrong = append(wrong, claim(owners, s.KeyID, "session "+s.Name))
	}
	return errors.Join(wrong...)
}

// claim says whose a name is, and refuses it to a second.
func claim(owners map[string]string, name, owner string) error {
	if name == "" {
		return fmt.Errorf("the %s has no ID", owner)
	}
	if first, taken := owners[name]; taken {
		return fmt.Errorf("%q is the %s and the %s", name, first, owner)
	}
	owners[name] = owner
	return nil
}

func orTime(t, otherwise time.Time) time.Time {
	if t.IsZero() {
		return otherwise
	}
	return t
}
