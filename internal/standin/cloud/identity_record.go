package cloud

import (
	"cmp"
	"strconv"
	"time"
)

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

// record is the identity as an event of this account has it. A console login is
// signed with no key: users have an empty one then, all others none.
func (i Identity) record(a *Account, at time.Time, login bool) userIdentity {
	switch i.Type {
	case "IAMUser":
		return i.iamUser(a, at, login)
	case "Root":
		return userIdentity{Type: i.Type, PrincipalID: a.ID, ARN: a.rootARN(), AccountID: a.ID, AccessKeyID: &i.Key}
	case "AssumedRole", "FederatedUser":
		return i.temporary(a, at, login)
	case "IdentityCenterUser":
		return i.identityCenterUser(a)
	case "AWSService":
		return userIdentity{Type: i.Type, InvokedBy: i.Name}
	default:
		return userIdentity{Type: i.Type, PrincipalID: i.Name, AccountID: a.ID}
	}
}

func (i Identity) iamUser(a *Account, at time.Time, login bool) userIdentity {
	who := userIdentity{Type: i.Type, AccountID: a.ID, UserName: i.Name, AccessKeyID: &i.Key}
	if i.Name == Nobody().Name {
		return who
	}
	who.PrincipalID, who.ARN = a.userID(i.Name), a.arn("iam", "user"+a.userPath(i.Name)+i.Name)
	if i.Key == "" && !login { // the console's temporary key
		who.AccessKeyID, who.SessionContext = i.temporaryKey(a), i.session(at)
	}
	return who
}

func (i Identity) temporary(a *Account, at time.Time, login bool) userIdentity {
	who := userIdentity{Type: i.Type, AccountID: a.ID, SessionContext: i.session(at)}
	if !login {
		who.AccessKeyID = i.temporaryKey(a)
	}
	if i.Type == "FederatedUser" {
		const by = "federation" // the user who called GetFederationToken
		who.PrincipalID, who.ARN = a.ID+":"+i.Name, a.arn("sts", "federated-user/"+i.Name)
		who.SessionContext.Issuer = &issuer{"IAMUser", a.userID(by), a.arn("iam", "user/"+by), a.ID, by}
		return who
	}
	who.PrincipalID, who.ARN = a.roleID(i.Role)+":"+i.Name, a.sessionARN(i.Role, i.Name)
	who.SessionContext.Issuer = &issuer{"Role", a.roleID(i.Role), a.roleARN(cmp.Or(i.Path, "/"), i.Role), a.ID, i.Role}
	return who
}

func (i Identity) identityCenterUser(a *Account) userIdentity {
	store := "arn:" + a.Partition + ":identitystore::" + a.ID + ":identitystore/d-9067000000"
	return userIdentity{
		Type:         i.Type,
		AccountID:    a.ID,
		OnBehalfOf:   &onBehalfOf{deriveUUID("person", i.Name), store},
		CredentialID: derive("", 32, "credential", i.Name),
	}
}

// sessionAge is how long before an event its session began.
const sessionAge = 20 * time.Minute

func (i Identity) session(at time.Time) *sessionContext {
	return &sessionContext{
		Attributes: sessionAttributes{stamp(at.Add(-sessionAge)), strconv.FormatBool(i.MFA)},
		Delivery:   i.Delivery,
	}
}

func (i Identity) temporaryKey(a *Account) *string {
	key := cmp.Or(i.Key, derive("ASIA", 16, "event", a.ID, i.Type, i.Role, i.Name))
	return &key
}

func (a *Account) userPath(name string) string {
	if u := a.findUser(name); u != nil {
		return u.Path
	}
	return "/"
}
