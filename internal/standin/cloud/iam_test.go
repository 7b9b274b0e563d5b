package cloud_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

func TestUsersComeInPages(t *testing.T) {
	var want []string
	s, c := start(t, account(func(a *cloud.Account) {
		for i := range 249 {
			a.Users = append(a.Users, cloud.User{Name: fmt.Sprintf("person%03d", 248-i)})
		}
	}))
	want = append(want, cloud.Reader)
	for i := range 249 {
		want = append(want, fmt.Sprintf("person%03d", i))
	}
	for _, items := range []int32{0, 1, 7, 250, 1000} {
		ask := &iam.ListUsersInput{}
		if items > 0 {
			ask.MaxItems = aws.Int32(items)
		}
		var got []string
		before := s.Count(cloud.Call{})
		for pages := iam.NewListUsersPaginator(iam.NewFromConfig(c), ask); pages.HasMorePages(); {
			page, err := pages.NextPage(t.Context())
			require.NoError(t, err)
			for _, u := range page.Users {
				got = append(got, *u.UserName)
			}
		}
		require.Equal(t, want, got)
		perPage := 100
		if items > 0 {
			perPage = int(items)
		}
		require.Equal(t, (250+perPage-1)/perPage, s.Count(cloud.Call{})-before, "calls at MaxItems %d", items)
	}
}

func TestMarkersHoldForTheirListOnly(t *testing.T) {
	_, c := start(t, cloud.Morning(time.Now()))
	client := iam.NewFromConfig(c)
	first, err := client.ListUsers(t.Context(), &iam.ListUsersInput{MaxItems: aws.Int32(2)})
	require.NoError(t, err)
	require.True(t, first.IsTruncated)

	for name, marker := range map[string]*string{"another list": first.Marker, "no marker": aws.String("2")} {
		_, err = client.ListVirtualMFADevices(t.Context(), &iam.ListVirtualMFADevicesInput{Marker: marker})
		refused(t, err, "ValidationError", 400)
		require.ErrorContains(t, err, "Invalid Marker", name)
	}
	_, err = client.ListUsers(t.Context(), &iam.ListUsersInput{Marker: first.Marker, PathPrefix: aws.String("/service/")})
	refused(t, err, "ValidationError", 400)
	for _, items := range []int32{0, 1001} {
		_, err = client.ListUsers(t.Context(), &iam.ListUsersInput{MaxItems: aws.Int32(items)})
		refused(t, err, "ValidationError", 400)
	}
}

func TestUser(t *testing.T) {
	now := time.Now().UTC().Truncate(time.Second)
	_, c := start(t, cloud.Morning(now))
	client := iam.NewFromConfig(c)
	users, err := client.ListUsers(t.Context(), &iam.ListUsersInput{PathPrefix: aws.String("/service/")})
	require.NoError(t, err)
	require.Len(t, users.Users, 2)

	all, err := client.ListUsers(t.Context(), nil)
	require.NoError(t, err)
	by := map[string]types.User{}
	for _, u := range all.Users {
		by[*u.UserName] = u
	}
	require.Equal(t, "arn:aws-us-gov:iam::111122223333:user/service/checklist", *by["checklist"].Arn)
	require.Regexp(t, `^AIDA[A-Z2-7]{17}$`, *by["checklist"].UserId)
	require.Equal(t, now.Add(-3*time.Hour), *by["jane.doe"].PasswordLastUsed)
	require.Nil(t, by["new.hire"].PasswordLastUsed)
	require.NotNil(t, by["old.timer"].PasswordLastUsed)
}

func TestConsolePassword(t *testing.T) {
	_, c := start(t, cloud.Morning(time.Now()))
	client := iam.NewFromConfig(c)
	for name, has := range map[string]bool{"jane.doe": true, "new.hire": true, "old.timer": false, "checklist": false, "nobody": false} {
		profile, err := client.GetLoginProfile(t.Context(), &iam.GetLoginProfileInput{UserName: &name})
		if has {
			require.NoError(t, err)
			require.Equal(t, name, *profile.LoginProfile.UserName)
			continue
		}
		refused(t, err, "NoSuchEntity", 404)
		var none *types.NoSuchEntityException
		require.ErrorAs(t, err, &none)
	}
	_, err := client.GetLoginProfile(t.Context(), &iam.GetLoginProfileInput{UserName: aws.String("a b")})
	refused(t, err, "ValidationError", 400)
}

func TestMFADevicesOfEveryKind(t *testing.T) {
	s, c := start(t, cloud.Morning(time.Now()))
	s.Update(func(w *cloud.World) {
		u := w.Account(cloud.Production).User("jane.doe")
		u.MFA = append(u.MFA, cloud.FIDO("spare"))
	})
	client := iam.NewFromConfig(c)
	for name, want := range map[string][]string{
		"jane.doe":     {`^arn:aws-us-gov:iam::111122223333:mfa/jane\.doe$`, `^arn:aws-us-gov:iam::111122223333:u2f/user/jane\.doe/spare-[A-Z2-7]{26}$`},
		"john.smith":   {`^GAHT12345678$`},
		"maria.garcia": {`^arn:aws-us-gov:iam::111122223333:u2f/user/maria\.garcia/yubikey-[A-Z2-7]{26}$`},
		"alex.kim":     {},
	} {
		var serials []string
		for pages := iam.NewListMFADevicesPaginator(client, &iam.ListMFADevicesInput{UserName: &name, MaxItems: aws.Int32(1)}); pages.HasMorePages(); {
			page, err := pages.NextPage(t.Context())
			require.NoError(t, err)
			for _, d := range page.MFADevices {
				require.Equal(t, name, *d.UserName)
				serials = append(serials, *d.SerialNumber)
			}
		}
		require.Len(t, serials, len(want), name)
		for i := range want {
			require.Regexp(t, want[i], serials[i])
		}
	}
	_, err := client.ListMFADevices(t.Context(), &iam.ListMFADevicesInput{UserName: aws.String("nobody")})
	refused(t, err, "NoSuchEntity", 404)
}

