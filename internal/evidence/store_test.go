package evidence_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/standin/bucket"
	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

var line = evidence.Line{Scope: "production", Check: "stemcells"}

func TestKeepsAndTells(t *testing.T) {
	s := bucket.New()
	defer s.Close()
	store := s.Open()
	none, _, err := store.Latest(t.Context(), line, time.Now())
	require.NoError(t, err)
	require.Nil(t, none)

	for day := 1; day <= 3; day++ {
		r := &report.Report{Check: "stemcells", Scope: "production", Started: time.Date(2026, 8, day, 9, 0, 0, 0, time.UTC)}
		if day == 3 {
			r.Examined = []report.Count{{What: "VM", Number: 7}}
		}
		require.NoError(t, s.Keep(r, "10.1"))
	}
	keys, err := store.Reports(t.Context(), line, store.Since(line, time.Date(2026, 8, 2, 23, 0, 0, 0, time.UTC)))
	require.NoError(t, err)
	require.Equal(t, []string{"production/stemcells/2026-08-02/090000Z-101/report.json", "production/stemcells/2026-08-03/090000Z-101/report.json"}, keys)
	started, build := evidence.Told(keys[0])
	require.Equal(t, time.Date(2026, 8, 2, 9, 0, 0, 0, time.UTC), started)
	require.Equal(t, "101", build)
	for i, want := range []report.Status{report.Unknown, report.Clean} {
		status, err := store.Status(t.Context(), keys[i])
		require.NoError(t, err)
		require.Equal(t, want, status)
	}
	for day, want := range map[int]int{0: 3, 1: 2, 2: 1, 3: 0, 4: 0} { // of three, how many are of the future
		latest, later, err := store.Latest(t.Context(), line, time.Date(2026, 8, day, 9, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		require.Equal(t, want, later)
		if day > 0 {
			require.Equal(t, min(day, 3), latest.Started.Day())
		} else {
			require.Nil(t, latest)
		}
	}
}

// What S3 took must be what it gives: an answer of success alone is no proof.
func TestReadsBackWhatItWrote(t *testing.T) {
	s := bucket.New()
	defer s.Close()
	s.Inject(fault.Fault{Path: "GET /evidence/*", Do: fault.Answer(200, "something else")})
	r := &report.Report{Check: "stemcells", Scope: "production", Started: time.Date(2026, 8, 1, 9, 0, 0, 0, time.UTC)}
	require.ErrorContains(t, s.Keep(r, "1"), "other content")
}

// TestAssumesRole reaches the bucket by a role, whose credentials are those of another account.
func TestAssumesRole(t *testing.T) {
	s := bucket.New()
	defer s.Close()
	world := cloud.Morning(time.Now())
	world.Accounts = append(world.Accounts, cloud.Account{ID: "444455556666", Partition: "aws-us-gov", Roles: []cloud.Role{{Name: "evidence", Trusts: []string{cloud.Production}}}})
	aws := cloud.New(world)
	defer aws.Close()
	for _, pair := range aws.Env(cloud.Production, "checklist") {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	by := evidence.Place{Bucket: bucket.Name, Endpoint: s.URL, RoleARN: "arn:aws-us-gov:iam::444455556666:role/evidence"}
	b, err := by.Open(t.Context())
	require.NoError(t, err)
	_, err = b.Reports(t.Context(), line, "")
	require.NoError(t, err)
	require.Equal(t, 1, aws.Count(cloud.Call{Operation: "sts:AssumeRole"}))

	by.RoleARN = "arn:aws-us-gov:iam::444455556666:role/other"
	b, err = by.Open(t.Context())
	require.NoError(t, err)
	_, err = b.Reports(t.Context(), line, "")
	require.ErrorContains(t, err, "AccessDenied")
}

// TestListsAllPages: more reports than one page of a listing holds.
func TestListsAllPages(t *testing.T) {
	s := bucket.New()
	defer s.Close()
	b := s.Open()
	const days = 1300
	var want []string
	for day := range days {
		key := strings.Join([]string{"production/stemcells/2024-01-01", strconv.Itoa(100000+day) + "Z-7", evidence.File}, "/")
		want = append(want, key)
		require.NoError(t, b.Write(t.Context(), key, "application/json", []byte("{}"), nil))
	}
	keys, err := b.Reports(t.Context(), line, "")
	require.NoError(t, err)
	require.Equal(t, want, keys)
	require.Equal(t, 2, s.Count("GET /evidence"))
	keys, err = b.Reports(t.Context(), line, evidence.Before(want[100]))
	require.NoError(t, err)
	require.Equal(t, want[100:], keys)
}
