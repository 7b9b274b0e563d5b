package lookup

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// start runs a stand-in of AWS and gives the SDK's configuration for it.
func start(t *testing.T, w cloud.World, options ...cloud.Option) (*cloud.Server, aws.Config) {
	s := cloud.New(w, options...)
	t.Cleanup(s.Close)
	for _, pair := range s.Env(cloud.Production, "checklist") {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	c, err := config.LoadDefaultConfig(t.Context())
	require.NoError(t, err)
	return s, c
}

func week() Span { return Span{time.Now().AddDate(0, 0, -7), time.Now()} }

// read gives how many records of a name there are.
func read(t *testing.T, h *History, name string) (n int, err error) {
	err = h.Named(t.Context(), name, week(), func(record []byte) error {
		require.Contains(t, string(record), `"eventName":"`+name+`"`)
		n++
		return nil
	})
	return n, err
}

// TestNamedReadsAllPages asks a stand-in that allows little more than the pace has.
func TestNamedReadsAllPages(t *testing.T) {
	s, c := start(t, cloud.Large(time.Now(), 1, 120, 2), cloud.LookupRate(20, 2))
	names, err := Regions(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, []string{"us-east-1", "us-east-2"}, names)
	h := New(c, "us-east-2", 60*time.Millisecond)
	any, err := h.Control(t.Context(), week())
	require.NoError(t, err)
	require.Equal(t, 50, any)
	n, err := read(t, h, "DeleteTrail")
	require.NoError(t, err)
	require.Equal(t, 120, n)
	require.Equal(t, 4, s.Count(cloud.Call{Operation: "cloudtrail:LookupEvents", Region: "us-east-2"}))
	require.Zero(t, s.Count(cloud.Call{Error: "ThrottlingException"}))
}

func TestNamedTellsThatThereIsMore(t *testing.T) {
	w := cloud.Large(time.Now(), 1, 120, 1)
	w.Account(cloud.Production).Faults = []cloud.Fault{{Operation: "cloudtrail:LookupEvents", After: 2, With: cloud.Denied}}
	_, c := start(t, w, cloud.LookupRate(1000, 1000))
	n, err := read(t, New(c, "us-east-1", time.Millisecond), "DeleteTrail")
	require.ErrorContains(t, err, "AccessDeniedException")
	require.Equal(t, 100, n)
}

func TestNamedRefuses(t *testing.T) {
	for name, c := range map[string]struct{ answer, want string }{
		"no list":       {`{}`, "the answer has no list of events"},
		"another name":  {`{"Events": [{"EventName": "X"}]}`, `asked for DeleteTrail, the answer has "X"`},
		"no record":     {`{"Events": [{"EventName": "DeleteTrail", "EventId": "1"}]}`, "event 1: empty"},
		"going nowhere": {`{"Events": [], "NextToken": "a"}`, "the answer's NextToken is the one that asked for it"},
	} {
		t.Run(name, func(t *testing.T) {
			w := cloud.Clean(time.Now())
			w.Account(cloud.Production).Faults = []cloud.Fault{{Do: fault.Answer(200, c.answer)}}
			_, config := start(t, w)
			err := New(config, "us-gov-west-1", time.Millisecond).Named(t.Context(), "DeleteTrail", week(), func(record []byte) error {
				if len(record) == 0 {
					return errors.New("empty")
				}
				return nil
			})
			require.EqualError(t, err, c.want)
		})
	}
}

func TestDeadlineIsTold(t *testing.T) {
	_, c := start(t, cloud.Clean(time.Now()))
	h := New(c, "us-gov-west-1", time.Hour)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := h.Control(ctx, week())
	require.NoError(t, err)
	_, err = h.Control(ctx, week())
	require.ErrorContains(t, err, "wait for a turn")
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
