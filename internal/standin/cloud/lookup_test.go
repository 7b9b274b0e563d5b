package cloud_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

var (
	morning  = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	unpaced  = cloud.LookupRate(1e6, 1e6)
	thatTime = cloud.Clock(clock(morning).now)
)

// scan reads a lookup to its end and names each event by its ID.
func scan(t *testing.T, c aws.Config, ask *cloudtrail.LookupEventsInput) ([]string, error) {
	t.Helper()
	var ids []string
	var before time.Time
	for pages := cloudtrail.NewLookupEventsPaginator(cloudtrail.NewFromConfig(c), ask); pages.HasMorePages(); {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			return ids, err
		}
		for _, e := range page.Events {
			require.True(t, before.IsZero() || !e.EventTime.After(before), "newest first")
			before = *e.EventTime
			ids = append(ids, *e.EventId)
		}
	}
	return ids, nil
}

func by(key types.LookupAttributeKey, value string) []types.LookupAttribute {
	return []types.LookupAttribute{{AttributeKey: key, AttributeValue: aws.String(value)}}
}

// logins are so many events, a minute apart, the newest a minute old.
func logins(n int) cloud.World {
	return account(func(a *cloud.Account) {
		for i := range n {
			e := cloud.ConsoleLogin(cloud.Person("jane.doe"), morning.Add(-time.Duration(i+1)*time.Minute))
			e.ID = fmt.Sprintf("login-%03d", i+1)
			a.Events = append(a.Events, e)
		}
	})
}

func TestLookupComesInPagesNewestFirst(t *testing.T) {
	s, c := start(t, logins(120), thatTime, unpaced)
	for most, calls := range map[int32]int{0: 3, 1: 120, 7: 18, 40: 3, 50: 3} {
		ask := &cloudtrail.LookupEventsInput{}
		if most > 0 {
			ask.MaxResults = aws.Int32(most)
		}
		before := s.Count(cloud.Call{})
		ids, err := scan(t, c, ask)
		require.NoError(t, err)
		require.Len(t, ids, 120)
		require.Equal(t, "login-001", ids[0])
		require.True(t, slices.IsSorted(ids))
		require.Equal(t, calls, s.Count(cloud.Call{})-before, "MaxResults %d", most)
	}
}

func TestLookupWindowIsInclusive(t *testing.T) {
	world := logins(5)
	world.Accounts[0].Events = append(world.Accounts[0].Events,
		cloud.Event{ID: "90 days", Name: "ConsoleLogin", Time: morning.Add(-90 * 24 * time.Hour)},
		cloud.Event{ID: "older", Name: "ConsoleLogin", Time: morning.Add(-90*24*time.Hour - time.Second)},
		cloud.Event{ID: "tomorrow", Name: "ConsoleLogin", Time: morning.Add(24 * time.Hour)})
	_, c := start(t, world, thatTime, unpaced)
	ago := func(d time.Duration) *time.Time { return aws.Time(morning.Add(-d)) }
	for name, w := range map[string]struct {
		from, to *time.Time
		want     []string
	}{
		"all":             {nil, nil, []string{"login-001", "login-002", "login-003", "login-004", "login-005", "90 days"}},
		"both ends":       {ago(4 * time.Minute), ago(2 * time.Minute), []string{"login-002", "login-003", "login-004"}},
		"one second":      {ago(2 * time.Minute), ago(2 * time.Minute), []string{"login-002"}},
		"not before":      {ago(2*time.Minute - time.Second), nil, []string{"login-001"}},
		"not after":       {nil, ago(5*time.Minute + time.Second), []string{"90 days"}},
		"longer than all": {ago(400 * 24 * time.Hour), nil, []string{"login-001", "login-002", "login-003", "login-004", "login-005", "90 days"}},
	} {
		ids, err := scan(t, c, &cloudtrail.LookupEventsInput{StartTime: w.from, EndTime: w.to})
		require.NoError(t, err)
		require.Equal(t, w.want, ids, name)
	}
}

