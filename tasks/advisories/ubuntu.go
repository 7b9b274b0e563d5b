package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
)

const (
	noticesAPage  = 20 // the most that ubuntu.com gives
	noticesAtMost = 1000
)

var ubuntuRelease = regexp.MustCompile(`-ubuntu-([a-z]+)`)

// ubuntu reads Ubuntu's new notices for the releases that deployed stemcells are made of.
func (r *reading) ubuntu(ctx context.Context) {
	releases := ubuntuReleases(r.facts.Deployed)
	if len(releases) == 0 {
		r.leaveOut("Ubuntu's security notices", "no stemcell that is made of Ubuntu is known to be deployed")
		return
	}
	s := source{"Ubuntu's security notices", "UBUNTU_URL and UBUNTU_MIRROR_URL", r.Ubuntu, r.UbuntuMirror}
	total := 0
	for _, release := range releases {
		notices, err := read(s, func(address string) ([]advisory.Notice, error) { return r.notices(ctx, address, release) }, length)
		if err != nil {
			r.miss("ubuntu/"+release, err, s.remedy())
		}
		total += len(notices)
		r.keep(func() { r.facts.Ubuntu = append(r.facts.Ubuntu, notices...) })
	}
	if total > 0 {
		r.keep(func() { r.run.Examine("Ubuntu notices", total) })
	}
}

func ubuntuReleases(d advisory.Deployed) (names []string) {
	for _, deployment := range d.Deployments {
		for _, s := range deployment.Stemcells {
			if found := ubuntuRelease.FindStringSubmatch(s.Name); found != nil {
				names = append(names, found[1])
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// notices reads a release's, newest first, until they are no longer new.
func (r *reading) notices(ctx context.Context, address, release string) (all []advisory.Notice, err error) {
	for len(all) < noticesAtMost {
		answer, err := r.client.Get(ctx, with(address, url.Values{
			"release": {release}, "order": {"newest"}, "limit": {strconv.Itoa(noticesAPage)}, "offset": {strconv.Itoa(len(all))},
		}), nil)
		if err != nil {
			return all, err
		}
		if bytes.HasPrefix(bytes.TrimSpace(answer.Body), []byte("<")) {
			return r.fromFeed(answer.Body, release)
		}
		page, total, err := advisory.ParseNotices(release, answer.Body)
		if err != nil {
			return all, err
		}
		all = append(all, page...)
		if len(page) == 0 && len(all) < total {
			return all, fmt.Errorf("the list breaks off: %d of %d notices", len(all), total)
		}
		if len(all) >= total || !advisory.Recent(page[len(page)-1].Published, r.policy.NewDays, r.run.Now()) {
			return all, r.believed(all)
		}
	}
	return all, fmt.Errorf("the list of new notices does not end after %d", noticesAtMost)
}

func (r *reading) believed(notices []advisory.Notice) error {
	if len(notices) < r.policy.Least.Ubuntu {
		return fmt.Errorf("%d notices are listed, fewer than %d (least.ubuntu): the list is not believed", len(notices), r.policy.Least.Ubuntu)
	}
	return nil
}

// fromFeed takes notices from RSS, which tells neither their release nor their packages.
func (r *reading) fromFeed(document []byte, release string) (notices []advisory.Notice, err error) {
	items, err := parseFeed(document)
	if err != nil {
		return nil, err
	}
	for _, i := range items {
		notices = append(notices, advisory.Notice{ID: i.ID, Title: i.Title, Link: i.Link, Published: i.Published, Release: release})
	}
	r.leaveOut("packages of Ubuntu's notices for "+release, "they were read from a feed, which does not tell which release and packages they concern")
	return notices, r.believed(notices)
}
