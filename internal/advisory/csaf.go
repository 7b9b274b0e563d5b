package advisory

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// ParseCSAFFeed reads a ROLIE feed of CSAF advisories, as cisagov/CSAF has it. An item's Link is the advisory itself.
// https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html
func ParseCSAFFeed(document []byte) (items []Item, err error) {
	var read struct {
		Feed *struct {
			Entries []struct {
				ID        string    `json:"id"`
				Title     string    `json:"title"`
				Published time.Time `json:"published"`
				Content   struct {
					Source string `json:"src"`
				} `json:"content"`
			} `json:"entry"`
		} `json:"feed"`
	}
	if err := json.Unmarshal(document, &read); err != nil {
		return nil, fmt.Errorf("the answer is no feed of CSAF advisories: %w", report.Misread(err))
	}
	if read.Feed == nil {
		return nil, errors.New("the answer is no feed of CSAF advisories")
	}
	for _, e := range read.Feed.Entries {
		items = append(items, Item{ID: Short(e.ID), Title: Short(e.Title), Link: e.Content.Source, Published: e.Published})
	}
	return items, nil
}

// ParseCSAF reads how bad an advisory is, and whether somebody plans no fix.
func ParseCSAF(document []byte) (worst Severity, unfixed bool, err error) {
	var read struct {
		Document *struct {
			Severity struct {
				Text string `json:"text"`
			} `json:"aggregate_severity"`
		} `json:"document"`
		Vulnerabilities []struct {
			Scores       []map[string]json.RawMessage `json:"scores"`
			Remediations []struct {
				Category string `json:"category"`
			} `json:"remediations"`
		} `json:"vulnerabilities"`
	}
	if err := json.Unmarshal(document, &read); err != nil {
		return Unrated, false, fmt.Errorf("the answer is no CSAF advisory: %w", report.Misread(err))
	}
	if read.Document == nil {
		return Unrated, false, errors.New("the answer is no CSAF advisory")
	}
	worst = rated(read.Document.Severity.Text)
	for _, v := range read.Vulnerabilities {
		worst = max(worst, severity(v.Scores))
		for _, r := range v.Remediations {
			unfixed = unfixed || r.Category == "no_fix_planned"
		}
	}
	return worst, unfixed, nil
}
