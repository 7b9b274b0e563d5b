package account

import (
	"fmt"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Parameters are what a task is told about AWS. What is left empty the AWS SDK takes from where it
// always looks: shared files, the container's or the instance's role.
type Parameters struct {
	AWSRegion          string       `env:"AWS_REGION" help:"Region that is signed for and whose endpoints are used: us-gov-west-1."`
	AWSAccessKeyID     fetch.Secret `env:"AWS_ACCESS_KEY_ID" help:"Access key ID; without one the worker's own role is used."`
	AWSSecretAccessKey fetch.Secret `env:"AWS_SECRET_ACCESS_KEY" help:"Secret of the access key."`
	AWSSessionToken    fetch.Secret `env:"AWS_SESSION_TOKEN" help:"Session token, when the access key is a temporary one."`
	AWSUseFIPSEndpoint bool         `env:"AWS_USE_FIPS_ENDPOINT" help:"Use the FIPS endpoints; not together with AWS_ENDPOINT_URL."`
	AWSEndpointURL     string       `env:"AWS_ENDPOINT_URL" help:"Address of all AWS services instead of their own, for a stand-in."`
	RoleARNs           []string     `name:"role-arns" env:"ROLE_ARNS" help:"Roles to assume, one for each account to look at, by commas; without them the credentials' own account is looked at."`
	AccountIDs         []string     `name:"account-ids" env:"ACCOUNT_IDS" help:"Accounts that must be the ones looked at, by commas; any other, or one that is missing, is a gap."`
	Tries              int          `kong:"-"` // of each call; 10 when zero. Who is asked again in a minute need not be so patient.
}

// Problems tells every parameter that cannot be so.
func (p Parameters) Problems() (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if p.AWSRegion == "" {
		wrong("AWS_REGION is missing: give a region of the accounts' partition, such as us-gov-west-1")
	}
	if p.AWSAccessKeyID.IsZero() != p.AWSSecretAccessKey.IsZero() {
		wrong("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together: give both or neither")
	}
	if !p.AWSSessionToken.IsZero() && p.AWSAccessKeyID.IsZero() {
		wrong("AWS_SESSION_TOKEN goes with AWS_ACCESS_KEY_ID: give all three or none")
	}
	if p.AWSUseFIPSEndpoint && p.AWSEndpointURL != "" {
		wrong("AWS_USE_FIPS_ENDPOINT and AWS_ENDPOINT_URL exclude each other: leave one empty")
	}
	seen := map[string]bool{}
	for _, role := range trimmed(p.RoleARNs) {
		id := OfRole(role)
		if id == "" {
			wrong("ROLE_ARNS wants ARNs such as arn:aws-us-gov:iam::123456789012:role/checklist, not %q", role)
			continue
		}
		if seen[id] {
			wrong("ROLE_ARNS has two roles of account %s: give one for each account", id)
		}
		seen[id] = true
	}
	for _, id := range trimmed(p.AccountIDs) {
		if !IsID(id) {
			wrong("ACCOUNT_IDS wants account IDs of twelve digits, not %q", id)
		}
	}
	return problems
}

// trimmed takes away the blanks that people put after commas.
func trimmed(list []string) (values []string) {
	for _, value := range list {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}