func TestLookupAttributes(t *testing.T) {
	login := cloud.ConsoleLogin(cloud.Person("jane.doe"), morning.Add(-time.Hour))
	change := cloud.Terraform("CreateSecurityGroup", morning.Add(-2*time.Hour))
	key := cloud.Change("PutUserPolicy", cloud.Script("s3-broker", "AKIABROKEREXAMPLE"), morning.Add(-3*time.Hour))
	reading := cloud.Read("ec2.amazonaws.com", "DescribeVpcs", cloud.Service("config.amazonaws.com"), morning.Add(-4*time.Hour))
	login.ID, change.ID, key.ID, reading.ID = "login", "change", "key", "reading"
	_, c := start(t, account(func(a *cloud.Account) { a.Events = []cloud.Event{login, change, key, reading} }), thatTime, unpaced)
	for _, l := range []struct {
		key   types.LookupAttributeKey
		value string
		want  []string
	}{
		{types.LookupAttributeKeyEventId, "key", []string{"key"}},
		{types.LookupAttributeKeyEventName, "ConsoleLogin", []string{"login"}},
		{types.LookupAttributeKeyEventName, "consolelogin", nil},
		{types.LookupAttributeKeyReadOnly, "false", []string{"login", "change", "key"}},
		{types.LookupAttributeKeyReadOnly, "true", []string{"reading"}},
		{types.LookupAttributeKeyUsername, cloud.TerraformInstance, []string{"change"}},
		{types.LookupAttributeKeyEventSource, "ec2.amazonaws.com", []string{"change", "reading"}},
		{types.LookupAttributeKeyAccessKeyId, "AKIABROKEREXAMPLE", []string{"key"}},
		{types.LookupAttributeKeyResourceType, "AWS::EC2::VPC", []string{"change"}},
		{types.LookupAttributeKeyResourceName, "s3-broker", []string{"key"}},
	} {
		ids, err := scan(t, c, &cloudtrail.LookupEventsInput{LookupAttributes: by(l.key, l.value)})
		require.NoError(t, err)
		require.Equal(t, l.want, ids, "%s=%s", l.key, l.value)
	}
	none, err := scan(t, c, &cloudtrail.LookupEventsInput{EventCategory: types.EventCategoryInsight})
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestLookupRefuses(t *testing.T) {
	_, c := start(t, logins(60), thatTime, unpaced)
	first, err := cloudtrail.NewFromConfig(c).LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{LookupAttributes: by(types.LookupAttributeKeyEventName, "ConsoleLogin")})
	require.NoError(t, err)
	require.NotNil(t, first.NextToken)

	for code, asks := range map[string][]*cloudtrail.LookupEventsInput{
		"InvalidMaxResultsException": {{MaxResults: aws.Int32(0)}, {MaxResults: aws.Int32(51)}},
		"InvalidTimeRangeException":  {{StartTime: aws.Time(morning), EndTime: aws.Time(morning.Add(-time.Second))}},
		"InvalidLookupAttributesException": {
			{LookupAttributes: append(by(types.LookupAttributeKeyEventName, "a"), by(types.LookupAttributeKeyEventName, "b")...)},
			{LookupAttributes: by("AwsRegion", "us-east-1")},
			{LookupAttributes: by(types.LookupAttributeKeyEventName, "")},
		},
		"InvalidEventCategoryException": {{EventCategory: "data"}},
		"InvalidNextTokenException": {
			{NextToken: first.NextToken},
			{NextToken: first.NextToken, LookupAttributes: by(types.LookupAttributeKeyEventName, "DeleteTrail")},
			{NextToken: first.NextToken, LookupAttributes: by(types.LookupAttributeKeyEventName, "ConsoleLogin"), StartTime: aws.Time(morning.Add(-time.Hour))},
			{NextToken: first.NextToken, LookupAttributes: by(types.LookupAttributeKeyEventName, "ConsoleLogin"), MaxResults: aws.Int32(10)},
			{NextToken: aws.String("")},
			{NextToken: aws.String("bm90IGEgdG9rZW4gb2YgdGhpcyBzZXJ2ZXIsIGJ1dCBvZiBpdHMgbGVuZ3Ro")},
		},
	} {
		for _, ask := range asks {
			_, err := cloudtrail.NewFromConfig(c).LookupEvents(t.Context(), ask)
			refused(t, err, code, 400)
		}
	}
	_, err = cloudtrail.NewFromConfig(in(c, "us-west-2")).LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{
		NextToken: first.NextToken, LookupAttributes: by(types.LookupAttributeKeyEventName, "ConsoleLogin")})
	refused(t, err, "InvalidNextTokenException", 400)
}

func TestLookupIsLimitedPerAccountAndRegion(t *testing.T) {
	now := clock(morning)
	s, c := start(t, logins(1), cloud.Clock(now.now))
	look := func(region string) error {
		_, err := cloudtrail.NewFromConfig(in(c, region)).LookupEvents(t.Context(), nil)
		return err
	}
	require.NoError(t, look("us-east-1"))
	require.NoError(t, look("us-east-1"))
	refused(t, look("us-east-1"), "ThrottlingException", 400)
	require.NoError(t, look("us-west-2"), "each region has its own quota")

	now.pass(500 * time.Millisecond)
	require.NoError(t, look("us-east-1"))
	refused(t, look("us-east-1"), "ThrottlingException", 400)
	now.pass(time.Minute)
	require.NoError(t, look("us-east-1"))
	require.NoError(t, look("us-east-1"))
	refused(t, look("us-east-1"), "ThrottlingException", 400)
	require.Equal(t, 3, s.Count(cloud.Call{Operation: "cloudtrail:LookupEvents", Error: "ThrottlingException"}))
}

