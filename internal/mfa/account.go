// Package mfa judges whether everybody who signs in to the AWS console has a second factor:
// "Confirm that all AWS users have MFA configured".
package mfa

import "time"

// Account is what one AWS account told about who signs in to it.
type Account struct {
	ID        string // twelve digits
	Partition string // "aws", "aws-us-gov", ...
	Root      *Root  // nil: not looked at
	Users     []User
}

// Root is the root user.
type Root struct {
	Password  bool // false in a member account whose root access is managed centrally
	MFA       bool
	AccessKey bool
}

// User is an IAM user.
type User struct {
	Name         string
	Console      bool // has a console password
	MFA          bool // has an MFA device of any kind
	PasswordSet  time.Time
	PasswordUsed time.Time   // zero: never, or not since 2014-10-20, when AWS began to keep it
	Keys         []time.Time // when each active access key was made
	Asked        bool        // password and devices were asked for one by one, not read from the credential report
}

// RootSignsIn tells whether a partition's root user can sign in. In GovCloud it cannot.
// https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-differences.html
func RootSignsIn(partition string) bool { return partition != "aws-us-gov" }
