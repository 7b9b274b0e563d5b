package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

const (
	recordsAtOnce = 4
	namedAtMost   = 20 // in one gap
)

// records reads the CVE record of each advisory. Those that could not be read are one gap.
func (r *reading) records(ctx context.Context, advisories []advisory.Advisory) {
	s := source{name: "its record", first: r.CVE, second: r.CVEMirror, parameters: "CVE_URL and CVE_MIRROR_URL"}
	failed := make([]error, len(advisories))
	var group errgroup.Group
	group.SetLimit(recordsAtOnce)
	for i := range advisories {
		if a := &advisories[i]; a.CVE != "" {
			group.Go(func() error {
				a.Record, failed[i] = read(s, func(address string) (*advisory.Record, error) { return r.record(ctx, address, a.CVE) },
					func(*advisory.Record) int { return 0 })
				if absent(failed[i]) {
					a.Unpublished, failed[i] = true, nil
				}
				return nil
			})
		}
	}
	_ = group.Wait()
	var names []string
	var cause error
	for i, err := range failed {
		if err != nil {
			names, cause = append(names, advisories[i].CVE), err
		}
	}
	if len(names) > 0 {
		r.miss("cve-records", fmt.Errorf("%d of %d CVEs are without a record (%s): %w", len(names), len(advisories), report.First(names, namedAtMost, ", "), cause), s.remedy())
	}
}

func (r *reading) record(ctx context.Context, address, cve string) (*advisory.Record, error) {
	answer, err := r.client.Get(ctx, expand(address, cve), nil)
	if err != nil {
		return nil, err
	}
	return advisory.ParseRecord(cve, answer.Body)
}

// expand puts a CVE into an address as cvelistV5 files it: CVE-2026-40965 below 2026/40xxx.
func expand(address, cve string) string {
	_, rest, _ := strings.Cut(cve, "-")
	year, number, _ := strings.Cut(rest, "-")
	return strings.NewReplacer("{id}", cve, "{year}", year, "{thousands}", number[:len(number)-3]+"xxx").Replace(address)
}

// absent tells whether every address says that there is no such record, not one that it cannot be read.
func absent(err error) bool {
	var joined interface{ Unwrap() []error }
	var status *fetch.StatusError
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			if !absent(e) {
				return false
			}
		}
		return true
	}
	return errors.As(err, &status) && status.Status == http.StatusNotFound
}
