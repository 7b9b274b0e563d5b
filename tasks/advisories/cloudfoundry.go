package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

const (
	pagesAtMost = 50  // of ten advisories each
	cvesAtMost  = 500 // in the whole look-back
)

// cloudFoundry reads Cloud Foundry's advisories of the look-back, and each one's CVE record.
func (r *reading) cloudFoundry(ctx context.Context) {
	s := source{"Cloud Foundry's advisories", "CF_FEED_URL and CF_FEED_MIRROR_URL", r.CloudFoundry, r.CloudFoundryMirror}
	items, err := read(s, func(address string) ([]advisory.Item, error) { return r.pages(ctx, address) }, length)
	if err != nil {
		r.miss("cloud-foundry", err, s.remedy())
	}
	recent := slices.DeleteFunc(slices.Clone(items), r.past)
	advisories, notices := sorted(recent)
	if len(advisories) > cvesAtMost {
		r.miss("cloud-foundry", fmt.Errorf("the feed names more than %d CVEs", cvesAtMost), "See what answers at CF_FEED_URL; lower look_back_days.")
		advisories = advisories[:cvesAtMost]
	}
	r.records(ctx, advisories)
	if len(items) == 0 {
		return
	}
	r.keep(func() {
		r.facts.Advisories = advisories
		r.run.Examine("Cloud Foundry advisories", len(items))
		r.run.See("Cloud Foundry repeats of Ubuntu notices", notices)
	})
}

func (r *reading) past(i advisory.Item) bool {
	return !i.Published.IsZero() && !advisory.Recent(i.Published, r.policy.LookBackDays, r.run.Now())
}

// pages reads a WordPress feed back to the look-back, or to its end, which a 404 tells.
func (r *reading) pages(ctx context.Context, address string) (all []advisory.Item, err error) {
	known := map[string]bool{}
	for page := 1; page <= pagesAtMost; page++ {
		items, err := r.page(ctx, address, page)
		if status := new(fetch.StatusError); page > 1 && errors.As(err, &status) && status.Status == http.StatusNotFound {
			return r.enough(all)
		}
		if err != nil {
			return all, fmt.Errorf("page %d: %w", page, err)
		}
		fresh := 0
		for _, i := range items {
			if key := i.ID + " " + i.Link; !known[key] {
				known[key] = true
				all = append(all, i)
				fresh++
			}
		}
		if fresh == 0 && page > 1 {
			return all, fmt.Errorf("the feed gives no page %d: it goes back to %s, not through %d days (look_back_days)",
				page, all[len(all)-1].Published.UTC().Format(time.DateOnly), r.policy.LookBackDays)
		}
		if fresh == 0 || r.past(all[len(all)-1]) {
			return r.enough(all)
		}
	}
	return all, fmt.Errorf("the feed does not end after %d pages", pagesAtMost)
}

func (r *reading) enough(items []advisory.Item) ([]advisory.Item, error) {
	if len(items) < r.policy.Least.CloudFoundry {
		return items, fmt.Errorf("the feed lists %d advisories, fewer than %d (least.cloud_foundry): it is not believed", len(items), r.policy.Least.CloudFoundry)
	}
	return items, nil
}

func (r *reading) page(ctx context.Context, address string, page int) ([]advisory.Item, error) {
	if page > 1 {
		address = with(address, url.Values{"paged": {strconv.Itoa(page)}})
	}
	answer, err := r.client.Get(ctx, address, nil)
	if err != nil {
		return nil, err
	}
	return parseFeed(answer.Body)
}

// with adds parameters to an address.
func with(address string, more url.Values) string {
	u, err := url.Parse(address)
	if err != nil {
		return address // of which the caller will hear
	}
	query := u.Query()
	for key, values := range more {
		query[key] = values
	}
	u.RawQuery = query.Encode()
	return u.String()
}

var (
	cve    = regexp.MustCompile(`(?i)\bCVE-\d{4}-\d{4,7}\b`)
	notice = regexp.MustCompile(`^\s*(USN|LSN|SSN)-\d`)
)

// sorted gives an advisory for each CVE, by its newest item, and counts items that repeat Ubuntu's notices. What an item is
// about stands in its title and address; its text may mention others.
func sorted(items []advisory.Item) (advisories []advisory.Advisory, notices int) {
	seen := map[string]bool{}
	for _, i := range items {
		if notice.MatchString(i.Title) {
			notices++
			continue
		}
		names := cve.FindAllString(i.Title+" "+i.Link, -1)
		if len(names) == 0 {
			names = cve.FindAllString(i.Text, -1)
		}
		if len(names) == 0 {
			advisories = append(advisories, advisory.Advisory{Item: i})
		}
		for _, name := range names {
			if name = strings.ToUpper(name); !seen[name] {
				seen[name] = true
				advisories = append(advisories, advisory.Advisory{CVE: name, Item: i})
			}
		}
	}
	return advisories, notices
}
