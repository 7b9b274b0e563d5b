package cloud_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// start runs a server and makes this process its account's first key.
func start(t *testing.T, world cloud.World, options ...cloud.Option) (*cloud.Server, aws.Config) {
	t.Helper()
	s := cloud.New(world, options...)
	t.Cleanup(s.Close)
	return s, configure(t, s.Env(world.Accounts[0].ID, "checklist"))
}

// configure loads the SDK's configuration from an environment, as a binary does.
func configure(t *testing.T, env []string) aws.Config {
	t.Helper()
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	c, err := config.LoadDefaultConfig(t.Context())
	require.NoError(t, err)
	return c
}

func TestSmoke(t *testing.T) {
	now := time.Now()
	s, c := start(t, cloud.Morning(now))
	ctx := context.Background()
	id, err := sts.NewFromConfig(c).GetCallerIdentity(ctx, nil)
	require.NoError(t, err)
	t.Log(*id.Arn)
	users, err := iam.NewFromConfig(c).ListUsers(ctx, nil)
	require.NoError(t, err)
	t.Log(len(users.Users), users.IsTruncated)
	sum, err := iam.NewFromConfig(c).GetAccountSummary(ctx, nil)
	require.NoError(t, err)
	t.Log(sum.SummaryMap)
	v, err := iam.NewFromConfig(c).ListVirtualMFADevices(ctx, &iam.ListVirtualMFADevicesInput{})
	require.NoError(t, err)
	t.Log(len(v.VirtualMFADevices))
	r, err := ec2.NewFromConfig(c).DescribeRegions(ctx, nil)
	require.NoError(t, err)
	for _, x := range r.Regions {
		t.Log(*x.RegionName, *x.OptInStatus)
	}
	e, err := cloudtrail.NewFromConfig(c).LookupEvents(ctx, nil)
	require.NoError(t, err)
	for _, x := range e.Events {
		t.Log(*x.EventTime, *x.EventName, aws.ToString(x.Username), *x.CloudTrailEvent)
	}
	t.Log(s.Calls())
}
