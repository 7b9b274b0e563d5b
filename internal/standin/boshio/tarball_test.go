package boshio_test

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestServesTarballsThatMatchTheirSums(t *testing.T) {
	s := start(t)
	newest := list(t, s, noble)[0]

	response, body := get(t, newest.Light.URL)
	require.Equal(t, "Wed, 22 Jul 2026 08:32:34 GMT", response.Header.Get("Last-Modified"))
	sum1, sum256 := sha1.Sum([]byte(body)), sha256.Sum256([]byte(body))
	require.Equal(t, newest.Light.SHA1, hex.EncodeToString(sum1[:]))
	require.Equal(t, newest.Light.SHA256, hex.EncodeToString(sum256[:]))

	head, err := http.Head(newest.Regular.URL)
	require.NoError(t, err)
	require.NoError(t, head.Body.Close())
	require.Equal(t, "Wed, 22 Jul 2026 08:26:56 GMT", head.Header.Get("Last-Modified"))

	s.Publish(noble, "1.484", time.Date(2026, 7, 23, 0, 0, 0, 0, time.UTC))
	response, _ = get(t, list(t, s, noble)[0].Light.URL)
	require.Equal(t, "Thu, 23 Jul 2026 00:00:00 GMT", response.Header.Get("Last-Modified"), "published anew")

	manifest := unpack(t, body)
	require.Contains(t, manifest, `version: "1.484"`)
	require.Contains(t, manifest, "us-gov-west-1: ami-")

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
