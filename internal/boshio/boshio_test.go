package boshio_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	standin "github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

const jammy, noble = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent", "bosh-aws-xen-hvm-ubuntu-noble"

func start(t testing.TB, options ...standin.Option) (*standin.Server, *boshio.Client) {
	s := standin.New(options...)
	t.Cleanup(s.Close)
	return s, boshio.New(s.URL()+"/", fetch.Options{Timeout: 30 * time.Second})
}

func TestLists(t *testing.T) {
	s, c := start(t)
	list, err := c.List(t.Context(), jammy)
	require.NoError(t, err)
	require.Len(t, list, 115, "all, not the newest 40")
	require.Equal(t, "1.1364", list[0].Version)
	require.Equal(t, 1, s.Count("/api/v1/stemcells/"+jammy+"?all=1"))

	published, err := c.Published(t.Context(), list[0].Light.URL)
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 8, 18, 22, 9, 54, 0, time.UTC), published)

	fips, err := c.List(t.Context(), "bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent")
	require.NoError(t, err)
	require.Nil(t, fips[0].Light)
}

func TestUnknownNames(t *testing.T) {
	_, c := start(t)
	for name, hint := range map[string]string{
		noble + "-go_agent":                                  " (did you mean " + noble + "?)",
		"bosh-aws-xen-hvm-ubuntu-jammy":                      " (did you mean " + jammy + "?)",
		"bosh-aws-xen-hvm-ubuntu-jamy-go_agent":              " (did you mean " + jammy + "?)",
		"something entirely of one's own / with strange % ?": "",
	} {
		_, err := c.List(t.Context(), name)
		require.EqualError(t, err, "list stemcells named "+name+": none is published under this name"+hint)
		require.ErrorAs(t, err, new(*boshio.UnknownError))
	}
}

func TestWrongAnswers(t *testing.T) {
	list, head := "/api/v1/stemcells/*", "HEAD /*"
	for _, c := range []struct {
		name, want string
		fault      fault.Fault
	}{
		{"garbage", "list stemcells named " + noble + ": the answer is no list of stemcells: invalid character '<'", fault.Fault{Path: list, Do: fault.Answer(200, "<html>")}},
		{"empty", "the answer is no list of stemcells: unexpected end of JSON input", fault.Fault{Path: list, Do: fault.Answer(200, "")}},
		{"null", "none is published under this name, though there was", fault.Fault{Path: list, Do: fault.Answer(200, "null")}},
		{"another line's", `the answer holds "x" "1.1", which is none`, fault.Fault{Path: list, Do: fault.Answer(200, `[{"name":"x","version":"1.1","light":{}}]`)}},
		{"no tarball", `the answer holds "` + noble + `" "1.1", which is none`, fault.Fault{Path: list, Do: fault.Answer(200, `[{"name":"`+noble+`","version":"1.1"}]`)}},
		{"cut", "the answer broke off after 1000 bytes", fault.Fault{Path: list, Do: fault.Truncate(1000)}},
		{"500", `500 Internal Server Error: "{\"error\":\"index\"}"`, fault.Fault{Path: list, Do: fault.Answer(500, `{"error":"index"}`)}},
		{"no tarball", "ask for the date of a stemcell: HEAD http://127.0.0.1:", fault.Fault{Path: head, Do: fault.Answer(403, "")}},
		{"no date", `ask for the date of a stemcell: Last-Modified is ""`, fault.Fault{Path: head, Do: fault.Answer(200, "")}},
		{"a date before time", `Last-Modified is "Mon, 01 Jan 0001 00:00:00 GMT"`, fault.Fault{Path: head, Do: fault.Answer(200, "", "Last-Modified", "Mon, 01 Jan 0001 00:00:00 GMT")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, client := start(t)
			stemcells, err := client.List(t.Context(), noble)
			require.NoError(t, err)
			s.Inject(c.fault)
			if c.fault.Path == list {
				_, err = client.List(t.Context(), noble)
			} else {
				_, err = client.Published(t.Context(), stemcells[0].Light.URL)
			}
			require.ErrorContains(t, err, c.want)
		})
	}
}

// FuzzList holds that whatever an index answers is a list of this line's stemcells or an error.
func FuzzList(f *testing.F) {
	for _, seed := range []string{
		"", "null", "[]", "{}", "[null]", `[{"name":"` + noble + `","version":"1.1","light":{"url":"https://x"}}]`,
		`[{"name":"` + noble + `","version":"1.1","regular":{"size":-1}}]`, `{"error":"no"}`, "<html>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := boshio.Parse(noble, body)
		if err != nil {
			require.Empty(t, list)
			return
		}
		require.True(t, json.Valid(body))
		require.NotEmpty(t, list)
		for _, s := range list {
			require.Equal(t, noble, s.Name)
			require.True(t, s.Light != nil || s.Regular != nil)
		}
	})
}
