package cloud_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// start runs a server and configures the SDK to be the Reader of its first account,
// by environment variables alone, as a binary is.
func start(t *testing.T, world cloud.World, options ...cloud.Option) (*cloud.Server, aws.Config) {
	t.Helper()
	s := cloud.New(world, append([]cloud.Option{cloud.Latency(0)}, options...)...)
	t.Cleanup(s.Close)
	return s, configure(t, s.Env(world.Accounts[0].ID, cloud.Reader))
}

func configure(t *testing.T, env []string) aws.Config {
	t.Helper()
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	c, err := config.LoadDefaultConfig(t.Context(), config.WithRetryer(func() aws.Retryer { return aws.NopRetryer{} }))
	require.NoError(t, err)
	c.HTTPClient = plainBody{}
	return c
}

// plainBody sends a request without its body's WriteTo, for which the SDK would
// now and then break the connection to a quick server: see Latency.
type plainBody struct{}

func (plainBody) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		r.Body = struct{ io.ReadCloser }{r.Body}
	}
	return http.DefaultClient.Do(r)
}

// in is the same configuration in another region.
func in(c aws.Config, region string) aws.Config {
	c = c.Copy()
	c.Region = region
	return c
}

// account is a commercial account with the Reader in it, to add to.
func account(change ...func(*cloud.Account)) cloud.World {
	a := cloud.Account{ID: "123456789012", Users: []cloud.User{{Name: cloud.Reader, Keys: []cloud.AccessKey{{ID: "AKIAREADEREXAMPLE"}}}}}
	for _, c := range change {
		c(&a)
	}
	return cloud.World{Accounts: []cloud.Account{a}}
}

// ticker is a clock that only a test moves.
type ticker struct{ at atomic.Pointer[time.Time] }

func clock(at time.Time) *ticker { t := &ticker{}; t.at.Store(&at); return t }

func (t *ticker) now() time.Time { return *t.at.Load() }

func (t *ticker) pass(d time.Duration) { later := t.now().Add(d); t.at.Store(&later) }

// refused holds an error to the code and the HTTP status that AWS answers.
func refused(t *testing.T, err error, code string, status int) {
	t.Helper()
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, code, api.ErrorCode(), api.ErrorMessage())
	var response *smithyhttp.ResponseError
	require.ErrorAs(t, err, &response)
	require.Equal(t, status, response.HTTPStatusCode())
}

func TestServerStandsForTheWorldOfTheMoment(t *testing.T) {
	s, c := start(t, account())
	before, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "arn:aws:iam::123456789012:user/checklist", *before.Arn)

	s.Update(func(w *cloud.World) { w.Account("123456789012").User(cloud.Reader).Path = "/service/" })
	after, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "arn:aws:iam::123456789012:user/service/checklist", *after.Arn)
	require.Equal(t, before.UserId, after.UserId)
}

func TestServersDoNotShareAWorld(t *testing.T) {
	world := account()
	changed := cloud.New(world)
	defer changed.Close()
	changed.Update(func(w *cloud.World) { w.Accounts[0].User(cloud.Reader).Keys[0].Inactive = true })

	_, c := start(t, world)
	_, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
}

func TestCounts(t *testing.T) {
	s, c := start(t, account())
	for _, region := range []string{"us-east-1", "us-east-1", "us-west-2"} {
		_, err := sts.NewFromConfig(in(c, region)).GetCallerIdentity(t.Context(), nil)
		require.NoError(t, err)
	}
	const op = "sts:GetCallerIdentity"
	require.Equal(t, 3, s.Count(cloud.Call{}))
	require.Equal(t, 2, s.Count(cloud.Call{Operation: op, Region: "us-east-1"}))
	require.Equal(t, 0, s.Count(cloud.Call{Operation: op, Account: "999999999999"}))
	require.Equal(t, map[cloud.Call]int{
		{Operation: op, Account: "123456789012", Region: "us-east-1"}: 2,
		{Operation: op, Account: "123456789012", Region: "us-west-2"}: 1,
	}, s.Calls())
}

func TestListenAndWrap(t *testing.T) {
	gate := &fault.Gate{}
	gate.Inject(fault.Fault{Times: 1, Do: fault.Reset})
	s, c := start(t, account(), cloud.Listen("0.0.0.0:0"), cloud.Wrap(gate.Wrap))
	_, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), nil)
	require.Error(t, err)
	_, err = sts.NewFromConfig(c).GetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, gate.Requests(), 2)
	require.Equal(t, 1, s.Count(cloud.Call{}))
}

func TestWorldsThatContradictThemselves(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*cloud.Account)
		says   string
	}{
		"account ID":       {func(a *cloud.Account) { a.ID = "1" }, `account ID "1" is not twelve digits`},
		"partition":        {func(a *cloud.Account) { a.Partition = "aws-mars" }, `no partition "aws-mars"`},
		"region":           {func(a *cloud.Account) { a.Regions = []string{"us-gov-west-1"} }, `no region "us-gov-west-1" in aws`},
		"two users":        {func(a *cloud.Account) { a.Users = append(a.Users, cloud.User{Name: "Checklist"}) }, `"123456789012 user checklist"`},
		"two keys":         {func(a *cloud.Account) { a.Sessions = []cloud.Session{{KeyID: "AKIAREADEREXAMPLE"}} }, `"AKIAREADEREXAMPLE" is the access key of checklist and the session`},
		"key without ID":   {func(a *cloud.Account) { a.Root.Keys = []cloud.AccessKey{{}} }, "access key of root of 123456789012 has no ID"},
		"event without ID": {func(a *cloud.Account) { a.Events = []cloud.Event{{Record: `{"eventTime":"2026-01-01T00:00:00Z"}`}} }, "no eventID"},
		"no record":        {func(a *cloud.Account) { a.Events = []cloud.Event{{Record: `[]`}} }, "cannot unmarshal array"},
		"two events": {func(a *cloud.Account) {
			e := cloud.ConsoleLogin(cloud.Person("jane.doe"), time.Now())
			a.Events = []cloud.Event{e, e}
		}, "say Twice"},
		"event elsewhere": {func(a *cloud.Account) {
			a.Events = []cloud.Event{cloud.ConsoleLogin(cloud.RootUser(), time.Now()).In("us-gov-west-1")}
		}, "us-gov-west-1, which is not enabled"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() { require.ErrorContains(t, errors.New(recover().(string)), c.says) }()
			cloud.New(account(c.change)).Close()
		})
	}
}

// post sends a request that no SDK would.
func post(t *testing.T, url, body string, header map[string]string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(text)
}
