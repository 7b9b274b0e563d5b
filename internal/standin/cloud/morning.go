package cloud

import "time"

const (
	Production = "111122223333" // the account of Clean, Morning and Large
	Reader     = "checklist"    // the user in it that checks sign in as
)

// Clean is a GovCloud account on a day when nothing is wrong, seen at the time
// now: everybody at the console has a second factor, named people sign in, and
// only Terraform on its instance changes what is guarded.
func Clean(now time.Time) World {
	ago := func(d time.Duration) time.Time { return now.Add(-d).Truncate(time.Second) }
	terraform := Instance(TerraformRole, TerraformInstance)
	return World{Accounts: []Account{{
		ID:        Production,
		Partition: "aws-us-gov",
		Alias:     "agency-production",
		Created:   ago(9 * 365 * day),
		Users: []User{
			{Name: "jane.doe", Password: true, PasswordLastUsed: ago(3 * time.Hour), MFA: []Device{Virtual("jane.doe")}},
			{Name: "john.smith", Password: true, PasswordLastUsed: ago(26 * time.Hour), MFA: []Device{Hardware("GAHT12345678")}},
			{Name: "maria.garcia", Password: true, PasswordLastUsed: ago(50 * time.Hour), MFA: []Device{FIDO("yubikey")}},
			{Name: Reader, Path: "/service/", Keys: []AccessKey{key(Reader, ago(40*day), ago(time.Hour))}},
			{Name: "s3-broker", Path: "/service/", Keys: []AccessKey{key("s3-broker", ago(60*day), ago(2*time.Hour))}},
		},
		Roles:  []Role{{Name: TerraformRole}, {Name: DeployRole, Trusts: []string{Production}}, {Name: Reader, Trusts: []string{Production}}},
		Report: Report{Polls: 1},
		Events: []Event{
			ConsoleLogin(Person("jane.doe"), ago(3*time.Hour)),
			ConsoleLogin(Person("john.smith"), ago(26*time.Hour)).In("us-gov-east-1"),
			ConsoleLogin(SSO("Operator", "sam.lee@agency.example"), ago(28*time.Hour)),
			ConsoleLogin(Person("maria.garcia"), ago(50*time.Hour)),
			Terraform("CreateSecurityGroup", ago(5*time.Hour)),
			Terraform("AuthorizeSecurityGroupIngress", ago(5*time.Hour-4*time.Second)),
			Terraform("AuthorizeSecurityGroupEgress", ago(5*time.Hour-5*time.Second)).In("us-gov-east-1"),
			Terraform("PutRolePolicy", ago(29*time.Hour)),
			Terraform("CreatePolicy", ago(52*time.Hour)),
			Read("ec2.amazonaws.com", "DescribeInstances", terraform, ago(5*time.Hour-time.Second)).From(TerraformAddress),
			Read("iam.amazonaws.com", "ListUsers", Script(Reader, key(Reader, now, now).ID), ago(24*time.Hour)),
			Read("ec2.amazonaws.com", "DescribeVpcs", terraform, ago(30*time.Hour)).From(TerraformAddress).In("us-gov-east-1"),
			Read("sts.amazonaws.com", "GetCallerIdentity", Person("jane.doe"), ago(3*time.Hour-time.Minute)),
		},
	}}}
}

// Morning is the same account on a day with something of everything to find.
func Morning(now time.Time) World {
	ago := func(d time.Duration) time.Time { return now.Add(-d).Truncate(time.Second) }
	world := Clean(now)
	a := world.Account(Production)
	a.Users = append(a.Users,
		User{Name: "Administrator", Password: true, PasswordLastUsed: ago(90 * time.Minute), Keys: []AccessKey{key("Administrator", ago(700*day), ago(200*day))}},
		User{Name: "alex.kim", Password: true, PasswordLastUsed: ago(8 * day)},
		User{Name: "new.hire", Created: ago(2 * day), Password: true}, // has a password and never signed in
		User{Name: "old.timer", PasswordLastUsed: ago(400 * day)},     // signed in once and has no password now
	)
	a.Unassigned = []string{"null-bot"}
	a.Events = append(a.Events,
		ConsoleLogin(Person("Administrator").WithoutMFA(), ago(90*time.Minute)).From(Outside),
		FailedLogin(RootUser(), ago(4*time.Hour)).From(Outside),
		FailedLogin(Nobody(), ago(4*time.Hour-time.Minute)).From(Outside),
		FailedLogin(Person("jane.doe"), ago(3*time.Hour+time.Minute)),
		Chained("ModifyVpcAttribute", ago(6*time.Hour)),
		Chained("RevokeSecurityGroupIngress", ago(6*time.Hour-3*time.Second)).In("us-gov-east-1"),
		Change("AuthorizeSecurityGroupIngress", Person("alex.kim").WithoutMFA(), ago(7*time.Hour)).From(Outside).With(browserAgent),
		Change("PutUserPolicy", Script("s3-broker", key("s3-broker", now, now).ID), ago(9*time.Hour)).From(TerraformAddress),
		Change("DeleteTrail", Instance("web", "i-0a1b2c3d4e5f60718"), ago(10*time.Hour)).From(Outside).
			Failed("AccessDenied", "User is not authorized to perform: cloudtrail:DeleteTrail"),
	)
	return world
}

const day = 24 * time.Hour

// key is a service's access key, whose ID says that it is none.
func key(of string, created, used time.Time) AccessKey {
	return AccessKey{ID: derive("AKIA", 9, "key", of) + "EXAMPLE", Created: created, LastUsed: used, Service: "iam", Region: "us-gov-west-1"}
}
