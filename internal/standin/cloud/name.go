package cloud

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
)

// derive makes an identifier that is always the same for the same parts: a
// world written down twice has the same IDs.
func derive(prefix string, length int, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return prefix + base32.StdEncoding.EncodeToString(sum[:])[:length]
}

// deriveUUID is derive in the shape of an event's or a request's ID.
func deriveUUID(parts ...string) string {
	b := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func (a *Account) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s::%s:%s", a.Partition, service, a.ID, resource)
}

func (a *Account) rootARN() string { return a.arn("iam", "root") }

func (a *Account) userARN(u *User) string { return a.arn("iam", "user"+u.Path+u.Name) }

func (a *Account) roleARN(path, name string) string { return a.arn("iam", "role"+path+name) }

func (a *Account) sessionARN(role, session string) string {
	return a.arn("sts", "assumed-role/"+role+"/"+session)
}

// userID and roleID are the unique IDs that IAM gives; a name used again after a
// deletion would get another.
func (a *Account) userID(name string) string {
	if u := a.findUser(name); u != nil && u.ID != "" {
		return u.ID
	}
	return derive("AIDA", 17, "user", a.ID, name)
}

func (a *Account) roleID(name string) string { return derive("AROA", 17, "role", a.ID, name) }
