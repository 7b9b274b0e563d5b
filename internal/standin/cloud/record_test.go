package cloud_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// write is the record of one event in the account of Clean.
func write(t *testing.T, e cloud.Event) map[string]any {
	t.Helper()
	a := cloud.Clean(morning).Accounts[0]
	a.Events = []cloud.Event{e}
	records, err := a.Records()
	require.NoError(t, err)
	require.Len(t, records, 1)
	var record map[string]any
	require.NoError(t, json.Unmarshal(records[0], &record))
	return record
}

// field reads a record by a path such as "userIdentity.sessionContext".
func field(record any, path string) any {
	for _, step := range strings.Split(path, ".") {
		object, _ := record.(map[string]any)
		record = object[step]
	}
	return record
}

func TestIdentities(t *testing.T) {
	const sts = "arn:aws-us-gov:sts::111122223333:assumed-role/"
	for name, c := range map[string]struct {
		who   cloud.Identity
		login bool
		want  map[string]any // nil: the field is not there
	}{
		"a person's login": {cloud.Person("jane.doe"), true, map[string]any{
			"type": "IAMUser", "userName": "jane.doe", "arn": "arn:aws-us-gov:iam::111122223333:user/jane.doe", "accessKeyId": "", "sessionContext": nil}},
		"a person at the console": {cloud.Person("jane.doe"), false, map[string]any{
			"userName": "jane.doe", "sessionContext.attributes.mfaAuthenticated": "true", "sessionContext.sessionIssuer": nil}},
		"a script": {cloud.Script("s3-broker", "AKIABROKEREXAMPLE"), false, map[string]any{
			"type": "IAMUser", "arn": "arn:aws-us-gov:iam::111122223333:user/service/s3-broker", "accessKeyId": "AKIABROKEREXAMPLE", "sessionContext": nil}},
		"a name that does not exist": {cloud.Nobody(), true, map[string]any{
			"type": "IAMUser", "userName": "HIDDEN_DUE_TO_SECURITY_REASONS", "principalId": nil, "arn": nil}},
		"root": {cloud.RootUser(), true, map[string]any{
			"type": "Root", "principalId": "111122223333", "arn": "arn:aws-us-gov:iam::111122223333:root", "userName": nil, "accessKeyId": ""}},
		"an instance": {cloud.Instance("terraform", "i-17deadbeef1234567"), false, map[string]any{
			"type": "AssumedRole", "arn": sts + "terraform/i-17deadbeef1234567", "sessionContext.ec2RoleDelivery": "2.0",
			"sessionContext.sessionIssuer.arn": "arn:aws-us-gov:iam::111122223333:role/terraform", "sessionContext.sessionIssuer.userName": "terraform"}},
		"a chained role": {cloud.RoleSession("deploy", "aws-go-sdk-1795407302000000000"), false, map[string]any{
			"arn": sts + "deploy/aws-go-sdk-1795407302000000000", "sessionContext.ec2RoleDelivery": nil}},
		"single sign-on": {cloud.SSO("Operator", "sam.lee@agency.example"), true, map[string]any{
			"type": "AssumedRole", "arn": sts + "AWSReservedSSO_Operator_0123456789abcdef/sam.lee@agency.example", "accessKeyId": nil,
			"sessionContext.sessionIssuer.arn": "arn:aws-us-gov:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Operator_0123456789abcdef"}},
		"federated": {cloud.Federated("jane.doe"), false, map[string]any{
			"type": "FederatedUser", "principalId": "111122223333:jane.doe", "arn": "arn:aws-us-gov:sts::111122223333:federated-user/jane.doe",
			"sessionContext.sessionIssuer.type": "IAMUser"}},
		"identity center": {cloud.IdentityCenter("jane.doe"), true, map[string]any{
			"type": "IdentityCenterUser", "userName": nil, "principalId": nil, "onBehalfOf.identityStoreArn": "arn:aws-us-gov:identitystore::111122223333:identitystore/d-9067000000"}},
		"a service":      {cloud.Service("autoscaling.amazonaws.com"), false, map[string]any{"type": "AWSService", "invokedBy": "autoscaling.amazonaws.com", "accountId": nil}},
		"an unknown one": {cloud.Identity{Type: "Robot"}, false, map[string]any{"type": "Robot", "accountId": "111122223333"}},
	} {
		t.Run(name, func(t *testing.T) {
			event := cloud.Change("CreatePolicy", c.who, morning)
			if c.login {
				event = cloud.ConsoleLogin(c.who, morning)
			}
			record := write(t, event)
			for path, want := range c.want {
				require.Equal(t, want, field(record, "userIdentity."+path), path)
			}
			key, _ := field(record, "userIdentity.accessKeyId").(string)
			session := field(record, "userIdentity.sessionContext")
			require.Equal(t, session != nil && !c.login, strings.HasPrefix(key, "ASIA"), "a session's key is temporary")
			if kind := field(record, "userIdentity.type"); kind == "AssumedRole" {
				require.Regexp(t, `^AROA[A-Z2-7]{17}:`+c.who.Name+`$`, field(record, "userIdentity.principalId"))
			}
		})
	}
}

