package cloud_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
)

// reports asks for an account's credential report.
type reports struct {
	t      *testing.T
	client *iam.Client
}

func (r reports) generate() types.ReportStateType {
	r.t.Helper()
	out, err := r.client.GenerateCredentialReport(r.t.Context(), nil)
	require.NoError(r.t, err)
	return out.State
}

func (r reports) get() (*iam.GetCredentialReportOutput, error) {
	return r.client.GetCredentialReport(r.t.Context(), nil)
}

func (r reports) row(user string) map[string]string {
	r.t.Helper()
	out, err := r.get()
	require.NoError(r.t, err)
	rows, err := csv.NewReader(strings.NewReader(string(out.Content))).ReadAll()
	require.NoError(r.t, err)
	for _, row := range rows[1:] {
		if row[0] == user {
			named := map[string]string{}
			for i, name := range rows[0] {
				named[name] = row[i]
			}
			return named
		}
	}
	require.Fail(r.t, "no row", user)
	return nil
}

func TestReportIsMadeKeptAndForgotten(t *testing.T) {
	now := clock(time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC))
	world := cloud.Morning(now.now())
	world.Accounts[0].Report.Polls = 2
	s, c := start(t, world, cloud.Clock(now.now))
	r := reports{t, iam.NewFromConfig(c)}

	_, err := r.get()
	refused(t, err, "ReportNotPresent", 410)
	require.Equal(t, types.ReportStateTypeStarted, r.generate())
	require.Equal(t, types.ReportStateTypeInprogress, r.generate())
	_, err = r.get()
	refused(t, err, "ReportInProgress", 404)
	require.Equal(t, types.ReportStateTypeComplete, r.generate())
	require.Equal(t, "false", r.row("alex.kim")["mfa_active"])

	s.Update(func(w *cloud.World) {
		w.Account(cloud.Production).User("alex.kim").MFA = []cloud.Device{cloud.FIDO("passkey")}
	})
	now.pass(4 * time.Hour)
	require.Equal(t, types.ReportStateTypeComplete, r.generate())
	require.Equal(t, "false", r.row("alex.kim")["mfa_active"], "a report is as old as it says")

	now.pass(time.Second)
	_, err = r.get()
	refused(t, err, "ReportExpired", 410)
	require.Equal(t, types.ReportStateTypeStarted, r.generate())
	_, err = r.get()
	refused(t, err, "ReportInProgress", 404)
	_, err = r.get()
	refused(t, err, "ReportInProgress", 404)
	require.Equal(t, "true", r.row("alex.kim")["mfa_active"])
	out, err := r.get()
	require.NoError(t, err)
	require.Equal(t, now.now(), *out.GeneratedTime)
}

func TestReportThatIsThere(t *testing.T) {
	now := time.Now().UTC().Truncate(time.Second)
	world := cloud.Clean(now)
	world.Accounts[0].Report = cloud.Report{Generated: now.Add(-3 * time.Hour)}
	s, c := start(t, world)
	r := reports{t, iam.NewFromConfig(c)}
	require.Equal(t, types.ReportStateTypeComplete, r.generate())
	require.Equal(t, "true", r.row("jane.doe")["password_enabled"])

	s.Update(func(w *cloud.World) {
		w.Account(cloud.Production).Report = cloud.Report{Generated: now, CSV: "<html>"}
	})
	out, err := r.get()
	require.NoError(t, err)
	require.Equal(t, "<html>", string(out.Content))
}

func TestReportRows(t *testing.T) {
	now := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	world := cloud.Morning(now)
	world.Accounts[0].Report.Polls = 0
	s, c := start(t, world, cloud.Clock(clock(now).now))
	r := reports{t, iam.NewFromConfig(c)}
	r.generate()

	out, err := r.get()
	require.NoError(t, err)
	lines := strings.Split(string(out.Content), "\n")
	require.Equal(t, "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,"+
		"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"+
		"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,"+
		"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated", lines[0])
	const noKeys = "false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
	require.Equal(t, "<root_account>,arn:aws-us-gov:iam::111122223333:root,2017-11-25T06:00:00Z,false,N/A,N/A,not_supported,false,"+noKeys, lines[1])
	require.Len(t, lines, 2+9)
	require.Contains(t, lines, "john.smith,arn:aws-us-gov:iam::111122223333:user/john.smith,2024-11-23T06:00:00Z,true,2026-11-22T04:00:00Z,2024-11-23T06:00:00Z,N/A,true,"+noKeys)
	require.Equal(t, "no_information", r.row("new.hire")["password_last_used"])
	require.Equal(t, "false", r.row("old.timer")["password_enabled"])
	require.Equal(t, "N/A", r.row("old.timer")["password_last_used"])
	require.Equal(t, "true", r.row("checklist")["access_key_1_active"])
	require.Equal(t, "2026-10-14T06:00:00Z", r.row("checklist")["access_key_1_last_rotated"])

	s.Update(func(w *cloud.World) {
		a := w.Account(cloud.Production)
		a.Root = cloud.Root{Password: true, MFA: []cloud.Device{cloud.Hardware("GAHT1")}, Keys: []cloud.AccessKey{{ID: "AKIAROOTEXAMPLE"}}}
		a.Report = cloud.Report{Generated: now}
	})
	require.Equal(t, "not_supported", r.row("<root_account>")["password_enabled"])
	require.Equal(t, "true", r.row("<root_account>")["mfa_active"])
	require.Equal(t, "true", r.row("<root_account>")["access_key_1_active"])
	require.Equal(t, "2017-11-25T06:00:00Z", r.row("<root_account>")["access_key_1_last_rotated"])
	require.Equal(t, "text/csv", string(out.ReportFormat))
	require.Equal(t, now, aws.ToTime(out.GeneratedTime))
}
