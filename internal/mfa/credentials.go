package mfa

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// rootRow is how a credential report names root. What it says of root is left to
// GetAccountSummary, which is never hours old.
const rootRow = "<root_account>"

// columns are those that are read; a report without one of them is not understood.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
var columns = []string{
	"user", "arn", "password_enabled", "password_last_used", "password_last_changed", "mfa_active",
	"access_key_1_active", "access_key_1_last_rotated", "access_key_2_active", "access_key_2_last_rotated",
}

// ParseCredentials reads an account's credential report, by user name. A row that is not
// understood, of another account or there twice spoils the whole report: half of one is no answer.
func ParseCredentials(text []byte, account string) (map[string]User, error) {
	rows := csv.NewReader(bytes.NewReader(text))
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", report.Misread(err))
	}
	places, err := locate(header)
	if err != nil {
		return nil, err
	}
	users := map[string]User{}
	for {
		values, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return users, nil
		}
		if err != nil {
			return nil, err
		}
		r := row{places: places, values: values}
		if err := r.of(account); err != nil {
			return nil, err
		}
		name := r.text("user")
		if name == rootRow {
			continue
		}
		user := r.user()
		if _, twice := users[name]; twice {
			r.wrong("user", "is there twice")
		}
		if r.err != nil {
			return nil, fmt.Errorf("user %q: %w", name, r.err)
		}
		users[name] = user
	}
}

func locate(header []string) (map[string]int, error) {
	places := map[string]int{}
	for _, column := range columns {
		place := slices.Index(header, column)
		if place < 0 {
			return nil, fmt.Errorf("the report has no column %s", column)
		}
		places[column] = place
	}
	return places, nil
}

// row is one user's line. The first value that is not understood stays in err.
type row struct {
	places map[string]int
	values []string
	err    error
}

func (r *row) text(column string) string { return r.values[r.places[column]] }

func (r *row) wrong(column, why string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s %s", column, why)
	}
}

// of holds the row's ARN, arn:aws:iam::123456789012:user/..., against the account.
func (r *row) of(account string) error {
	if parts := strings.SplitN(r.text("arn"), ":", 6); len(parts) < 6 || parts[4] != account {
		return fmt.Errorf("%q (%q) is not of account %s", r.text("user"), r.text("arn"), account)
	}
	return nil
}

func (r *row) user() User {
	u := User{Name: r.text("user"), Console: r.yes("password_enabled"), MFA: r.yes("mfa_active")}
	if u.Console {
		u.PasswordSet, u.PasswordUsed = r.time("password_last_changed"), r.time("password_last_used")
	}
	for _, key := range []string{"access_key_1", "access_key_2"} {
		if !r.yes(key + "_active") {
			continue
		}
		made := r.time(key + "_last_rotated")
		if made.IsZero() {
			r.wrong(key+"_last_rotated", "is missing, though the key is active")
		}
		u.Keys = append(u.Keys, made)
	}
	return u
}

// yes reads true or false: the documentation writes them large, AWS small.
func (r *row) yes(column string) bool {
	switch value := strings.ToLower(r.text(column)); value {
	case "true":
		return true
	case "false":
	default:
		r.wrong(column, fmt.Sprintf("is %q, neither true nor false", value))
	}
	return false
}

// time reads a moment; zero where AWS has none to tell.
func (r *row) time(column string) time.Time {
	value := r.text(column)
	if slices.Contains([]string{"", "N/A", "no_information", "not_supported"}, value) {
		return time.Time{}
	}
	moment, err := time.Parse(time.RFC3339, value)
	if err != nil {
		r.wrong(column, fmt.Sprintf("is %q, no time", value))
	}
	return moment.UTC()
}