func TestLogins(t *testing.T) {
	for name, c := range map[string]struct {
		event cloud.Event
		want  map[string]any
	}{
		"with MFA":      {cloud.ConsoleLogin(cloud.Person("jane.doe"), morning), map[string]any{"responseElements.ConsoleLogin": "Success", "additionalEventData.MFAUsed": "Yes", "errorMessage": nil}},
		"without":       {cloud.ConsoleLogin(cloud.Person("jane.doe").WithoutMFA(), morning), map[string]any{"additionalEventData.MFAUsed": "No"}},
		"a role has no": {cloud.ConsoleLogin(cloud.SSO("Operator", "jane.doe"), morning), map[string]any{"additionalEventData.MFAUsed": "No"}},
		"its name":      {cloud.ConsoleLogin(cloud.IdentityCenter("jane.doe"), morning), map[string]any{"additionalEventData.UserName": "jane.doe"}},
		"failed":        {cloud.FailedLogin(cloud.RootUser(), morning), map[string]any{"responseElements.ConsoleLogin": "Failure", "errorMessage": "Failed authentication"}},
		"unknown":       {cloud.FailedLogin(cloud.Nobody(), morning), map[string]any{"errorMessage": "No username found in supplied account"}},
		"always": {cloud.ConsoleLogin(cloud.RootUser(), morning).From(cloud.Outside).In("us-gov-east-1").With("curl"), map[string]any{
			"eventVersion": "1.11", "eventTime": "2026-11-23T06:00:00Z", "eventSource": "signin.amazonaws.com", "eventType": "AwsConsoleSignIn", "awsRegion": "us-gov-east-1",
			"sourceIPAddress": cloud.Outside, "userAgent": "curl", "requestParameters": nil, "readOnly": false, "managementEvent": true, "recipientAccountId": cloud.Production}},
	} {
		record := write(t, c.event)
		for path, want := range c.want {
			require.Equal(t, want, field(record, path), "%s: %s", name, path)
		}
	}
}

func TestChanges(t *testing.T) {
	require.Len(t, cloud.ChangeNames(), 11)
	for _, name := range cloud.ChangeNames() {
		record := write(t, cloud.Terraform(name, morning))
		require.Equal(t, name, record["eventName"])
		require.Equal(t, cloud.TerraformAddress, record["sourceIPAddress"])
		require.Regexp(t, `^(ec2|iam|cloudtrail)\.amazonaws\.com$`, record["eventSource"])
		require.NotEmpty(t, record["requestParameters"])
		require.Equal(t, false, record["readOnly"])
	}
	chained := write(t, cloud.Chained("CreatePolicy", morning))
	require.Regexp(t, `:aws-go-sdk-\d{19}$`, field(chained, "userIdentity.principalId"))
	require.PanicsWithValue(t, "cloud: Change has no RunInstances, only "+strings.Join(cloud.ChangeNames(), ", "), func() {
		cloud.Change("RunInstances", cloud.RootUser(), morning)
	})
}

func TestIAMIsRecordedInOneRegion(t *testing.T) {
	a := cloud.Account{ID: cloud.Production, Regions: []string{"us-west-2", "us-east-1"}}
	a.Events = []cloud.Event{cloud.Terraform("CreatePolicy", morning), cloud.Terraform("UpdateTrail", morning)}
	records, err := a.Records()
	require.NoError(t, err)
	require.Contains(t, string(records[0]), `"awsRegion":"us-east-1"`)
	require.Contains(t, string(records[1]), `"awsRegion":"us-west-2"`)
}

func TestWhatWasDifferent(t *testing.T) {
	event := cloud.Terraform("CreatePolicy", morning).Through("vpce-0a1b2c3d4e5f60718", "10.9.8.7").Failed("AccessDenied", "no").
		Set("userIdentity.type", "Robot").Set("userIdentity.accessKeyId", nil).Set("eventVersion", "2.0")
	record := write(t, event)
	require.Equal(t, "vpce-0a1b2c3d4e5f60718", record["vpcEndpointId"])
	require.Equal(t, "10.9.8.7", record["sourceIPAddress"])
	require.Equal(t, "AccessDenied", record["errorCode"])
	require.Nil(t, record["responseElements"])
	require.Equal(t, "2.0", record["eventVersion"])
	require.Equal(t, "Robot", field(record, "userIdentity.type"))
	require.NotContains(t, record["userIdentity"], "accessKeyId")

	require.Equal(t, "here", write(t, cloud.Event{Record: `{"any":"thing"}`}.Set("any", "here"))["any"])
	a := cloud.Account{ID: cloud.Production, Events: []cloud.Event{cloud.Event{Record: `{"any":"thing"}`}.Set("any.thing", 1)}}
	_, err := a.Records()
	require.ErrorContains(t, err, "set any.thing: any is not an object")
}

// TestRecordsLookLikeRealOnes holds the fields that the constructors write to
// those of real records, where some are at hand.
func TestRecordsLookLikeRealOnes(t *testing.T) {
	files, err := filepath.Glob("../../../../shared/samples/cloudtrail*/*.json")
	require.NoError(t, err)
	t.Logf("against %d files of real records", len(files))
	if len(files) == 0 {
		return
	}
	real := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var whole any
		require.NoError(t, json.Unmarshal(text, &whole))
		fields(whole, "", real)
	}
	records, err := cloud.Morning(morning).Accounts[0].Records()
	require.NoError(t, err)
	for _, text := range records {
		var record any
		require.NoError(t, json.Unmarshal(text, &record))
		ours := map[string]bool{}
		fields(record, "", ours)
		for path := range ours {
			require.True(t, real[path], "no real record has the field %s", path)
		}
	}
}

// fields collects the paths of a record's fields, or those of all records in a
// file; what a request and its answer hold is the service's own.
func fields(v any, at string, into map[string]bool) {
	object, _ := v.(map[string]any)
	if records, ok := object["Records"].([]any); ok {
		for _, r := range records {
			fields(r, at, into)
		}
		return
	}
	for name, value := range object {
		path := at + "." + name
		into[path] = true
		if path != ".requestParameters" && path != ".responseElements" {
			fields(value, path, into)
		}
	}
}
