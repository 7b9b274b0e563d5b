package cloud_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

const stagingRole = "arn:aws:iam::444455556666:role/audit/checklist"

// accounts are two, of which the second trusts the first.
func accounts() cloud.World {
	w := account()
	w.Accounts = append(w.Accounts, cloud.Account{
		ID:    "444455556666",
		Users: []cloud.User{{Name: "somebody.else"}},
		Roles: []cloud.Role{{Name: "checklist", Path: "/audit/", Trusts: []string{"123456789012"}}, {Name: "closed"}},
	})
	return w
}

func TestRoleActsInItsAccount(t *testing.T) {
	now := clock(time.Now())
	s, c := start(t, accounts(), cloud.Clock(now.now))
	there := c.Copy()
	there.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(c), stagingRole,
		func(o *stscreds.AssumeRoleOptions) { o.RoleSessionName = "checklist-mfa" }))

	who, err := sts.NewFromConfig(there).GetCallerIdentity(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "444455556666", *who.Account)
	require.Equal(t, "arn:aws:sts::444455556666:assumed-role/checklist/checklist-mfa", *who.Arn)
	require.Regexp(t, `^AROA[A-Z2-7]{17}:checklist-mfa$`, *who.UserId)
	users, err := iam.NewFromConfig(there).ListUsers(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, users.Users, 1)
	require.Equal(t, "somebody.else", *users.Users[0].UserName)
	require.Equal(t, 1, s.Count(cloud.Call{Operation: "iam:ListUsers", Account: "444455556666"}))

	now.pass(time.Hour)
	_, err = iam.NewFromConfig(there).ListUsers(t.Context(), nil)
	refused(t, err, "ExpiredToken", 403)
}

func TestRolesThatCannotBeAssumed(t *testing.T) {
	_, c := start(t, accounts())
	for name, ask := range map[string]struct {
		sts.AssumeRoleInput
		code   string
		status int
	}{
		"not trusting":   {sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::444455556666:role/closed"), RoleSessionName: aws.String("me")}, "AccessDenied", 403},
		"not there":      {sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::444455556666:role/checklist"), RoleSessionName: aws.String("me")}, "AccessDenied", 403},
		"partition":      {sts.AssumeRoleInput{RoleArn: aws.String("arn:aws-us-gov:iam::444455556666:role/audit/checklist"), RoleSessionName: aws.String("me")}, "AccessDenied", 403},
		"no ARN":         {sts.AssumeRoleInput{RoleArn: aws.String("checklist-in-staging-"), RoleSessionName: aws.String("me")}, "ValidationError", 400},
		"session name":   {sts.AssumeRoleInput{RoleArn: aws.String(stagingRole), RoleSessionName: aws.String("me & you")}, "ValidationError", 400},
		"duration":       {sts.AssumeRoleInput{RoleArn: aws.String(stagingRole), RoleSessionName: aws.String("me"), DurationSeconds: aws.Int32(60)}, "ValidationError", 400},
		"not understood": {sts.AssumeRoleInput{RoleArn: aws.String(stagingRole), RoleSessionName: aws.String("me"), ExternalId: aws.String("12")}, "UnknownParameter", 400},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sts.NewFromConfig(c).AssumeRole(t.Context(), &ask.AssumeRoleInput)
			refused(t, err, ask.code, ask.status)
		})
	}
}

func TestRoleChainingIsLimitedToAnHour(t *testing.T) {
	s, _ := start(t, accounts())
	s.Update(func(w *cloud.World) {
		w.Accounts[0].Sessions = []cloud.Session{{KeyID: "ASIASESSIONEXAMPLE", Token: "token", Role: "terraform", Name: "i-17deadbeef1234567"}}
	})
	c := configure(t, s.Env("123456789012", "i-17deadbeef1234567"))
	ask := sts.AssumeRoleInput{RoleArn: aws.String(stagingRole), RoleSessionName: aws.String("chained"), DurationSeconds: aws.Int32(3601)}
	_, err := sts.NewFromConfig(c).AssumeRole(t.Context(), &ask)
	refused(t, err, "ValidationError", 400)
	ask.DurationSeconds = aws.Int32(3600)
	out, err := sts.NewFromConfig(c).AssumeRole(t.Context(), &ask)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now().Add(time.Hour), *out.Credentials.Expiration, time.Minute)
}
