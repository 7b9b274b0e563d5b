package mfa_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/mfa"
)

// The columns and values as AWS writes them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
const (
	header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
		"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
		"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
		"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated"
	rootLine = "<root_account>,arn:aws:iam::111122223333:root,2017-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true," +
		"false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
	janeLine = "jane.doe,arn:aws:iam::111122223333:user/jane.doe,2024-01-01T00:00:00+00:00,true,2026-11-20T08:00:00+00:00,2024-01-02T00:00:00+00:00,N/A,true," +
		"true,2026-01-01T00:00:00+00:00,2026-11-01T00:00:00+00:00,us-east-1,s3,false,2020-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A"
	alexLine = "alex.kim,arn:aws:iam::111122223333:user/alex.kim,2024-01-01T00:00:00+00:00,TRUE,no_information,2024-01-02T00:00:00+00:00,N/A,FALSE," +
		"false,N/A,N/A,N/A,N/A,true,2026-02-01T00:00:00Z,N/A,N/A,N/A,false,N/A,false,N/A"
	commaLine = `"kim,alex",arn:aws:iam::111122223333:user/kim,2024-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false,` +
		"false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
)

func lines(l ...string) string { return strings.Join(l, "\n") }

func on(year, month, day, hour int) time.Time {
	return time.Date(year, time.Month(month), day, hour, 0, 0, 0, time.UTC)
}

var (
	jane = mfa.User{Name: "jane.doe", Console: true, MFA: true, PasswordSet: on(2024, 1, 2, 0), PasswordUsed: on(2026, 11, 20, 8), Keys: []time.Time{on(2026, 1, 1, 0)}}
	alex = mfa.User{Name: "alex.kim", Console: true, PasswordSet: on(2024, 1, 2, 0), Keys: []time.Time{on(2026, 2, 1, 0)}}
)

func TestParseCredentials(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       map[string]mfa.User
		err        string
	}{
		{name: "root alone", text: lines(header, rootLine), want: map[string]mfa.User{}},
		{name: "people", text: lines(header, rootLine, janeLine, alexLine), want: map[string]mfa.User{"jane.doe": jane, "alex.kim": alex}},
		{name: "a comma in a name, quoted", text: lines(header, commaLine, ""), want: map[string]mfa.User{"kim,alex": {Name: "kim,alex"}}},
		{name: "a comma in a name, not quoted", text: lines(header, strings.ReplaceAll(commaLine, `"`, "")), err: "record on line 2: wrong number of fields"},
		{name: "columns in another order", text: lines("mfa_active,"+strings.Replace(header, ",mfa_active", "", 1), "true,"+strings.Replace(janeLine, ",N/A,true,", ",N/A,", 1)),
			want: map[string]mfa.User{"jane.doe": jane}},
		{name: "nothing", err: "read the header: it is empty"},
		{name: "a page of HTML", text: "<html><body>sign in</body></html>", err: "the report has no column user"},
		{name: "a column less", text: lines(strings.Replace(header, "mfa_active,", "", 1), janeLine), err: "the report has no column mfa_active"},
		{name: "cut off", text: lines(header, janeLine, alexLine[:60]), err: "record on line 3: wrong number of fields"},
		{name: "another account", text: lines(header, strings.Replace(janeLine, "111122223333", "444455556666", 1)),
			err: `"jane.doe" ("arn:aws:iam::444455556666:user/jane.doe") is not of account 111122223333`},
		{name: "the same user twice", text: lines(header, janeLine, janeLine), err: `user "jane.doe": user is there twice`},
		{name: "neither true nor false", text: lines(header, strings.Replace(janeLine, "N/A,true,", "N/A,maybe,", 1)), err: `user "jane.doe": mfa_active is "maybe", neither true nor false`},
		{name: "a user whose password is not_supported", text: lines(header, strings.Replace(janeLine, "00:00,true,2026", "00:00,not_supported,2026", 1)),
			err: `user "jane.doe": password_enabled is "not_supported", neither true nor false`},
		{name: "no time", text: lines(header, strings.Replace(janeLine, "2026-01-01T00:00:00+00:00", "yesterday", 1)), err: `user "jane.doe": access_key_1_last_rotated is "yesterday", no time`},
		{name: "an active key without a time", text: lines(header, strings.Replace(janeLine, "2026-01-01T00:00:00+00:00", "N/A", 1)),
			err: `user "jane.doe": access_key_1_last_rotated is missing, though the key is active`},
	} {
		t.Run(c.name, func(t *testing.T) {
			users, err := mfa.ParseCredentials([]byte(c.text), "111122223333")
			if c.err != "" {
				require.EqualError(t, err, c.err)
				require.Nil(t, users)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, users)
		})
	}
}

// A report that is understood has no more users than lines, and none half read.
func FuzzParseCredentials(f *testing.F) {
	f.Add(lines(header, rootLine, janeLine, alexLine, commaLine))
	f.Add(lines(header, alexLine[:60]))
	f.Add("<html>")
	f.Fuzz(func(t *testing.T, text string) {
		users, err := mfa.ParseCredentials([]byte(text), "111122223333")
		if err != nil {
			require.Nil(t, users)
			return
		}
		require.LessOrEqual(t, len(users), strings.Count(text, "\n")+strings.Count(text, "\r")+1)
		for name, u := range users {
			require.Equal(t, name, u.Name)
			for _, made := range u.Keys {
				require.False(t, made.IsZero())
			}
		}
	})
}
