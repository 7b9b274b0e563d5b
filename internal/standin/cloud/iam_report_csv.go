package cloud

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// reportColumns as IAM's user guide lists them. The guide has one more, for
// users with more than two keys, who cannot be.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
const reportColumns = "user,arn,user_creation_time," +
	"password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
	"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
	"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
	"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated"

const notApplicable = "N/A"

// credentials is the report's CSV: root first, no line break at the end. No
// field can hold a comma but for a user's path, which IAM's rules allow and
// nobody here uses.
func (a *Account) credentials() string {
	rows := []string{reportColumns, a.rootCredentials()}
	for i := range a.Users {
		rows = append(rows, a.userCredentials(&a.Users[i]))
	}
	return strings.Join(rows, "\n")
}

// rootCredentials is root's row. A root password is not_supported, as IAM has
// long said; false says that a member account's root has none.
func (a *Account) rootCredentials() string {
	r := &a.Root
	row := []string{"<root_account>", a.rootARN(), stamp(a.Created), "false", notApplicable, notApplicable, "not_supported"}
	if r.Password {
		row[3], row[4], row[5] = "not_supported", lastUsed(r.PasswordLastUsed), "not_supported"
	}
	row = append(row, strconv.FormatBool(len(r.MFA) > 0))
	return strings.Join(append(row, keyCredentials(r.Keys)...), ",")
}

func (a *Account) userCredentials(u *User) string {
	row := []string{u.Name, a.userARN(u), stamp(u.Created), "false", notApplicable, notApplicable, notApplicable}
	if u.Password {
		row[3], row[4], row[5] = "true", lastUsed(u.PasswordLastUsed), stamp(u.PasswordChanged)
	}
	row = append(row, strconv.FormatBool(len(u.MFA) > 0))
	return strings.Join(append(row, keyCredentials(u.Keys)...), ",")
}

// lastUsed of a password that exists; no_information may mean never.
func lastUsed(t time.Time) string { return cmp.Or(stamp(t), "no_information") }

// keyCredentials are the columns of two keys and of two certificates, which
// nobody here has.
func keyCredentials(keys []AccessKey) []string {
	var row []string
	for i := range 2 {
		if i >= len(keys) {
			row = append(row, "false", notApplicable, notApplicable, notApplicable, notApplicable)
			continue
		}
		k := keys[i]
		row = append(row, strconv.FormatBool(!k.Inactive), stamp(k.Created), cmp.Or(stamp(k.LastUsed), notApplicable),
			cmp.Or(k.Region, notApplicable), cmp.Or(k.Service, notApplicable))
	}
	return append(row, "false", notApplicable, "false", notApplicable)
}
