package main

import (
	"net/http"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

// setting is a desk and how Zendesk answers badly for it.
type setting struct {
	desk   func(time.Time) zendesk.Desk
	faults []fault.Fault
}

// The patterns of what is asked.
const (
	control = "/api/v2/search.json?*solved*"
	search  = "/api/v2/search.json?*new*"
	page2   = "/api/v2/search.json?page=2&*new*"
	show    = "/api/v2/tickets/show_many.json*"
)

// slowDown is how Zendesk says 429: in plain text.
var slowDown = fault.Answer(429, "Number of allowed API requests per minute exceeded", "Content-Type", "text/plain", "Retry-After", "1")

// firstPage answers with the first page again, as when others come in before it.
func firstPage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		query.Set("page", "1")
		r.URL.RawQuery = query.Encode()
		next.ServeHTTP(w, r)
	})
}

// echo is a proxy that says what it was sent.
func echo(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "not allowed: "+r.URL.String()+strings.Repeat(" ", 150)+" with "+r.Header.Get("Authorization"), http.StatusForbidden)
	})
}

// worlds are what the scripts look at, by the name that they call it by.
var worlds = map[string]setting{
	"clean":    {desk: zendesk.Clean},
	"morning":  {desk: zendesk.Morning},
	"nothing":  {desk: func(time.Time) zendesk.Desk { return zendesk.Desk{} }},
	"quiet":    {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 0) }},
	"pages":    {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 250) }},
	"thousand": {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 1000) }},
	"too many": {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 1001) }},
	"no slas":  {desk: with(func(d *zendesk.Desk) { d.NoSLAs = true })},
	"answered": {desk: with(func(d *zendesk.Desk) {
		for i := range d.Tickets {
			d.Tickets[i].Indexed = d.Tickets[i].Status
			d.Tickets[i].Status = "pending"
		}
	})},
	"deleted": {desk: with(func(d *zendesk.Desk) { d.Tickets[len(d.Tickets)-1].Hidden = true })},
	"article": {desk: with(func(d *zendesk.Desk) { d.Tickets[len(d.Tickets)-1].Kind = "article" })},

	"denied":      broken(fault.Fault{Do: fault.Answer(403, `{"error":{"title":"Forbidden","message":"You do not have access to this page"}}`)}),
	"expired":     broken(fault.Fault{Path: show, Do: fault.Answer(401, `{"error":"Couldn't authenticate you"}`)}),
	"no search":   broken(fault.Fault{Path: search, Do: fault.Answer(403, `{"error":"Forbidden"}`)}),
	"no control":  broken(fault.Fault{Path: control, Do: fault.Answer(403, `{"error":"Forbidden"}`)}),
	"busy":        broken(fault.Fault{Path: search, Times: 1, Do: slowDown}, fault.Fault{Path: show, Times: 1, Do: slowDown}),
	"too busy":    broken(fault.Fault{Path: search, Do: slowDown}),
	"no count":    broken(fault.Fault{Path: search, Do: fault.Answer(200, `{"results":[],"count":null}`)}),
	"no counting": broken(fault.Fault{Path: control, Do: fault.Answer(200, `{"results":[],"count":null}`)}),
	"HTML":        broken(fault.Fault{Do: fault.Answer(200, "<html><body>sign in to planted-account</body></html>")}),
	"empty 200":   broken(fault.Fault{Do: fault.Answer(200, "")}),
	"empty JSON":  broken(fault.Fault{Do: fault.Answer(200, "{}")}),
	"half a page": broken(fault.Fault{Path: show, Do: fault.Truncate(300)}),
	"echo":        broken(fault.Fault{Do: echo}),
	"silent":      broken(fault.Fault{Path: search, Do: fault.Hang}),
	"strangers":   broken(fault.Fault{Path: show, Do: fault.Answer(200, stranger)}),
	"another":     broken(fault.Fault{Path: show, Do: fault.Answer(200, `{"tickets":[]}`)}),

	"second page refused": {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 250) }, faults: []fault.Fault{
		{Path: page2, Do: fault.Answer(422, `{"error":{"title":"Insufficient Resource Error"}}`)}}},
	"second hundred refused": {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 250) }, faults: []fault.Fault{
		{Path: "/api/v2/tickets/show_many.json?*10100%2C*", Do: fault.Answer(500, "")}}},
	"a moved page": {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 250) }, faults: []fault.Fault{
		{Path: page2, Times: 1, Do: firstPage}}},
	"moving pages": {desk: func(now time.Time) zendesk.Desk { return zendesk.Many(now, 250) }, faults: []fault.Fault{
		{Path: page2, Do: fault.Answer(200, `{"results":[],"count":250}`)}}},
}

// stranger is the morning's tickets without users, metrics and SLAs, as an old plan or a narrow scope may tell them.
const stranger = `{"tickets":[
{"id":4640,"status":"new","created_at":"2024-01-01T00:00:00Z","requester_id":1,"slas":null},
{"id":4633,"status":"open","created_at":"2024-01-01T00:00:00Z","requester_id":1,"assignee_id":7,"group_id":9},
{"id":4629,"status":"open","created_at":"2024-01-01T00:00:00Z","requester_id":1,"assignee_id":7},
{"id":4630,"status":"open","created_at":"2024-01-01T00:00:00Z","requester_id":1,"assignee_id":7},
{"id":4698,"status":"open","created_at":"2024-01-01T00:00:00Z","requester_id":1,"assignee_id":7},
{"id":4711,"status":"new","created_at":"2024-01-01T00:00:00Z","requester_id":1}]}`

// with is the morning with a change.
func with(change func(*zendesk.Desk)) func(time.Time) zendesk.Desk {
	return func(now time.Time) zendesk.Desk {
		d := zendesk.Morning(now)
		change(&d)
		return d
	}
}

// broken is the morning on which Zendesk answers badly.
func broken(faults ...fault.Fault) setting { return setting{zendesk.Morning, faults} }
