package cloud_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

func TestRegions(t *testing.T) {
	_, c := start(t, account(func(a *cloud.Account) { a.Regions = []string{"us-east-1", "us-west-2", "eu-south-1"} }))
	regions := func(ask *ec2.DescribeRegionsInput) map[string]string {
		out, err := ec2.NewFromConfig(c).DescribeRegions(t.Context(), ask)
		require.NoError(t, err)
		found := map[string]string{}
		for _, r := range out.Regions {
			require.Equal(t, "ec2."+*r.RegionName+".amazonaws.com", *r.Endpoint)
			found[*r.RegionName] = *r.OptInStatus
		}
		return found
	}
	require.Equal(t, map[string]string{
		"us-east-1": "opt-in-not-required", "us-west-2": "opt-in-not-required", "eu-south-1": "opted-in",
	}, regions(nil))
	all := regions(&ec2.DescribeRegionsInput{AllRegions: aws.Bool(true)})
	require.Len(t, all, 27)
	require.Equal(t, "not-opted-in", all["af-south-1"])
	require.Equal(t, map[string]string{"us-west-2": "opt-in-not-required"}, regions(&ec2.DescribeRegionsInput{RegionNames: []string{"us-west-2", "af-south-1"}}))

	_, err := ec2.NewFromConfig(c).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{RegionNames: []string{"us-gov-west-1"}})
	refused(t, err, "InvalidParameterValue", 400)
}
