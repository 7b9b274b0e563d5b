package cloud

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

// WithoutMFA says that no second factor was used.
func (i Identity) WithoutMFA() Identity { i.MFA = false; return i }

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
