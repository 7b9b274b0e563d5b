package boshio_test

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
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

func TestServesTarballsThatMatchTheirSums(t *testing.T) {
	s := start(t)
	newest := list(t, s, noble)[0]

	response, body := get(t, newest.Light.URL)
	require.Equal(t, "Wed, 22 Jul 2026 08:32:34 GMT", response.Header.Get("Last-Modified"))
	sum1, sum256 := sha1.Sum([]byte(body)), sha256.Sum256([]byte(body))
	require.Equal(t, newest.Light.SHA1, hex.EncodeToString(sum1[:]))
	require.Equal(t, newest.Light.SHA256, hex.EncodeToString(sum256[:]))

	manifest := unpack(t, body)
	require.Contains(t, manifest, `version: "1.484"`)
	require.Contains(t, manifest, "us-gov-west-1: ami-")

	head, err := http.Head(newest.Regular.URL)
	require.NoError(t, err)
	require.NoError(t, head.Body.Close())
	require.Equal(t, "Wed, 22 Jul 2026 08:26:56 GMT", head.Header.Get("Last-Modified"))

	request, err := http.NewRequest(http.MethodGet, newest.Light.URL, nil)
	require.NoError(t, err)
	request.Header.Set("Range", "bytes=4-7")
	piece, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer piece.Body.Close()
	content, err := io.ReadAll(piece.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusPartialContent, piece.StatusCode)
	require.Equal(t, body[4:8], string(content))
}

// unpack reads the one file in a tarball.
func unpack(t *testing.T, body string) string {
	zip, err := gzip.NewReader(strings.NewReader(body))
	require.NoError(t, err)
	archive := tar.NewReader(zip)
	head, err := archive.Next()
	require.NoError(t, err)
	require.Equal(t, "stemcell.MF", head.Name)
	content, err := io.ReadAll(archive)
	require.NoError(t, err)
	return string(content)
}

func TestSendsToTheTarball(t *testing.T) {
	s := start(t)
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for path, file := range map[string]string{
		jammy:                             "light-bosh-stemcell-1.1364-aws-xen-hvm-ubuntu-jammy-go_agent.tgz",
		jammy + "?v=1.999":                "light-bosh-stemcell-1.999-aws-xen-hvm-ubuntu-jammy-go_agent.tgz",
		jammy + "?v=1.999&light=false":    "bosh-stemcell-1.999-aws-xen-hvm-ubuntu-jammy-go_agent.tgz",
		fips:                              "bosh-stemcell-1.1331-aws-xen-hvm-ubuntu-jammy-fips-go_agent.tgz",
		jammy + "?v=1.1":                  "",
		windows + "?light=false":          "",
		"bosh-openstack-kvm-ubuntu-hoary": "",
	} {
		response, err := stay.Get(s.URL() + "/d/stemcells/" + path)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		if file == "" {
			require.Equal(t, http.StatusNotFound, response.StatusCode, path)
			continue
		}
		require.Equal(t, http.StatusFound, response.StatusCode, path)
		require.Equal(t, s.URL()+"/tarballs/"+file, response.Header.Get("Location"), path)
	}
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
