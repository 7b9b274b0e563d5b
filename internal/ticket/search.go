package ticket

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Found is a page of a search.
type Found struct {
	Total int     // of the whole search, which may have more than can be read
	Rows  int     // on this page, of whatever kind
	IDs   []int64 // of the tickets among them
}

// ParseFound reads a page of Zendesk's search. A count that is null is unknown, not zero.
// https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/
func ParseFound(body []byte) (Found, error) {
	var page struct {
		Count   *int `json:"count"`
		Results *[]struct {
			ID   int64  `json:"id"`
			Kind string `json:"result_type"`
		} `json:"results"`
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return Found{}, fmt.Errorf("the answer is no result of a search: %w", report.Misread(err))
	}
	if page.Results == nil {
		return Found{}, errors.New("the answer has no results")
	}
	if page.Count == nil || *page.Count < len(*page.Results) {
		return Found{}, errors.New("the answer does not count the results")
	}
	found := Found{Total: *page.Count, Rows: len(*page.Results)}
	for _, r := range *page.Results {
		if r.Kind != "ticket" {
			continue
		}
		if r.ID <= 0 {
			return Found{}, fmt.Errorf("the answer has a ticket with the number %d", r.ID)
		}
		found.IDs = append(found.IDs, r.ID)
	}
	if len(found.IDs) == 0 && found.Rows > 0 {
		return Found{}, errors.New("the answer holds no ticket, though tickets alone were asked for")
	}
	return found, nil
}
