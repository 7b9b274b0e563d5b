package cloud

import (
	"cmp"
	"time"
)

// Identity is who did something, in one of the forms of a record's userIdentity.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
type Identity struct {
	Type string // "IAMUser", "AssumedRole", "Root", "FederatedUser", "IdentityCenterUser", "AWSService"
	Name string // of the user, the session or the service
	Role string // AssumedRole: the role's name
	Path string // AssumedRole: the role's path; default "/"
	Key  string // accessKeyId; default: a temporary key wherever the form has one
	MFA  bool   // signed in with a second factor

	// Delivery is "1.0" or "2.0" when the instance metadata service handed the
	// key out, by that version of it.
	Delivery string
}

// Person is an IAM user at the console, signed in with a second factor.
func Person(name string) Identity { return Identity{Type: "IAMUser", Name: name, MFA: true} }

// Script is an IAM user with a long-term access key.
func Script(name, keyID string) Identity { return Identity{Type: "IAMUser", Name: name, Key: keyID} }

// Nobody is the IAM user of a failed login whose name does not exist: CloudTrail
// hides what was typed, which may have been a password.
func Nobody() Identity { return Identity{Type: "IAMUser", Name: "HIDDEN_DUE_TO_SECURITY_REASONS"} }

// RootUser is the account's root user.
func RootUser() Identity { return Identity{Type: "Root"} }

// RoleSession is a session of a role, under the name that its caller chose.
func RoleSession(role, session string) Identity {
	return Identity{Type: "AssumedRole", Role: role, Name: session}
}

// Instance is an EC2 instance with its profile's role.
func Instance(role, instanceID string) Identity {
	return Identity{Type: "AssumedRole", Role: role, Name: instanceID, Delivery: "2.0"}
}

// SSO is a person who came through IAM Identity Center into a permission set.
func SSO(permissionSet, name string) Identity {
	role := "AWSReservedSSO_" + permissionSet + "_0123456789abcdef"
	return Identity{Type: "AssumedRole", Role: role, Path: "/aws-reserved/sso.amazonaws.com/", Name: name, MFA: true}
}

// Federated is a person with a federation token.
func Federated(name string) Identity { return Identity{Type: "FederatedUser", Name: name} }

// IdentityCenter is a person before a permission set, whose name is not in the
// identity: a login carries it in additionalEventData.
func IdentityCenter(name string) Identity {
	return Identity{Type: "IdentityCenterUser", Name: name, MFA: true}
}

// Service is an AWS service acting for itself, such as "autoscaling.amazonaws.com".
func Service(name string) Identity { return Identity{Type: "AWSService", Name: name} }

type userIdentity struct {
	Type           string          `json:"type"`
	PrincipalID    string          `json:"principalId,omitempty"`
	ARN            string          `json:"arn,omitempty"`
	AccountID      string          `json:"accountId,omitempty"`
	AccessKeyID    *string         `json:"accessKeyId,omitempty"`
	UserName       string          `json:"userName,omitempty"`
	SessionContext *sessionContext `json:"sessionContext,omitempty"`
	OnBehalfOf     *onBehalfOf     `json:"onBehalfOf,omitempty"`
	CredentialID   string          `json:"credentialId,omitempty"`
	InvokedBy      string          `json:"invokedBy,omitempty"`
}

type sessionContext struct {
	Issuer     *issuer           `json:"sessionIssuer,omitempty"`
	Attributes sessionAttributes `json:"attributes"`
	Delivery   string            `json:"ec2RoleDelivery,omitempty"`
}

type issuer struct {
	Type        string `json:"type"`
	PrincipalID string `json:"principalId"`
	ARN         string `json:"arn"`
	AccountID   string `json:"accountId"`
	UserName    string `json:"userName"`
}

type sessionAttributes struct {
	Created string `json:"creationDate"`
	MFA     string `json:"mfaAuthenticated"`
}

type onBehalfOf struct {
	UserID string `json:"userId"`
	Store  string `json:"identityStoreArn"`
}

// sessionAge is how long before an event its session began.
const sessionAge = 20 * time.Minute

// record is the identity as an event of this account has it. A login has no key.
func (i Identity) record(a *Account, at time.Time, login bool) userIdentity {
	who := userIdentity{Type: i.Type, AccountID: a.ID}
	key := cmp.Or(i.Key, derive("ASIA", 16, "event", a.ID, i.Type, i.Role, i.Name))
	context := &sessionContext{Attributes: sessionAttributes{stamp(at.Add(-sessionAge)), boolean(i.MFA)}, Delivery: i.Delivery}
	switch i.Type {
	case "IAMUser":
		who.PrincipalID, who.UserName = a.userID(i.Name), i.Name
		who.ARN = a.userARN(&User{Name: i.Name, Path: a.pathOf(i.Name)})
		if i == Nobody() {
			who.PrincipalID, who.ARN = "", ""
		}
		if i.Key != "" || login {
			context = nil // only temporary keys have a session
		}
	case "AssumedRole":
		who.PrincipalID, who.ARN = a.roleID(i.Role)+":"+i.Name, a.sessionARN(i.Role, i.Name)
		context.Issuer = &issuer{"Role", a.roleID(i.Role), a.roleARN(cmp.Or(i.Path, "/"), i.Role), a.ID, i.Role}
	case "Root":
		who.PrincipalID, who.ARN, context = a.ID, a.rootARN(), nil
	case "FederatedUser":
		who.PrincipalID, who.ARN = a.ID+":"+i.Name, a.arn("sts", "federated-user/"+i.Name)
		context.Issuer = &issuer{"IAMUser", a.userID("federation"), a.arn("iam", "user/federation"), a.ID, "federation"}
	case "IdentityCenterUser":
		store := "arn:" + a.Partition + ":identitystore::" + a.ID + ":identitystore/d-9067000000"
		who.OnBehalfOf, who.CredentialID = &onBehalfOf{deriveUUID("person", i.Name), store}, derive("", 32, "credential", i.Name)
		return who
	case "AWSService":
		return userIdentity{Type: i.Type, InvokedBy: i.Name}
	}
	who.SessionContext = context
	if login {
		key = i.Key // a console login is signed with none
	}
	who.AccessKeyID = &key
	return who
}

func (a *Account) pathOf(user string) string {
	if u := a.findUser(user); u != nil {
		return u.Path
	}
	return "/"
}

func boolean(b bool) string {
	if b {
		return "true"
	}
	return "false"
}