func TestVirtualMFADevices(t *testing.T) {
	s, c := start(t, cloud.Morning(time.Now()))
	s.Update(func(w *cloud.World) {
		w.Account(cloud.Production).Root = cloud.Root{Password: true, MFA: []cloud.Device{cloud.Virtual("root-account-mfa-device")}}
	})
	const mfa = "arn:aws-us-gov:iam::111122223333:mfa/"
	for status, want := range map[types.AssignmentStatusType][]string{
		types.AssignmentStatusTypeAssigned:   {mfa + "root-account-mfa-device", mfa + "jane.doe"},
		types.AssignmentStatusTypeUnassigned: {mfa + "null-bot"},
		types.AssignmentStatusTypeAny:        {mfa + "root-account-mfa-device", mfa + "jane.doe", mfa + "null-bot"},
	} {
		var got []string
		pages := iam.NewListVirtualMFADevicesPaginator(iam.NewFromConfig(c), &iam.ListVirtualMFADevicesInput{AssignmentStatus: status, MaxItems: aws.Int32(1)})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			require.NoError(t, err)
			for _, d := range page.VirtualMFADevices {
				got = append(got, *d.SerialNumber)
				switch *d.SerialNumber {
				case mfa + "null-bot":
					require.Nil(t, d.User)
				case mfa + "jane.doe":
					require.Equal(t, "jane.doe", *d.User.UserName)
				default:
					require.Nil(t, d.User.UserName)
					require.Equal(t, "arn:aws-us-gov:iam::111122223333:root", *d.User.Arn)
				}
			}
		}
		require.Equal(t, want, got, status)
	}
	_, err := iam.NewFromConfig(c).ListVirtualMFADevices(t.Context(), &iam.ListVirtualMFADevicesInput{AssignmentStatus: "Lost"})
	refused(t, err, "ValidationError", 400)
}

func TestAccessKeys(t *testing.T) {
	used := time.Now().UTC().Truncate(time.Second)
	_, c := start(t, account(func(a *cloud.Account) {
		a.Users[0].Keys = append(a.Users[0].Keys,
			cloud.AccessKey{ID: "AKIAOLDEXAMPLE000", Inactive: true, LastUsed: used, Service: "s3", Region: "us-west-2"})
	}))
	client := iam.NewFromConfig(c)
	var status []string
	for pages := iam.NewListAccessKeysPaginator(client, &iam.ListAccessKeysInput{UserName: aws.String(cloud.Reader), MaxItems: aws.Int32(1)}); pages.HasMorePages(); {
		page, err := pages.NextPage(t.Context())
		require.NoError(t, err)
		for _, k := range page.AccessKeyMetadata {
			status = append(status, *k.AccessKeyId+" "+string(k.Status))
		}
	}
	require.Equal(t, []string{"AKIAREADEREXAMPLE Active", "AKIAOLDEXAMPLE000 Inactive"}, status)

	never, err := client.GetAccessKeyLastUsed(t.Context(), &iam.GetAccessKeyLastUsedInput{AccessKeyId: aws.String("AKIAREADEREXAMPLE")})
	require.NoError(t, err)
	require.Nil(t, never.AccessKeyLastUsed.LastUsedDate)
	require.Equal(t, "N/A", *never.AccessKeyLastUsed.ServiceName)
	once, err := client.GetAccessKeyLastUsed(t.Context(), &iam.GetAccessKeyLastUsedInput{AccessKeyId: aws.String("AKIAOLDEXAMPLE000")})
	require.NoError(t, err)
	require.Equal(t, used, *once.AccessKeyLastUsed.LastUsedDate)
	require.Equal(t, "us-west-2", *once.AccessKeyLastUsed.Region)
	_, err = client.GetAccessKeyLastUsed(t.Context(), &iam.GetAccessKeyLastUsedInput{AccessKeyId: aws.String("AKIANOBODYEXAMPLE")})
	refused(t, err, "NoSuchEntity", 404)
}

func TestAccountSummaryAndAlias(t *testing.T) {
	s, c := start(t, cloud.Clean(time.Now()))
	client := iam.NewFromConfig(c)
	root := func() [3]int32 {
		summary, err := client.GetAccountSummary(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, int32(5), summary.SummaryMap["Users"])
		return [3]int32{summary.SummaryMap["AccountMFAEnabled"], summary.SummaryMap["AccountAccessKeysPresent"], summary.SummaryMap["AccountPasswordPresent"]}
	}
	require.Equal(t, [3]int32{0, 0, 0}, root())
	s.Update(func(w *cloud.World) {
		w.Account(cloud.Production).Root = cloud.Root{Password: true, MFA: []cloud.Device{cloud.Hardware("GAHT1")}, Keys: []cloud.AccessKey{{ID: "AKIAROOTEXAMPLE"}}}
	})
	require.Equal(t, [3]int32{1, 1, 1}, root())

	aliases, err := client.ListAccountAliases(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, []string{"agency-production"}, aliases.AccountAliases)
	s.Update(func(w *cloud.World) { w.Account(cloud.Production).Alias = "" })
	aliases, err = client.ListAccountAliases(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, aliases.AccountAliases)
}
