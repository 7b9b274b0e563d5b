// Mfa asks whether everybody who signs in to the AWS console has a second factor: "Confirm that
// all AWS users have MFA configured".
//
// It reads, for each account, sts:GetCallerIdentity (which account this is), iam:ListUsers and
// iam:GetAccountSummary (who there is, counted twice, and root), and IAM's credential report (who has a
// password and a device of any kind). Users whom the report fails, and those who are newer than it, are
// asked about one by one (iam:GetLoginProfile, iam:ListMFADevices, iam:ListAccessKeys); with LIVE=true all are.
//
// It reports console users and root without MFA, root's access keys, and old access keys.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
