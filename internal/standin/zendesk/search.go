package zendesk

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The limits that Zendesk documents: results a page, and results in all.
// https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/
const (
	mostAPage = 100
	mostInAll = 1000
)

func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if query.Has("page[size]") {
		refuse(w, http.StatusBadRequest, "Invalid attribute", "You passed an invalid value for the page attribute. Invalid parameter: page must be an integer")
		return
	}
	terms, err := parse(query.Get("query"))
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, "Invalid search", err.Error())
		return
	}
	page, size := whole(query, "page", 1), min(whole(query, "per_page", mostAPage), mostAPage)
	if page*size > mostInAll {
		refuse(w, http.StatusUnprocessableEntity, "Insufficient Resource Error", "Requested response size was greater than Search Response Limits")
		return
	}
	var found []Ticket
	for _, t := range s.tickets() {
		if terms.match(t) {
			found = append(found, t)
		}
	}
	slices.SortStableFunc(found, func(a, b Ticket) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	if query.Get("sort_order") != "asc" {
		slices.Reverse(found)
	}
	from := min((page-1)*size, len(found))
	results := []any{}
	for _, t := range found[from:min(from+size, len(found))] {
		results = append(results, t.indexed())
	}
	var next any
	if from+size < len(found) {
		next = "http://" + r.Host + r.URL.Path + "?page=" + strconv.Itoa(page+1)
	}
	write(w, http.StatusOK, map[string]any{"results": results, "facets": nil, "next_page": next, "previous_page": nil, "count": len(found)})
}

func whole(query url.Values, key string, otherwise int) int {
	if n, err := strconv.Atoi(query.Get(key)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// terms are what a search asks for. Of several statuses any will do.
type terms struct {
	statuses []string
	updated  time.Time
	groups   []string
}

// parse knows the terms that are used here, and says so of others.
func parse(query string) (t terms, err error) {
	for _, term := range strings.Fields(query) {
		if value, is := strings.CutPrefix(term, "updated>="); is {
			if t.updated, err = time.Parse(time.DateOnly, value); err != nil {
				return t, err
			}
		} else if value, is := strings.CutPrefix(term, "status:"); is {
			t.statuses = append(t.statuses, value)
		} else if value, is := strings.CutPrefix(term, "group:"); is {
			t.groups = append(t.groups, strings.ToLower(value))
		} else if term != "type:ticket" {
			return t, fmt.Errorf("the stand-in does not know the term %q", term)
		}
	}
	return t, nil
}

func (t terms) match(ticket Ticket) bool {
	status := cmp.Or(ticket.Indexed, ticket.Status)
	return (len(t.statuses) == 0 || slices.Contains(t.statuses, status)) &&
		!ticket.updated().Before(t.updated) &&
		(len(t.groups) == 0 || slices.Contains(t.groups, strings.ToLower(ticket.Group)))
}
