// Package lookup reads CloudTrail's event history: management events of the last 90 days, which AWS keeps in
// each region of each account without any trail.
package lookup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// History is the event history of one account in one region.
type History struct{ client *cloudtrail.Client }

// Interval keeps one reader just under the quota: two lookups a second for each account and region,
// which nobody can raise and which all tools and people in the console share.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const Interval = 520 * time.Millisecond

// New makes a client that starts a request each interval at most, however many ask at once.
func New(config aws.Config, region string, interval time.Duration) *History {
	return &History{cloudtrail.NewFromConfig(config, func(o *cloudtrail.Options) {
		o.Region = region
		o.APIOptions = append(slices.Clip(o.APIOptions), pace(interval))
	})}
}

// Span is the time that is looked at, both ends included. It stays the same from a scan's first page to
// its last: a token holds for its own request alone.
type Span struct{ Start, End time.Time }

// Control counts the newest events of any name, 50 at most. AWS records lookups, too, so that where
// somebody looked the day before there is one.
func (h *History) Control(ctx context.Context, s Span) (int, error) {
	page, err := h.page(ctx, s.request())
	if err != nil {
		return 0, err
	}
	return len(page.Events), nil
}

// Named gives every record of a name, newest first, as JSON. An error means that there may be more.
func (h *History) Named(ctx context.Context, name string, s Span, take func(record []byte) error) error {
	request := s.request()
	request.LookupAttributes = []types.LookupAttribute{{AttributeKey: types.LookupAttributeKeyEventName, AttributeValue: &name}}
	for {
		page, err := h.page(ctx, request)
		if err != nil {
			return err
		}
		for _, e := range page.Events {
			if got := aws.ToString(e.EventName); got != name {
				return fmt.Errorf("asked for %s, the answer has %q", name, got)
			}
			if err := take([]byte(aws.ToString(e.CloudTrailEvent))); err != nil {
				return fmt.Errorf("event %s: %w", aws.ToString(e.EventId), err)
			}
		}
		if page.NextToken == nil {
			return nil
		}
		if aws.ToString(page.NextToken) == aws.ToString(request.NextToken) {
			return errors.New("the answer's NextToken is the one that asked for it")
		}
		request.NextToken = page.NextToken
	}
}

func (s Span) request() *cloudtrail.LookupEventsInput {
	return &cloudtrail.LookupEventsInput{StartTime: &s.Start, EndTime: &s.End, MaxResults: aws.Int32(50)}
}

// page refuses an answer without a list, which the SDK takes for an empty one.
func (h *History) page(ctx context.Context, request *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
	page, err := h.client.LookupEvents(ctx, request)
	if err == nil && page.Events == nil {
		err = errors.New("the answer has no list of events")
	}
	return page, err
}

// Regions are those that are enabled in an account.
func Regions(ctx context.Context, config aws.Config) ([]string, error) {
	answer, err := ec2.NewFromConfig(config).DescribeRegions(ctx, nil)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, r := range answer.Regions {
		names = append(names, aws.ToString(r.RegionName))
	}
	if len(names) == 0 {
		return nil, errors.New("the answer names no region")
	}
	slices.Sort(names)
	return names, nil
}
