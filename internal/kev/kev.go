// Package kev reads CISA's catalogue of known exploited vulnerabilities.
// https://www.cisa.gov/known-exploited-vulnerabilities-catalog
package kev

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Catalogue is one release of the catalogue.
type Catalogue struct {
	Version  string
	Released time.Time
	Entries  []Entry
}

// Entry is a vulnerability that attackers are known to use.
type Entry struct {
	CVE     string     `json:"cveID"`
	Vendor  string     `json:"vendorProject"`
	Product string     `json:"product"`
	Name    string     `json:"vulnerabilityName"`
	Added   report.Day `json:"dateAdded"`
	Due     report.Day `json:"dueDate"` // by which BOD 22-01 wants it remedied
	Action  string     `json:"requiredAction"`
}

// Parse reads the catalogue's JSON. One that is not whole, by its own count, is an error.
func Parse(document []byte) (Catalogue, error) {
	var read struct {
		Version  string    `json:"catalogVersion"`
		Released time.Time `json:"dateReleased"` // with four digits of a second's fraction
		Count    *int      `json:"count"`
		Entries  []Entry   `json:"vulnerabilities"`
	}
	if err := json.Unmarshal(document, &read); err != nil {
		return Catalogue{}, fmt.Errorf("the answer is no catalogue of known exploited vulnerabilities: %w", report.Misread(err))
	}
	switch {
	case read.Released.IsZero() || read.Count == nil:
		return Catalogue{}, errors.New("the answer is no catalogue of known exploited vulnerabilities: it tells neither its release nor its count")
	case *read.Count != len(read.Entries):
		return Catalogue{}, fmt.Errorf("the catalogue of known exploited vulnerabilities is not whole: it counts %d and lists %d", *read.Count, len(read.Entries))
	}
	for i, e := range read.Entries {
		if e.CVE == "" || e.Added.IsZero() {
			return Catalogue{}, fmt.Errorf("the catalogue of known exploited vulnerabilities is not whole: entry %d lacks its CVE or its date", i+1)
		}
	}
	return Catalogue{read.Version, read.Released, read.Entries}, nil
}

// Find looks a CVE up.
func (c Catalogue) Find(cve string) (Entry, bool) {
	for _, e := range c.Entries {
		if e.CVE == cve {
			return e, true
		}
	}
	return Entry{}, false
}
