package zendesk_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/zendesk"
)

func start(t *testing.T, desk zendesk.Desk) *zendesk.Server {
	s := zendesk.New(desk)
	t.Cleanup(s.Close)
	return s
}

// ask sends a request with the OAuth token, and reads the answer.
func ask(t *testing.T, s *zendesk.Server, method, path string, query url.Values) (status int, answer map[string]any) {
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL()+path+"?"+query.Encode(), nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+zendesk.OAuthToken)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &answer), string(body))
	return response.StatusCode, answer
}

func search(t *testing.T, s *zendesk.Server, query ...string) (status int, answer map[string]any) {
	values := url.Values{}
	for i := 0; i < len(query); i += 2 {
		values.Set(query[i], query[i+1])
	}
	return ask(t, s, http.MethodGet, "/api/v2/search.json", values)
}

// The limits are those that Zendesk documents.
func TestSearchHasLimits(t *testing.T) {
	s := start(t, zendesk.Many(time.Now(), 5000))
	const open = "type:ticket status:new status:open"

	status, answer := search(t, s, "query", open)
	require.Equal(t, 200, status)
	require.Len(t, answer["results"], 100)
	require.EqualValues(t, 5000, answer["count"], "the count is of all, also of what cannot be read")
	require.NotNil(t, answer["next_page"])

	status, answer = search(t, s, "query", open, "per_page", "500", "page", "10")
	require.Equal(t, 200, status)
	require.Len(t, answer["results"], 100)
	status, answer = search(t, s, "query", open, "page", "11")
	require.Equal(t, 422, status)
	require.Contains(t, answer, "error")
	status, _ = search(t, s, "query", open, "page[size]", "100")
	require.Equal(t, 400, status)

	ids := strings.TrimSuffix(strings.Repeat("7,", 101), ",")
	status, _ = ask(t, s, http.MethodGet, "/api/v2/tickets/show_many.json", url.Values{"ids": {ids}})
	require.Equal(t, 422, status)
}

func TestSearchKnowsItsTerms(t *testing.T) {
	s := start(t, zendesk.Morning(time.Now()))
	week := time.Now().AddDate(0, 0, -7).UTC().Format(time.DateOnly)
	for query, want := range map[string]int{
		"type:ticket":                                              10,
		"type:ticket status:new":                                   2,
		"type:ticket status:new status:open":                       6,
		"type:ticket status:new status:open group:support":         5,
		"type:ticket status:solved status:closed":                  3,
		"type:ticket status:solved status:closed updated>=" + week: 2,
	} {
		_, answer := search(t, s, "query", query)
		require.EqualValues(t, want, answer["count"], query)
	}
	status, _ := search(t, s, "query", "type:ticket subject:hello")
	require.Equal(t, 422, status, "what the stand-in does not know is no empty answer")
}

// Search knows a ticket as it was; shown, it is as it is.
func TestIndexLags(t *testing.T) {
	s := start(t, zendesk.Desk{Tickets: []zendesk.Ticket{{ID: 7, Status: "pending", Indexed: "open", Created: time.Now()}}})
	_, answer := search(t, s, "query", "status:open")
	require.Len(t, answer["results"], 1)
	_, answer = ask(t, s, http.MethodGet, "/api/v2/tickets/show_many.json", url.Values{"ids": {"7"}})
	require.Equal(t, "pending", answer["tickets"].([]any)[0].(map[string]any)["status"])
}

// Beside the tickets comes what is asked for, and nothing else.
func TestIncludes(t *testing.T) {
	s := start(t, zendesk.Morning(time.Now()))
	_, bare := ask(t, s, http.MethodGet, "/api/v2/tickets/show_many.json", url.Values{"ids": {"4629,4633"}})
	require.Len(t, bare["tickets"], 2)
	require.NotContains(t, bare["tickets"].([]any)[0], "slas")
	for _, beside := range []string{"users", "groups", "metric_sets"} {
		require.NotContains(t, bare, beside)
		_, answer := ask(t, s, http.MethodGet, "/api/v2/tickets/show_many.json", url.Values{"ids": {"4629,4633"}, "include": {beside}})
		require.NotEmpty(t, answer[beside])
	}
	_, answer := ask(t, s, http.MethodGet, "/api/v2/tickets/show_many.json", url.Values{"ids": {"4629"}, "include": {"slas"}})
	require.Contains(t, answer["tickets"].([]any)[0], "slas")
}

// It can only be read, and only by who may.
func TestRefuses(t *testing.T) {
	s := start(t, zendesk.Morning(time.Now()))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
		for _, path := range []string{"/api/v2/tickets/4633.json", "/api/v2/search.json", "/api/v2/tickets/show_many.json"} {
			status, _ := ask(t, s, method, path, nil)
			require.Equal(t, 403, status)
		}
	}
	for _, sign := range []func(*http.Request){
		func(*http.Request) {},
		func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+zendesk.APIToken) },
		func(r *http.Request) { r.SetBasicAuth(zendesk.Email, zendesk.APIToken) }, // without /token it is a password
		func(r *http.Request) { r.SetBasicAuth(zendesk.Email+"/token", "") },
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/api/v2/search.json?query=type:ticket", nil)
		require.NoError(t, err)
		sign(request)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		response.Body.Close()
		require.Equal(t, 401, response.StatusCode)
	}
}

// What the stand-in writes has the names and kinds of what Zendesk writes, where a sample is at hand.
func TestSample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "samples", "services", "zendesk_search_ticket.json"))
	if err != nil {
		t.Log("no sample of Zendesk's is here to hold the stand-in against")
		return
	}
	var real map[string]any
	require.NoError(t, json.Unmarshal(text, &real))
	s := start(t, zendesk.Clean(time.Now()))
	_, answer := search(t, s, "query", "type:ticket status:new")
	alike(t, "", real, answer)
	alike(t, "results", real["results"].([]any)[0].(map[string]any), answer["results"].([]any)[0].(map[string]any))
	t.Log("held the stand-in against a search result of Zendesk's own")
}

func alike(t *testing.T, place string, real, ours map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(ours)) {
		require.Contains(t, real, key, "%s.%s is no key of Zendesk's", place, key)
		if real[key] != nil && ours[key] != nil {
			require.IsType(t, real[key], ours[key], "%s.%s", place, key)
		}
	}
}
