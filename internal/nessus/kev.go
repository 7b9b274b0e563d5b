package nessus

import (
	"errors"
	"fmt"
	"time"
)

// Exploits is CISA's catalogue of known exploited vulnerabilities.
// https://www.cisa.gov/known-exploited-vulnerabilities-catalog
type Exploits struct {
	Released time.Time
	Due      map[string]time.Time // by CVE: the last day to remediate it, as BOD 22-01 sets it
}

// ParseExploits reads the catalogue. One that does not hold what it counts is none.
func ParseExploits(body []byte) (*Exploits, error) {
	var answer struct {
		Released        time.Time `json:"dateReleased"`
		Count           int       `json:"count"`
		Vulnerabilities []struct {
			CVE string `json:"cveID"`
			Due string `json:"dueDate"`
		} `json:"vulnerabilities"`
	}
	if err := parse(body, &answer); err != nil {
		return nil, err
	}
	if answer.Released.IsZero() || len(answer.Vulnerabilities) == 0 {
		return nil, errors.New("the answer is no catalogue of known exploited vulnerabilities")
	}
	if answer.Count != len(answer.Vulnerabilities) {
		return nil, fmt.Errorf("the catalogue counts %d vulnerabilities and holds %d", answer.Count, len(answer.Vulnerabilities))
	}
	e := &Exploits{answer.Released, make(map[string]time.Time, answer.Count)}
	for _, v := range answer.Vulnerabilities {
		due, err := time.Parse(time.DateOnly, v.Due)
		if err != nil || v.CVE == "" {
			return nil, fmt.Errorf("the catalogue has %.40q with the due date %.40q", v.CVE, v.Due)
		}
		e.Due[v.CVE] = due
	}
	return e, nil
}

// soonest is the first due date of any of these, and of which.
func (e *Exploits) soonest(cves []string) (cve string, due time.Time) {
	if e == nil {
		return "", time.Time{}
	}
	for _, c := range cves {
		if d, listed := e.Due[c]; listed && (due.IsZero() || d.Before(due)) {
			cve, due = c, d
		}
	}
	return cve, due
}
