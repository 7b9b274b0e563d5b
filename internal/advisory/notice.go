package advisory

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// ParseNotices reads a page of Ubuntu's security notices for a release, newest first, and how many there are in all.
// https://ubuntu.com/security/api/docs
func ParseNotices(release string, document []byte) (notices []Notice, total int, err error) {
	var read struct {
		Total   int `json:"total_results"`
		Notices []struct {
			ID        string   `json:"id"`
			Title     string   `json:"title"`
			Published string   `json:"published"`
			CVEs      []string `json:"cves_ids"`
			Packages  map[string][]struct {
				Name   string `json:"name"`
				Source bool   `json:"is_source"`
			} `json:"release_packages"`
		} `json:"notices"`
	}
	if err := json.Unmarshal(document, &read); err != nil {
		return nil, 0, fmt.Errorf("the answer lists no Ubuntu security notices: %w", report.Misread(err))
	}
	if read.Notices == nil {
		return nil, 0, errors.New("the answer lists no Ubuntu security notices")
	}
	for _, n := range read.Notices {
		published, err := moment(n.Published)
		if err != nil || published.IsZero() || n.ID == "" {
			return nil, 0, fmt.Errorf("the Ubuntu security notice %q has no name or no date", n.ID)
		}
		notice := Notice{ID: Short(n.ID), Title: Short(n.Title), Link: "https://ubuntu.com/security/notices/" + url.PathEscape(Short(n.ID)), Release: release, Published: published, CVEs: n.CVEs}
		for _, p := range n.Packages[release] {
			if p.Source && !slices.Contains(notice.Packages, p.Name) {
				notice.Packages = append(notice.Packages, p.Name)
			}
		}
		notices = append(notices, notice)
	}
	return notices, read.Total, nil
}

// moment reads a time that may lack its zone, as Ubuntu's do: then it is UTC.
func moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t, nil
	}
	return time.Parse("2006-01-02T15:04:05.999999999", strings.TrimSpace(text))
}
