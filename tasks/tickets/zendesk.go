package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/ticket"
)

// Zendesk's own limits: a search gives 100 results a page and 1,000 in all, and so many tickets are shown at once.
// https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/
const (
	perPage   = 100
	mostFound = 1000
	atOnce    = 100
)

// account is one of Zendesk. There is no way to change anything: it can only get.
type account struct {
	http   *fetch.Client
	base   string
	header http.Header
}

func (c *config) open() *account {
	sign := "Bearer " + c.OAuthToken.Reveal()
	if !c.APIToken.IsZero() {
		sign = "Basic " + base64.StdEncoding.EncodeToString([]byte(c.Email+"/token:"+c.APIToken.Reveal()))
	}
	return &account{
		http:   fetch.New(fetch.Options{Timeout: c.RequestTimeout, Limit: 64 << 20}), // 100 tickets may be 5 MB
		base:   c.URL,
		header: http.Header{"Authorization": {sign}, "Accept": {"application/json"}},
	}
}

func (a *account) get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	answer, err := a.http.Get(ctx, a.base+path+"?"+query.Encode(), a.header)
	if refused, is := errors.AsType[*fetch.StatusError](err); is {
		refused.Said = a.harmless(refused.Said)
	}
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// harmless ends an answer's words where a proxy says what it was sent. They may be cut within the credentials, so that these
// are not to be found whole.
func (a *account) harmless(said string) string {
	scheme, _, _ := strings.Cut(a.header.Get("Authorization"), " ")
	if before, _, echoed := strings.Cut(said, scheme+" "); echoed {
		return before + "..."
	}
	return said
}

// page is one of a search's pages, the oldest tickets first.
func (a *account) page(ctx context.Context, terms string, number, size int) (ticket.Found, error) {
	body, err := a.get(ctx, "/api/v2/search.json", url.Values{
		"query": {terms}, "sort_by": {"created_at"}, "sort_order": {"asc"},
		"page": {strconv.Itoa(number)}, "per_page": {strconv.Itoa(size)},
	})
	if err != nil {
		return ticket.Found{}, err
	}
	return ticket.ParseFound(body)
}

// count tells how many results a search has.
func (a *account) count(ctx context.Context, terms string) (int, error) {
	found, err := a.page(ctx, terms, 1, 1)
	return found.Total, err
}

// looks is how often a search is read that changes meanwhile.
const looks = 3

// search gives the tickets that a search finds, and how many there are in all. Whoever answers one between two
// pages moves all others up, past the reader: what was read must be as many as were counted.
func (a *account) search(ctx context.Context, terms string) (ids []int64, total int, err error) {
	for range looks {
		var rows int
		if ids, rows, total, err = a.pages(ctx, terms); err != nil || rows == min(total, mostFound) {
			return ids, total, err
		}
		err = fmt.Errorf("%d results are counted and %d were read, %d times in a row", total, rows, looks)
	}
	return ids, total, err
}

// pages reads a search once, up to where Zendesk ends it. A ticket on two pages is one.
func (a *account) pages(ctx context.Context, terms string) (ids []int64, rows, total int, err error) {
	known := map[int64]bool{}
	for number := 1; number <= mostFound/perPage; number++ {
		found, err := a.page(ctx, terms, number, perPage)
		if err != nil {
			return ids, rows, total, fmt.Errorf("page %d: %w", number, err)
		}
		total, rows = found.Total, rows+found.Rows
		for _, id := range found.IDs {
			if known[id] {
				rows--
				continue
			}
			known[id] = true
			ids = append(ids, id)
		}
		if found.Rows < perPage || rows >= total {
			break
		}
	}
	return ids, rows, total, nil
}

// show gives tickets as they are now; search knows them as they were some minutes ago.
func (a *account) show(ctx context.Context, ids []int64) ([]ticket.Ticket, error) {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	body, err := a.get(ctx, "/api/v2/tickets/show_many.json", url.Values{"ids": {strings.Join(texts, ",")}, "include": {ticket.Include}})
	if err != nil {
		return nil, err
	}
	return ticket.ParseTickets(body)
}

// remedy is what to do about an answer that says no.
func remedy(err error) string {
	refused, is := errors.AsType[*fetch.StatusError](err)
	if !is {
		return "Run it again; if it stays so, look at ZENDESK_URL, the network and https://status.zendesk.com."
	}
	switch refused.Status {
	case http.StatusUnauthorized:
		return "Replace ZENDESK_OAUTH_TOKEN, or ZENDESK_EMAIL and ZENDESK_API_TOKEN: Zendesk does not take them."
	case http.StatusForbidden:
		return "Give the token the scope read, its user a role that sees all tickets, and the workers' addresses access to the account."
	case http.StatusUnprocessableEntity:
		return "Narrow the search with ZENDESK_QUERY: Zendesk does not give so much of it."
	case http.StatusTooManyRequests:
		return "Run it again in some minutes: others use up the same quota of this account."
	}
	return "Run it again; if it stays so, look at ZENDESK_URL and https://status.zendesk.com."
}
