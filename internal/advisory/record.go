package advisory

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Record is what a CVE record says (format 5): https://cveproject.github.io/cve-schema/schema/docs/
type Record struct {
	CVE      string
	State    string // PUBLISHED, REJECTED or RESERVED
	Severity Severity
	Affected []Product
	Link     string
}

// Product is a product that a record speaks of.
type Product struct {
	Vendor   string  `json:"vendor"`
	Name     string  `json:"product"`
	Default  string  `json:"defaultStatus"` // of versions in no range
	Versions []Range `json:"versions"`
}

// Range are versions of one status: a single one, or all from Version to an end.
type Range struct {
	Version         string   `json:"version"`
	Status          string   `json:"status"` // affected, unaffected or unknown
	LessThan        string   `json:"lessThan"`
	LessThanOrEqual string   `json:"lessThanOrEqual"`
	Changes         []Change `json:"changes"`
}

// Change is a version within a range from which on another status holds.
type Change struct {
	At     string `json:"at"`
	Status string `json:"status"`
}

type container struct {
	Affected   []Product                    `json:"affected"`
	Metrics    []map[string]json.RawMessage `json:"metrics"`
	References []struct {
		URL string `json:"url"`
	} `json:"references"`
}

// short cuts all that is shown.
func (c container) short() container {
	for i := range c.Affected {
		p := &c.Affected[i]
		p.Vendor, p.Name = Short(p.Vendor), Short(p.Name)
		for n := range p.Versions {
			v := &p.Versions[n]
			v.Version, v.Status, v.LessThan, v.LessThanOrEqual = Short(v.Version), Short(v.Status), Short(v.LessThan), Short(v.LessThanOrEqual)
		}
	}
	return c
}

// ParseRecord reads the record of a CVE. A record of another one is an error.
func ParseRecord(cve string, document []byte) (*Record, error) {
	var read struct {
		Metadata struct {
			ID    string `json:"cveId"`
			State string `json:"state"`
		} `json:"cveMetadata"`
		Containers struct {
			CNA container   `json:"cna"`
			ADP []container `json:"adp"`
		} `json:"containers"`
	}
	if err := json.Unmarshal(document, &read); err != nil {
		return nil, fmt.Errorf("the answer is no CVE record: %w", report.Misread(err))
	}
	if read.Metadata.ID != cve {
		return nil, fmt.Errorf("the answer is the record of %q, not of %s", read.Metadata.ID, cve)
	}
	if !slices.Contains([]string{"PUBLISHED", "REJECTED", "RESERVED"}, read.Metadata.State) {
		return nil, errors.New("the answer is no CVE record: it tells no state")
	}
	cna := read.Containers.CNA.short()
	r := &Record{CVE: cve, State: read.Metadata.State, Affected: cna.Affected, Severity: severity(cna.Metrics)}
	for _, a := range read.Containers.ADP { // what others, such as CISA, add to a record
		if r.Severity == Unrated {
			r.Severity = severity(a.Metrics)
		}
		if len(r.Affected) == 0 {
			r.Affected = a.short().Affected
		}
	}
	for _, reference := range cna.References {
		if strings.HasPrefix(reference.URL, "https://") {
			r.Link = reference.URL
			break
		}
	}
	return r, nil
}