func TestEventsThatArriveLate(t *testing.T) {
	now := clock(morning)
	world := logins(3)
	late := cloud.ConsoleLogin(cloud.Person("john.smith"), morning.Add(-90*time.Second)).Late(10 * time.Minute)
	late.ID = "late"
	world.Accounts[0].Events = append(world.Accounts[0].Events, late)
	_, c := start(t, world, cloud.Clock(now.now), unpaced)
	ids, err := scan(t, c, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"login-001", "login-002", "login-003"}, ids)

	now.pass(10*time.Minute - 90*time.Second)
	ids, err = scan(t, c, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"login-001", "late", "login-002", "login-003"}, ids, "by when it happened, not by when it arrived")
}

func TestEventsThatAppearDuringAScan(t *testing.T) {
	s, c := start(t, logins(4), thatTime, unpaced)
	pages := cloudtrail.NewLookupEventsPaginator(cloudtrail.NewFromConfig(c), &cloudtrail.LookupEventsInput{MaxResults: aws.Int32(2)})
	first, err := pages.NextPage(t.Context())
	require.NoError(t, err)
	require.Len(t, first.Events, 2)
	s.Update(func(w *cloud.World) {
		for id, at := range map[string]time.Duration{"newer": time.Second, "older": 150 * time.Second} {
			e := cloud.ConsoleLogin(cloud.Person("john.smith"), morning.Add(-at))
			e.ID = id
			w.Accounts[0].Events = append(w.Accounts[0].Events, e)
		}
	})
	second, err := pages.NextPage(t.Context())
	require.NoError(t, err)
	require.Equal(t, "older", *second.Events[0].EventId)
	require.Equal(t, "login-003", *second.Events[1].EventId)
	third, err := pages.NextPage(t.Context())
	require.NoError(t, err)
	require.Equal(t, "login-004", *third.Events[0].EventId)
	require.False(t, pages.HasMorePages())
}

func TestEventsThatAreListedTwice(t *testing.T) {
	world := logins(3)
	world.Accounts[0].Events[1] = world.Accounts[0].Events[1].Twice()
	_, c := start(t, world, thatTime, unpaced)
	for _, most := range []int32{1, 2, 50} {
		ids, err := scan(t, c, &cloudtrail.LookupEventsInput{MaxResults: aws.Int32(most)})
		require.NoError(t, err)
		require.Equal(t, []string{"login-001", "login-002", "login-002", "login-003"}, ids)
	}
}

func TestOnlyManagementEventsAreInTheHistory(t *testing.T) {
	world := logins(4)
	events := world.Accounts[0].Events
	events[0] = events[0].Set("managementEvent", false)
	events[1] = events[1].Set("eventCategory", "Data")
	events[2] = events[2].Set("managementEvent", "true").Set("eventCategory", nil)
	_, c := start(t, world, thatTime)
	ids, err := scan(t, c, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"login-003", "login-004"}, ids)
}

func TestFaultsStrikeWhereTheyAreToldTo(t *testing.T) {
	world := logins(250)
	world.Accounts[0].Faults = []cloud.Fault{
		{Operation: "cloudtrail:LookupEvents", Region: "us-west-2", With: cloud.Denied},
		{Operation: "cloudtrail:LookupEvents", Region: "us-east-1", After: 2, Times: 1, With: cloud.Internal},
	}
	s, c := start(t, world, thatTime, unpaced)
	ids, err := scan(t, c, nil)
	refused(t, err, "InternalFailure", 500)
	require.Len(t, ids, 100, "two pages, then it broke")
	ids, err = scan(t, c, nil)
	require.NoError(t, err)
	require.Len(t, ids, 250)

	_, err = scan(t, in(c, "us-west-2"), nil)
	refused(t, err, "AccessDeniedException", 400)
	require.ErrorContains(t, err, "User: arn:aws:iam::123456789012:user/checklist is not authorized to perform: cloudtrail:LookupEvents")
	require.NoError(t, ask["iam"](t, in(c, "us-west-2")))
	require.Equal(t, 1, s.Count(cloud.Call{Error: "AccessDeniedException"}))
}

func TestFaultsOfTheTransport(t *testing.T) {
	world := logins(60)
	world.Accounts[0].Faults = []cloud.Fault{{Operation: "cloudtrail:LookupEvents", After: 1, Do: fault.Truncate(100)}}
	_, c := start(t, world, thatTime, unpaced)
	ids, err := scan(t, c, nil)
	require.ErrorContains(t, err, "unexpected EOF")
	require.Len(t, ids, 50)
}

func TestBothTargetsOfLookupEvents(t *testing.T) {
	s, _ := start(t, logins(1), thatTime)
	for _, target := range []string{"CloudTrail_20131101.LookupEvents", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents"} {
		status, answer := post(t, s.URL(), "{}", map[string]string{"X-Amz-Target": target, "Authorization": sign("us-east-1", "cloudtrail")})
		require.Equal(t, 200, status)
		require.Contains(t, answer, `"EventId":"login-001"`)
		require.Contains(t, answer, `"ReadOnly":"false"`)
		require.NotContains(t, answer, "NextToken")
	}
}
