package cloud_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// who lists, for a name of event, the user name that the checklist's reader sees.
func who(t *testing.T, world cloud.World, name string) []string {
	t.Helper()
	_, c := start(t, world, thatTime, unpaced)
	var names []string
	for _, region := range []string{"us-gov-west-1", "us-gov-east-1"} {
		out, err := cloudtrail.NewFromConfig(in(c, region)).LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{
			LookupAttributes: by(types.LookupAttributeKeyEventName, name)})
		require.NoError(t, err)
		for _, e := range out.Events {
			names = append(names, *e.Username)
		}
	}
	return names
}

func TestMorningAndClean(t *testing.T) {
	require.Equal(t, []string{"jane.doe", "sam.lee@agency.example", "maria.garcia", "john.smith"}, who(t, cloud.Clean(morning), "ConsoleLogin"))
	require.Equal(t, []string{
		"Administrator", "jane.doe", "jane.doe", "HIDDEN_DUE_TO_SECURITY_REASONS", "root", "sam.lee@agency.example", "maria.garcia", "john.smith",
	}, who(t, cloud.Morning(morning), "ConsoleLogin"))

	require.Equal(t, []string{cloud.TerraformInstance}, who(t, cloud.Clean(morning), "AuthorizeSecurityGroupIngress"))
	require.Equal(t, []string{cloud.TerraformInstance, "alex.kim"}, who(t, cloud.Morning(morning), "AuthorizeSecurityGroupIngress"))
	require.Equal(t, []string{"s3-broker"}, who(t, cloud.Morning(morning), "PutUserPolicy"))
	require.Empty(t, who(t, cloud.Clean(morning), "DeleteTrail"))
	require.Regexp(t, `^aws-go-sdk-\d{19}$`, who(t, cloud.Morning(morning), "ModifyVpcAttribute")[0])
}

// TestWorldsAreTheSameWheneverWritten keeps event IDs, by which exceptions name
// an event, from one run to the next.
func TestWorldsAreTheSameWheneverWritten(t *testing.T) {
	first, err := cloud.Morning(morning).Accounts[0].Records()
	require.NoError(t, err)
	again, err := cloud.Morning(morning).Accounts[0].Records()
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Len(t, first, 22)
}

func TestLarge(t *testing.T) {
	began := time.Now()
	world := cloud.Large(morning, 5000, 150, 4)
	_, c := start(t, world, thatTime, unpaced)
	t.Logf("5,000 users and %d events ready in %v", len(world.Accounts[0].Events), time.Since(began))
	require.Len(t, world.Accounts[0].Users, 5000)
	require.Len(t, world.Accounts[0].Regions, 4)
	for _, region := range world.Accounts[0].Regions {
		for _, name := range append(cloud.ChangeNames(), "ConsoleLogin") {
			ids, err := scan(t, in(c, region), &cloudtrail.LookupEventsInput{LookupAttributes: by(types.LookupAttributeKeyEventName, name)})
			require.NoError(t, err)
			require.Len(t, ids, 150)
		}
	}
	records, err := world.Accounts[0].Records()
	require.NoError(t, err)
	var oldest struct{ EventTime time.Time }
	require.NoError(t, json.Unmarshal(records[len(records)-1], &oldest))
	require.Less(t, morning.Sub(oldest.EventTime), 6*24*time.Hour)
}
