package main

import (
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/cloud"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// staging is a second account, to be reached by a role.
const staging = "444455556666"

// worlds are what the scripts look at, by the name that they call it by.
var worlds = map[string]func(time.Time) cloud.World{
	"clean":       cloud.Clean,
	"morning":     ready(cloud.Morning),
	"stale":       func(now time.Time) cloud.World { return reported(cloud.Report{Generated: now.Add(-late)})(now) },
	"empty":       ready(empty),
	"commercial":  ready(commercial),
	"central":     ready(central),
	"many":        func(now time.Time) cloud.World { return cloud.Large(now, 2500, 0, 1) },
	"enrolled":    enrolled,
	"hired":       hired,
	"roles":       ready(roles),
	"old report":  reported(cloud.Report{Generated: time.Now().Add(-5 * time.Hour), CSV: "user,arn"}),
	"in progress": reported(cloud.Report{Polls: 1 << 30}),
	"not CSV":     reported(cloud.Report{Generated: time.Now(), CSV: "<html><body>sign in</body></html>"}),

	"no users":     broken(cloud.Fault{Operation: "iam:ListUsers", With: cloud.Denied}),
	"no report":    broken(cloud.Fault{Operation: "iam:GetCredentialReport", With: cloud.Denied}),
	"no summary":   broken(cloud.Fault{Operation: "iam:GetAccountSummary", With: cloud.Denied}),
	"no profiles":  broken(cloud.Fault{Operation: "iam:GetLoginProfile", With: cloud.Denied}),
	"no devices":   broken(cloud.Fault{Operation: "iam:ListMFADevices", With: cloud.Denied}),
	"expired":      broken(cloud.Fault{With: cloud.Expired}),
	"expiring":     broken(cloud.Fault{After: 3, With: cloud.Expired}),
	"throttled":    broken(cloud.Fault{Operation: "iam:ListMFADevices", Times: 3, With: cloud.Throttled}),
	"silent":       broken(cloud.Fault{Operation: "iam:ListUsers", Do: fault.Hang}),
	"page of HTML": broken(cloud.Fault{Operation: "iam:ListUsers", Do: fault.Answer(200, "<html><body>sign in</body></html>")}),
	"empty 200":    broken(cloud.Fault{Operation: "iam:ListUsers", Do: fault.Answer(200, "")}),
	"one user":     broken(cloud.Fault{Operation: "iam:ListUsers", Do: fault.Answer(200, oneUser)}),
	"half a page":  broken(cloud.Fault{Operation: "iam:ListUsers", Times: 1, Do: fault.Truncate(300)}),
}

// oneUser is a well-formed list that is not whole, as a cache in between might answer it.
const oneUser = `<ListUsersResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUsersResult><IsTruncated>false</IsTruncated><Users><member>` +
	`<UserName>jane.doe</UserName><UserId>AIDAEXAMPLE</UserId><Path>/</Path><Arn>arn:aws-us-gov:iam::111122223333:user/jane.doe</Arn>` +
	`<CreateDate>2024-01-01T00:00:00Z</CreateDate></member></Users></ListUsersResult></ListUsersResponse>`

// empty has no user at all; its caller is a role's session.
func empty(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	a.Users, a.Events = nil, nil
	a.Sessions = []cloud.Session{{KeyID: "ASIAEXAMPLEEXAMPLE12", Token: "planted-session-token", Role: "checklist", Name: "checklist", Expires: now.Add(time.Hour)}}
	return w
}

// commercial is the same account where root signs in: with a password alone, and an access key.
func commercial(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	a.Partition, a.Events = "aws", nil
	a.Root = cloud.Root{Password: true, Keys: []cloud.AccessKey{{ID: "AKIAROOTEXAMPLE", Created: now}}}
	return w
}

// central is a member account whose root has no credentials at all.
func central(now time.Time) cloud.World {
	w := commercial(now)
	w.Account(cloud.Production).Root = cloud.Root{}
	return w
}

// enrolled has somebody who added a device, and somebody whose password was taken away, after the report was made.
func enrolled(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	a.Report = cloud.Report{Generated: now.Add(-2 * time.Hour), CSV: csv(
		"jane.doe,true,false", "john.smith,true,false", "maria.garcia,true,true", "checklist,false,false", "s3-broker,false,false")}
	a.User("john.smith").Password = false
	return w
}

// hired has a user with a password alone who is newer than the report, one made anew under a name that the
// report knows, and one in the report who is gone.
func hired(now time.Time) cloud.World {
	w := cloud.Clean(now)
	a := w.Account(cloud.Production)
	a.Report = cloud.Report{Generated: now.Add(-2 * time.Hour), CSV: csv(
		"jane.doe,true,true", "john.smith,true,true", "maria.garcia,true,true", "gone.girl,true,false", "checklist,false,false", "s3-broker,false,false")}
	a.Users = append(a.Users, cloud.User{Name: "new.hire", Created: now.Add(-time.Hour), Password: true,
		Keys: []cloud.AccessKey{{ID: "AKIANEWHIREEXAMPLE", Created: now.AddDate(0, 0, -200)}}})
	*a.User("jane.doe") = cloud.User{Name: "jane.doe", Created: now.Add(-time.Hour), Password: true}
	return w
}

// csv is a credential report of users, each with name, password and device, without keys.
func csv(users ...string) string {
	text := "user,arn,password_enabled,mfa_active,password_last_used,password_last_changed,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated\n"
	for _, u := range users {
		name, rest, _ := strings.Cut(u, ",")
		text += name + ",arn:aws-us-gov:iam::" + cloud.Production + ":user/" + name + "," + rest + ",N/A,N/A,false,N/A,false,N/A\n"
	}
	return text
}

// roles are two accounts that the checklist's user may assume a role in, and one with a role that does not trust it.
func roles(now time.Time) cloud.World {
	w := cloud.Clean(now)
	other := cloud.Account{ID: staging, Partition: "aws-us-gov",
		Users: []cloud.User{{Name: "alex.kim", Password: true}},
		Roles: []cloud.Role{{Name: "checklist", Trusts: []string{cloud.Production}}, {Name: "wary"}}}
	w.Accounts = append(w.Accounts, other)
	return w
}

// ready is a world whose report is at hand, so that nobody waits for it.
func ready(world func(time.Time) cloud.World) func(time.Time) cloud.World {
	return func(now time.Time) cloud.World {
		w := world(now)
		w.Account(cloud.Production).Report = cloud.Report{Generated: now.Add(-time.Hour)}
		return w
	}
}

func reported(r cloud.Report) func(time.Time) cloud.World {
	return func(now time.Time) cloud.World {
		w := cloud.Clean(now)
		w.Account(cloud.Production).Report = r
		return w
	}
}

// broken is the morning with something to find, on which AWS answers badly.
func broken(faults ...cloud.Fault) func(time.Time) cloud.World {
	return func(now time.Time) cloud.World {
		w := ready(cloud.Morning)(now)
		w.Account(cloud.Production).Faults = slices.Clone(faults)
		return w
	}
}
