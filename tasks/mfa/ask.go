package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/account"
	"github.com/cloud-gov/platform-checklist/internal/mfa"
)

// usersAtOnce are asked about in parallel. IAM's rate limits are not published; the SDK slows down
// when it meets them.
const usersAtOnce = 8

// ask completes what the report tells: every user whom it fails, does not name, or who was made
// anew since, is asked about. Of one who cannot be asked the report's word stays, beside the gap.
func (r *reader) ask(ctx context.Context, listed []types.User, known credentials) []mfa.User {
	users, errs := make([]mfa.User, len(listed)), make([]error, len(listed))
	var group errgroup.Group
	group.SetLimit(usersAtOnce)
	for i, u := range listed {
		reported, is := known.users[aws.ToString(u.UserName)]
		is = is && !aws.ToTime(u.CreateDate).After(known.made)
		users[i] = reported
		if is && (!reported.Console || reported.MFA) {
			continue
		}
		group.Go(func() error {
			if is {
				users[i], errs[i] = r.confirm(ctx, u, reported)
			} else {
				users[i], errs[i] = r.meet(ctx, u)
			}
			return nil
		})
	}
	_ = group.Wait()
	return r.told(listed, users, errs)
}

// told keeps the users of whom something is known, and tells of the others, once for each reason.
func (r *reader) told(listed []types.User, users []mfa.User, errs []error) (known []mfa.User) {
	alike := map[string][]int{}
	var reasons []string
	for i, err := range errs {
		if users[i].Name != "" {
			known = append(known, users[i])
		}
		if err == nil {
			continue
		}
		reason := account.Code(err)
		if alike[reason] == nil {
			reasons = append(reasons, reason)
		}
		alike[reason] = append(alike[reason], i)
	}
	for _, reason := range reasons {
		first, n := alike[reason][0], len(alike[reason])
		name := aws.ToString(listed[first].UserName)
		gap := account.Gap(r.ID+"/"+name, "ask about "+name, errs[first])
		if n > 1 {
			gap.Subject = r.ID
			gap.Reason += fmt.Sprintf(" (the same for %d users)", n)
		}
		r.gaps = append(r.gaps, gap)
	}
	return known
}

// confirm asks again about a user who has a password and no device in the report.
func (r *reader) confirm(ctx context.Context, u types.User, reported mfa.User) (mfa.User, error) {
	user, err := r.signIn(ctx, u)
	if err != nil {
		return reported, err
	}
	user.Keys = reported.Keys
	return user, nil
}

// meet asks about a user of whom nothing is known.
func (r *reader) meet(ctx context.Context, u types.User) (mfa.User, error) {
	user, err := r.signIn(ctx, u)
	if err != nil {
		return mfa.User{}, err
	}
	user.Keys, err = r.keys(ctx, u.UserName)
	return user, err
}

// signIn asks whether a user has a console password, and if so whether a device. Who was deleted
// in between has neither.
func (r *reader) signIn(ctx context.Context, u types.User) (mfa.User, error) {
	user := mfa.User{Name: aws.ToString(u.UserName), Asked: true}
	out, err := r.iam.GetLoginProfile(ctx, &iam.GetLoginProfileInput{UserName: u.UserName})
	if absent(err) {
		return user, nil
	}
	if err != nil {
		return user, err
	}
	if out.LoginProfile == nil {
		return user, errors.New("GetLoginProfile tells no profile")
	}
	user.Console, user.PasswordSet, user.PasswordUsed = true, aws.ToTime(out.LoginProfile.CreateDate), aws.ToTime(u.PasswordLastUsed)
	user.MFA, err = r.device(ctx, u.UserName)
	if absent(err) {
		return mfa.User{Name: user.Name, Asked: true}, nil
	}
	return user, err
}

// device tells whether a user has an MFA device of any kind.
func (r *reader) device(ctx context.Context, name *string) (bool, error) {
	pages := iam.NewListMFADevicesPaginator(r.iam, &iam.ListMFADevicesInput{UserName: name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return false, err
		}
		if len(page.MFADevices) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// keys tells when each active access key was made.
func (r *reader) keys(ctx context.Context, name *string) (made []time.Time, err error) {
	pages := iam.NewListAccessKeysPaginator(r.iam, &iam.ListAccessKeysInput{UserName: name})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if absent(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, key := range page.AccessKeyMetadata {
			if key.Status == types.StatusTypeActive {
				made = append(made, aws.ToTime(key.CreateDate))
			}
		}
	}
	return made, nil
}

func absent(err error) bool {
	_, is := errors.AsType[*types.NoSuchEntityException](err)
	return is
}
