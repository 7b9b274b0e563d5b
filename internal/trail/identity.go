package trail

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Identity is who made a request.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
type Identity struct {
	Type        string `json:"type"`
	PrincipalID string `json:"principalId"` // of a session: "AROA...:<session name>"
	ARN         string `json:"arn"`
	AccountID   string `json:"accountId"`
	AccessKeyID string `json:"accessKeyId"`
	UserName    string `json:"userName"`
	InvokedBy   string `json:"invokedBy"` // the service that made the request for somebody
	Context     struct {
		Issuer struct {
			ARN string `json:"arn"`
		} `json:"sessionIssuer"`
		RoleDelivery string `json:"ec2RoleDelivery"` // version of the instance metadata service that gave the key
	} `json:"sessionContext"`
}

// The types of identity that the judgement tells apart.
const (
	root           = "Root"
	iamUser        = "IAMUser"
	assumedRole    = "AssumedRole"
	federatedUser  = "FederatedUser"
	identityCenter = "IdentityCenterUser"
)

// knownTypes are all that CloudTrail documents, but for "Unknown", which says so itself.
var knownTypes = []string{root, iamUser, assumedRole, federatedUser, identityCenter,
	"Role", "Directory", "AWSAccount", "AWSService", "SAMLUser", "WebIdentityUser"}

func (i Identity) known() bool { return slices.Contains(knownTypes, i.Type) }

// session is the name that the caller of AssumeRole or GetFederationToken chose; only of an instance's
// own session did AWS choose it.
func (i Identity) session() string {
	if _, name, ok := strings.Cut(i.PrincipalID, ":"); ok {
		return name
	}
	if parts := strings.SplitN(i.ARN, "/", 3); len(parts) == 3 && strings.Contains(parts[0], ":assumed-role") {
		return parts[2]
	}
	return ""
}

// instance is an EC2 instance ID, in the short form of before 2016 or the long one.
var instance = regexp.MustCompile(`^i-([0-9a-f]{8}|[0-9a-f]{17})$`)

// person is the name under which a login is somebody's, "" when the record has none.
func (e Event) person() string {
	switch e.Identity.Type {
	case assumedRole, federatedUser:
		return e.Identity.session()
	case identityCenter:
		return cmp.Or(e.Identity.UserName, text(fields(e.Additional)["UserName"]))
	}
	return e.Identity.UserName
}

// who names the identity in a sentence.
func (e Event) who() string {
	i := e.Identity
	switch {
	case i.Type == root:
		return "root"
	case i.Type == assumedRole && i.role() != "":
		return word(cmp.Or(i.session(), "a session")) + " (role " + word(i.role()) + ")"
	case e.person() != "":
		return word(e.person())
	case i.InvokedBy != "":
		return word(i.InvokedBy)
	case i.Type != "":
		return "an identity of type " + word(i.Type)
	}
	return "an identity without a type"
}

// role is the role's name without its path.
func (i Identity) role() string {
	arn := i.Context.Issuer.ARN
	return arn[strings.LastIndex(arn, "/")+1:]
}

// name is what an exception's identity matches: the ARN, or type and name where there is none.
func (e Event) identity() string {
	return cmp.Or(e.Identity.ARN, strings.TrimSpace(e.Identity.Type+" "+cmp.Or(e.person(), e.Identity.InvokedBy)))
}
