package ticket_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/ticket"
)

func TestParseFound(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       ticket.Found
		err        string
	}{
		{name: "none", text: `{"results":[],"count":0}`},
		{name: "a page of more", text: `{"results":[{"id":7,"result_type":"ticket"}],"count":5000}`, want: ticket.Found{Total: 5000, Rows: 1, IDs: []int64{7}}},
		{name: "a kind that was not asked for", text: `{"results":[{"id":7,"result_type":"ticket"},{"id":0,"result_type":"article"}],"count":2}`,
			want: ticket.Found{Total: 2, Rows: 2, IDs: []int64{7}}},
		{name: "kinds alone that were not asked for", text: `{"results":[{"id":1,"result_type":"user"},null],"count":2}`, err: "the answer holds no ticket, though tickets alone were asked for"},
		{name: "a null count", text: `{"results":[],"count":null}`, err: "the answer does not count the results"},
		{name: "no count", text: `{"results":[]}`, err: "the answer does not count the results"},
		{name: "a count below what is there", text: `{"results":[{"id":7,"result_type":"ticket"}],"count":0}`, err: "the answer does not count the results"},
		{name: "null results", text: `{"results":null,"count":0}`, err: "the answer has no results"},
		{name: "another object", text: `{"error":"Couldn't authenticate you"}`, err: "the answer has no results"},
		{name: "a ticket without a number", text: `{"results":[{"result_type":"ticket"}],"count":1}`, err: "the answer has a ticket with the number 0"},
		{name: "HTML", text: `<html>`, err: "the answer is no result of a search: invalid character '<' looking for beginning of value"},
		{name: "cut off", text: `{"results":[`, err: "the answer is no result of a search: unexpected end of JSON input"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ticket.ParseFound([]byte(c.text))
			if c.err != "" {
				require.EqualError(t, err, c.err)
			} else {
				require.NoError(t, err)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// whole is all that is read: nobody's, somebody's, metrics here and there, an SLA in each stage.
const whole = `{"tickets":[
{"id":7,"status":"new","subject":"a","created_at":"2026-11-18T12:00:00-05:00","requester_id":1,"assignee_id":null,"group_id":null,"slas":{"policy_metrics":[]}},
{"id":8,"status":"open","subject":"b","created_at":"2026-11-18T17:00:00Z","requester_id":1,"assignee_id":2,"group_id":3,
 "metric_set":{"ticket_id":8,"replies":4,"status_updated_at":"2026-11-18T18:00:00Z"},
 "slas":{"policy_metrics":[
  {"metric":"first_reply_time","stage":"achieved","breach_at":"2026-11-18T17:30:00Z"},
  {"metric":"requester_wait_time","stage":"paused","breach_at":null},
  {"metric":"next_reply_time","stage":"active","breach_at":"2026-11-19T09:00:00-05:00","hours":20},
  {"metric":"periodic_update_time","stage":"unheard of","breach_at":"2026-11-20T17:30:00Z"},
  {"metric":"agent_work_time","stage":"active","breach_at":null}]}},
{"id":9,"status":"open","created_at":"2026-11-18T17:00:00Z","requester_id":5,"assignee_id":6,"group_id":7,"slas":null}],
"users":[{"id":1,"name":"Alex","email":"Alex@FAS.GSA.gov"},{"id":2,"name":"Jane","email":null},{"id":6,"name":" "}],
"groups":[{"id":3,"name":"Support"}],
"metric_sets":[{"ticket_id":9,"replies":1,"status_updated_at":"2026-11-18T19:00:00Z"}],
"next_page":null,"count":3}`

func TestParseTickets(t *testing.T) {
	tickets, err := ticket.ParseTickets([]byte(whole))
	require.NoError(t, err)
	noon := time.Date(2026, 11, 18, 17, 0, 0, 0, time.UTC)
	require.Equal(t, []ticket.Ticket{
		{ID: 7, Status: "new", Subject: "a", Created: noon, Domain: "fas.gsa.gov", Requester: true, SLA: true},
		{ID: 8, Status: "open", Subject: "b", Created: noon, StatusSince: noon.Add(time.Hour), Replies: 4, Assignee: "Jane", Group: "Support",
			Domain: "fas.gsa.gov", Requester: true, SLA: true, Targets: []ticket.Target{
				{Metric: "next_reply_time", Breach: time.Date(2026, 11, 19, 14, 0, 0, 0, time.UTC)},
				{Metric: "periodic_update_time", Breach: time.Date(2026, 11, 20, 17, 30, 0, 0, time.UTC)}}},
		{ID: 9, Status: "open", Created: noon, StatusSince: noon.Add(2 * time.Hour), Replies: 1, Assignee: "user 6", Group: "group 7"},
	}, tickets)

	none, err := ticket.ParseTickets([]byte(`{"tickets":[]}`))
	require.NoError(t, err)
	require.Empty(t, none)
	for text, want := range map[string]string{
		`{}`: "the answer has no tickets",
		`{"tickets":[],"next_page":"https://example.zendesk.com"}`:                    "the answer is not whole: it has a next page",
		`{"tickets":[{"id":7,"status":"new"}]}`:                                       "the answer has a ticket 7 without number, status or time",
		`{"tickets":[{"id":7,"status":"new","created_at":"0001-01-02T00:00:00Z"}]}`:   "the answer has a ticket 7 without number, status or time",
		`{"tickets":[{"id":7,"created_at":"2026-11-18T17:00:00Z"}]}`:                  "the answer has a ticket 7 without number, status or time",
		`{"tickets":[{"status":"new","created_at":"2026-11-18T17:00:00Z"}]}`:          "the answer has a ticket 0 without number, status or time",
		`{"tickets":[{"id":"7","status":"new","created_at":"2026-11-18T17:00:00Z"}]}`: "the answer is no list of tickets: tickets.id is a JSON string, not a whole number",
		`<html>`: "the answer is no list of tickets: invalid character '<' looking for beginning of value",
	} {
		tickets, err := ticket.ParseTickets([]byte(text))
		require.EqualError(t, err, want)
		require.Nil(t, tickets)
	}
}

// What is understood has as many tickets as it says, each with a number.
func FuzzParseFound(f *testing.F) {
	f.Add(`{"results":[{"id":7,"result_type":"ticket"}],"count":5000}`)
	f.Add(`{"results":[{"id":7.5}],"count":-1}`)
	f.Fuzz(func(t *testing.T, text string) {
		found, err := ticket.ParseFound([]byte(text))
		if err != nil {
			require.Zero(t, found)
			return
		}
		require.LessOrEqual(t, len(found.IDs), found.Rows)
		require.LessOrEqual(t, found.Rows, found.Total)
		for _, id := range found.IDs {
			require.Positive(t, id)
		}
	})
}

// What is understood can be judged, and subjects are told nowhere unless they are asked for.
func FuzzParseTickets(f *testing.F) {
	f.Add(whole)
	f.Add(`{"tickets":[{"id":7,"status":"new","created_at":"2007-01-01T00:00:01Z"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		tickets, err := ticket.ParseTickets([]byte(text))
		if err != nil {
			require.Nil(t, tickets)
			return
		}
		for _, one := range tickets {
			require.Positive(t, one.ID)
			require.NotEmpty(t, one.Status)
			require.False(t, one.Created.IsZero())
		}
		found := ticket.Judge(desk(tickets...), *ticket.DefaultPolicy(), now)
		for i := range tickets {
			tickets[i].Subject = ""
		}
		require.Equal(t, ticket.Judge(desk(tickets...), *ticket.DefaultPolicy(), now), found, "subjects are not told unless they are asked for")
	})
}

// A result of Zendesk's own, where one is at hand.
func TestSample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "samples", "services", "zendesk_search_ticket.json"))
	if err != nil {
		t.Log("no sample of Zendesk's is here; the tables above are all that was held")
		return
	}
	found, err := ticket.ParseFound(text)
	require.NoError(t, err)
	require.Equal(t, ticket.Found{Total: 1, Rows: 1, IDs: []int64{4}}, found)
	t.Log("read a search result of Zendesk's own")
}
