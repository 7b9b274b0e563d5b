// Package account opens AWS accounts: the one that the credentials belong to, or several by roles
// that these may assume. Which account was opened is AWS's own word, never a parameter's.
package account

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Account is one AWS account, as sts:GetCallerIdentity names it.
type Account struct {
	ID        string     // twelve digits
	Partition string     // "aws", "aws-us-gov", ...
	Caller    string     // the ARN that looks
	Config    aws.Config // makes the clients of every service
}

// sessionName is how the checklist's own calls appear in CloudTrail.
const sessionName = "platform-checklist"

// Open opens every account that the parameters ask for, ordered by ID. One that cannot be opened,
// is not the expected one or is missing is a gap.
func (p Parameters) Open(ctx context.Context) (accounts []Account, gaps []report.Gap) {
	base, err := p.config(ctx)
	if err != nil {
		return nil, []report.Gap{Gap("AWS credentials", "load the configuration of the AWS SDK", err)}
	}
	roles := trimmed(p.RoleARNs)
	if len(roles) == 0 {
		roles = []string{""}
	}
	opened, errs := make([]Account, len(roles)), make([]error, len(roles))
	var wait sync.WaitGroup
	for i, role := range roles {
		wait.Go(func() { opened[i], errs[i] = open(ctx, base, role) })
	}
	wait.Wait()
	for i, role := range roles {
		if errs[i] != nil {
			gaps = append(gaps, Gap(subject(role), "open the account", errs[i]))
			continue
		}
		accounts = append(accounts, opened[i])
	}
	return p.expected(accounts, gaps)
}

// subject names an account that could not be opened.
func subject(role string) string {
	if a, err := arn.Parse(role); err == nil {
		return a.AccountID
	}
	return "AWS credentials"
}

func open(ctx context.Context, base aws.Config, role string) (Account, error) {
	config := base.Copy()
	if role != "" {
		config.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(base), role,
			func(o *stscreds.AssumeRoleOptions) { o.RoleSessionName = sessionName }))
	}
	who, err := sts.NewFromConfig(config).GetCallerIdentity(ctx, nil)
	if err != nil {
		return Account{}, err
	}
	caller, err := arn.Parse(aws.ToString(who.Arn))
	if err != nil || caller.AccountID != aws.ToString(who.Account) {
		return Account{}, fmt.Errorf("sts:GetCallerIdentity names account %q and caller %q", aws.ToString(who.Account), aws.ToString(who.Arn))
	}
	if role != "" && caller.AccountID != subject(role) {
		return Account{}, fmt.Errorf("role %s opened account %s", role, caller.AccountID)
	}
	return Account{caller.AccountID, caller.Partition, caller.String(), config}, nil
}

// expected holds the accounts against ACCOUNT_IDS, where it is given: one that it does not name is not
// looked at, one that it names and that is not there is a gap.
func (p Parameters) expected(accounts []Account, gaps []report.Gap) ([]Account, []report.Gap) {
	slices.SortFunc(accounts, func(a, b Account) int { return strings.Compare(a.ID, b.ID) })
	ids := trimmed(p.AccountIDs)
	if len(ids) == 0 {
		return accounts, gaps
	}
	known := map[string]bool{}
	for _, g := range gaps {
		known[g.Subject] = true
	}
	keep := accounts[:0:0]
	for _, a := range accounts {
		known[a.ID] = true
		if slices.Contains(ids, a.ID) {
			keep = append(keep, a)
			continue
		}
		gaps = append(gaps, report.Gap{Subject: a.ID,
			Reason: fmt.Sprintf("the credentials (%s) are of account %s, which ACCOUNT_IDS does not name", a.Caller, a.ID),
			Action: "Give this box the credentials of the right account, or correct ACCOUNT_IDS."})
	}
	for _, id := range ids {
		if !known[id] {
			gaps = append(gaps, report.Gap{Subject: id, Reason: "ACCOUNT_IDS names the account, but no credentials open it",
				Action: "Add a role of that account to ROLE_ARNS, or correct ACCOUNT_IDS."})
		}
	}
	return keep, gaps
}
