package main

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/cloud-gov/platform-checklist/internal/mfa"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

const (
	counts     = 3           // times that list and summary are held against each other
	countPause = time.Second // in between: users come and go
	mostItems  = 1000        // per page, IAM's limit
)

// roster lists the account's users. The summary, which counts them too, is the control against a
// list that is not whole.
func (r *reader) roster(ctx context.Context) (users []types.User, listed bool) {
	var difference string
	for try := range counts {
		if try > 0 && !pause(ctx, countPause) {
			break
		}
		var err error
		if users, err = r.users(ctx); err != nil {
			r.miss("list users", err)
			return nil, false
		}
		summary, err := r.summary(ctx)
		if err != nil {
			r.miss("read the account summary, which counts the users", err)
			return users, true
		}
		r.root(summary)
		counted := int(summary[string(types.SummaryKeyTypeUsers)])
		if counted == len(users) {
			return users, true
		}
		difference = fmt.Sprintf("ListUsers lists %d users, GetAccountSummary counts %d", len(users), counted)
	}
	r.gaps = append(r.gaps, report.Gap{Subject: r.ID, Reason: difference,
		Action: "Run it again; if it stays so, list the users in the IAM console and ask AWS support which is right."})
	return users, true
}

func (r *reader) users(ctx context.Context) (users []types.User, err error) {
	seen := map[string]bool{}
	pages := iam.NewListUsersPaginator(r.iam, &iam.ListUsersInput{MaxItems: aws.Int32(mostItems)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, u := range page.Users {
			name := aws.ToString(u.UserName)
			if name == "" || seen[name] {
				return nil, fmt.Errorf("user %q has no name or comes twice", name)
			}
			seen[name] = true
		}
		users = append(users, page.Users...)
	}
	return users, nil
}

// needed are the keys of the summary that a judgement rests on.
var needed = []types.SummaryKeyType{
	types.SummaryKeyTypeUsers, types.SummaryKeyTypeAccountMFAEnabled, types.SummaryKeyTypeAccountAccessKeysPresent,
}

func (r *reader) summary(ctx context.Context) (map[string]int32, error) {
	out, err := r.iam.GetAccountSummary(ctx, nil)
	if err != nil {
		return nil, err
	}
	for _, key := range needed {
		if _, told := out.SummaryMap[string(key)]; !told {
			return nil, fmt.Errorf("GetAccountSummary does not tell %s", key)
		}
	}
	return out.SummaryMap, nil
}

// root takes what the summary tells of the root user, where that can sign in at all. Where
// AWS does not tell whether it has a password, it has one.
func (r *reader) root(summary map[string]int32) {
	if !mfa.RootSignsIn(r.Partition) {
		r.leftOut = []report.LeftOut{{Subject: r.ID + "/root", Reason: "root cannot sign in in partition " + r.Partition}}
		return
	}
	password, told := summary[string(types.SummaryKeyTypeAccountPasswordPresent)]
	r.facts.Root = &mfa.Root{
		Password:  !told || password > 0,
		MFA:       summary[string(types.SummaryKeyTypeAccountMFAEnabled)] > 0,
		AccessKey: summary[string(types.SummaryKeyTypeAccountAccessKeysPresent)] > 0,
	}
}
