package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/kev"
)

// catalogue reads CISA's known exploited vulnerabilities. One that has shrunk or is old is used, but not believed.
func (r *reading) catalogue(ctx context.Context) {
	s := source{"CISA's catalogue of known exploited vulnerabilities", "KEV_URL and KEV_MIRROR_URL", r.KEV, r.KEVMirror}
	c, err := read(s, func(address string) (kev.Catalogue, error) {
		answer, err := r.client.Get(ctx, address, nil)
		if err != nil {
			return kev.Catalogue{}, err
		}
		c, err := kev.Parse(answer.Body)
		if err != nil {
			return c, err
		}
		if n, least := len(c.Entries), r.policy.Least.KnownExploited; n < least {
			return c, fmt.Errorf("the catalogue lists %d vulnerabilities, fewer than %d (least.known_exploited): it is not believed", n, least)
		}
		return c, r.current("the catalogue", "catalogue_max_days", c.Released, r.policy.CatalogueMaxDays)
	}, func(c kev.Catalogue) int { return len(c.Entries) })
	if err != nil {
		r.miss("known-exploited", err, s.remedy())
	}
	if len(c.Entries) > 0 {
		r.keep(func() {
			r.facts.Catalogue = &c
			r.run.Examine("known exploited vulnerabilities", len(c.Entries))
		})
	}
}

func (r *reading) current(what, key string, newest time.Time, days int) error {
	if !advisory.Recent(newest, days, r.run.Now()) {
		return fmt.Errorf("%s is of %s, older than %d days (%s): it is not believed", what, newest.UTC().Format(time.DateOnly), days, key)
	}
	return nil
}

// cisa reads CISA's advisories.
func (r *reading) cisa(ctx context.Context) {
	s := source{"CISA's advisories", "CISA_URL and CISA_MIRROR_URL", r.CISA, r.CISAMirror}
	items, err := read(s, func(address string) ([]advisory.Item, error) { return r.cisaFeed(ctx, address) }, length)
	if err != nil {
		r.miss("cisa", err, s.remedy())
	}
	if len(items) == 0 {
		return
	}
	var ours []advisory.Item
	for _, i := range items {
		if !industrial(i) {
			ours = append(ours, i)
		}
	}
	r.keep(func() {
		r.facts.CISA = ours
		r.run.Examine("CISA advisories", len(items))
		r.run.See("industrial and medical advisories", len(items)-len(ours))
	})
}

// industrial tells advisories on systems that no platform has.
func industrial(i advisory.Item) bool {
	return strings.Contains(i.Link, "/ics-advisories/") || strings.Contains(i.Link, "/ics-medical-advisories/")
}

// cisaFeed reads either form.
func (r *reading) cisaFeed(ctx context.Context, address string) (items []advisory.Item, err error) {
	answer, err := r.client.Get(ctx, address, nil)
	if err != nil {
		return nil, err
	}
	csaf := bytes.HasPrefix(bytes.TrimSpace(answer.Body), []byte("{"))
	if csaf {
		items, err = advisory.ParseCSAFFeed(answer.Body)
	} else {
		items, err = parseFeed(answer.Body)
	}
	if err != nil {
		return nil, err
	}
	var newest time.Time
	for i := range items {
		if items[i].Published.After(newest) {
			newest = items[i].Published
		}
	}
	if len(items) < r.policy.Least.CISA {
		return items, fmt.Errorf("the feed lists %d advisories, fewer than %d (least.cisa): it is not believed", len(items), r.policy.Least.CISA)
	}
	if csaf {
		r.rate(ctx, address, items)
	}
	return items, r.current("the feed's newest advisory", "feed_max_days", newest, r.policy.FeedMaxDays)
}

// rate reads how bad new advisories are, where they lie beside their feed: an address within an answer is not
// followed to another host.
func (r *reading) rate(ctx context.Context, feed string, items []advisory.Item) {
	base, err := url.Parse(feed)
	if err != nil {
		return
	}
	for i := range items {
		item := &items[i]
		at, err := url.Parse(item.Link)
		if !advisory.Recent(item.Published, r.policy.NewDays, r.run.Now()) || err != nil || at.Scheme != base.Scheme || at.Host != base.Host {
			continue
		}
		answer, err := r.client.Get(ctx, item.Link, nil)
		if err != nil {
			r.miss("cisa/"+item.ID, fmt.Errorf("read how bad it is: %w", err), "Read the advisory: "+item.Link)
			continue
		}
		severity, unfixed, err := advisory.ParseCSAF(answer.Body)
		if err != nil {
			r.miss("cisa/"+item.ID, fmt.Errorf("read how bad it is: %w", err), "Read the advisory: "+item.Link)
		}
		if item.Severity = severity; unfixed {
			item.Title += " (for some product no fix is planned)"
		}
	}
}
