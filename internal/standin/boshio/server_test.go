package boshio_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

const (
	jammy   = "bosh-aws-xen-hvm-ubuntu-jammy-go_agent"
	fips    = "bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent"
	noble   = "bosh-aws-xen-hvm-ubuntu-noble"
	windows = "bosh-aws-xen-hvm-windows2019-go_agent"
)

type source struct{ URL, MD5, SHA1, SHA256 string }

type entry struct {
	Name, Version  string
	Regular, Light *source
}

func start(t *testing.T, options ...boshio.Option) *boshio.Server {
	s := boshio.New(options...)
	t.Cleanup(s.Close)
	return s
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(url)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(body)
}

func list(t *testing.T, s *boshio.Server, path string) []entry {
	t.Helper()
	response, body := get(t, s.URL()+"/api/v1/stemcells/"+path)
	require.Equal(t, http.StatusOK, response.StatusCode)
	var entries []entry
	require.NoError(t, json.Unmarshal([]byte(body), &entries))
	return entries
}

func TestAnswersAsBoshIODoes(t *testing.T) {
	s := start(t)
	captures, err := filepath.Glob("../../../../shared/samples/bosh/bosh_io_api/*.json")
	require.NoError(t, err)
	t.Logf("compared with %d answers of bosh.io's own code", len(captures))
	for _, capture := range captures {
		path := strings.TrimSuffix(filepath.Base(capture), ".json")
		if name, all := strings.CutSuffix(path, ".all"); all {
			path = name + "?all=1"
		}
		content, err := os.ReadFile(capture)
		require.NoError(t, err)
		response, body := get(t, s.URL()+"/api/v1/stemcells/"+path)
		require.Equal(t, http.StatusOK, response.StatusCode)
		require.Equal(t, shape(t, string(content)), shape(t, body), path)
	}
}

// shape is an answer without what must differ: addresses, sizes and sums.
func shape(t *testing.T, body string) []map[string]any {
	var entries []map[string]any
	require.NoError(t, json.Unmarshal([]byte(body), &entries))
	for _, e := range entries {
		for _, flavour := range []string{"light", "regular"} {
			tarball, ok := e[flavour].(map[string]any)
			if !ok {
				continue
			}
			for _, key := range []string{"url", "size", "sha1", "sha256"} {
				require.NotEmpty(t, tarball[key], key)
				tarball[key] = "differs"
			}
		}
	}
	return entries
}

func TestListsTheNewestFirst(t *testing.T) {
	s := start(t)
	require.Len(t, list(t, s, jammy), 40, "without all=1")
	all := list(t, s, jammy+"?all=1")
	require.Len(t, all, 115)
	require.Equal(t, "1.1364", all[0].Version)
	require.Equal(t, "1.999", all[22].Version, "numbers, not text")

	_, body := get(t, s.URL()+"/api/v1/stemcells/"+jammy)
	tarball := `{"url":"http://[^"]+\.tgz","size":\d+,"md5":"","sha1":"[0-9a-f]{40}","sha256":"[0-9a-f]{64}"}`
	require.Regexp(t, `^\[{"name":"`+jammy+`","version":"1\.1364","regular":`+tarball+`,"light":`+tarball+`},{`, body)

	require.Nil(t, list(t, s, fips)[0].Light, "FIPS has no light stemcell")
	require.Nil(t, list(t, s, windows)[0].Regular, "Windows has no other")
	require.Empty(t, list(t, s, "bosh-aws-xen-hvm-ubuntu-noble-go_agent"), "an unknown name is no error")

	response, body := get(t, s.URL()+"/api/v1/stemcells/")
	require.Equal(t, http.StatusBadRequest, response.StatusCode)
	require.Contains(t, body, `"error"`)
}

func TestShowsWhatIsOutOnTheDay(t *testing.T) {
	s := start(t, boshio.At(time.Date(2026, 8, 18, 22, 0, 0, 0, time.UTC)))
	newest := list(t, s, jammy)[0]
	require.Equal(t, "1.1364", newest.Version)
	require.NotNil(t, newest.Regular)
	require.Nil(t, newest.Light, "it comes ten minutes later")

	s.Advance(time.Date(2026, 8, 18, 23, 0, 0, 0, time.UTC))
	require.NotNil(t, list(t, s, jammy)[0].Light)
}

func TestPublishesAndWithdraws(t *testing.T) {
	day := time.Date(2026, 8, 24, 9, 0, 0, 0, time.UTC)
	s := start(t, boshio.At(day))

	s.Publish(jammy, "1.1370", day)
	s.Publish(jammy, "1.1371", day.Add(time.Hour))
	s.Publish(jammy, "1.1329", day, boshio.Regular)
	require.Equal(t, []string{"1.1370", "1.1364", "1.1330", "1.1329", "1.1298"}, versions(list(t, s, jammy)[:5]))
	require.Nil(t, list(t, s, jammy)[3].Light)

	s.Publish(fips, "1.1370", day)
	require.Nil(t, list(t, s, fips)[0].Light, "in the flavours of its line")

	s.Publish(jammy, "1.1370", day.Add(-time.Hour))
	require.Equal(t, []string{"1.1370", "1.1364"}, versions(list(t, s, jammy)[:2]), "once, however often")

	s.Withdraw(jammy, "1.1364")
	require.Equal(t, []string{"1.1370", "1.1330"}, versions(list(t, s, jammy)[:2]))
}

func versions(entries []entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Version)
	}
	return all
}

func TestCountsAndFails(t *testing.T) {
	s := start(t)
	s.Inject(fault.Fault{Path: "/api/*", Times: 1, Do: fault.Answer(http.StatusInternalServerError, `{"error":"index"}`)})
	response, _ := get(t, s.URL()+"/api/v1/stemcells/"+jammy+"?all=1")
	require.Equal(t, http.StatusInternalServerError, response.StatusCode)
	require.Len(t, list(t, s, jammy+"?all=1"), 115)
	require.Equal(t, 2, s.Count("GET /api/v1/stemcells/*?all=1"))
	require.Zero(t, s.Count("HEAD *"))
}
