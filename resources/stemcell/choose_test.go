package main

import (
	"encoding/json"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/boshio"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

func parse(t testing.TB, text string) stemcell.Version {
	v, err := stemcell.ParseVersion(text)
	require.NoError(t, err)
	return v
}

func TestFamily(t *testing.T) {
	for _, c := range []struct {
		family   numeral
		has, not string
	}{
		{"", "0.1 1.1364 9999", ""},
		{"latest", "0.1 1.1364 9999", ""},
		{"3262", "3262 3262.0 3262.1 3262.1.1 3262.1.1.1", "3261.9 3263 326 32620"},
		{"3262.latest", "3262 3262.1 3262.1.1", "3261.9 3263 326 32620"},
		{"3262.1.latest", "3262.1 3262.1.0 3262.1.1", "3262 3262.2 3262.10 3262.0.1"},
		{"3262.0", "3262 3262.0.1", "3262.1"},
		{"1.9.9", "1.9.9 1.9.9.9", "1.9 1.9.10 1.9.8.9"},
		{"0", "0.93", "1.1"},
	} {
		f, err := c.family.family()
		require.NoError(t, err)
		for _, v := range strings.Fields(c.has) {
			require.True(t, f.has(parse(t, v)), "%s is of %s", v, c.family)
		}
		for _, v := range strings.Fields(c.not) {
			require.False(t, f.has(parse(t, v)), "%s is not of %s", v, c.family)
		}
	}
	for _, wrong := range []numeral{"newest", "1.x", ".latest", "latest.1", "1.latest.2", "1.2.3.4.5", "999999999", "v1", " 1"} {
		_, err := wrong.family()
		require.ErrorContains(t, err, `such as "621.latest", not "`+string(wrong)+`"`)
	}
}

// entry lists a version: "1.2" is light and regular, "1.2-" light alone, "-1.2" regular alone.
func entry(text string) boshio.Stemcell {
	s := boshio.Stemcell{Name: "x", Version: strings.Trim(text, "-")}
	if !strings.HasPrefix(text, "-") {
		s.Light = &boshio.Tarball{URL: "light"}
	}
	if !strings.HasSuffix(text, "-") {
		s.Regular = &boshio.Tarball{URL: "regular"}
	}
	return s
}

var quiet = log.New(io.Discard, "", 0)

func list(text string) (all []boshio.Stemcell) {
	for _, word := range strings.Fields(text) {
		all = append(all, entry(word))
	}
	return all
}

func TestChoice(t *testing.T) {
	for _, c := range []struct {
		about, listed string
		source        source
		known, given  string
	}{
		{"the newest at first", "1.10 1.9 1.2", source{}, "", "1.10"},
		{"from the known one on", "1.10 1.9 1.2", source{}, "1.9", "1.9 1.10"},
		{"in whatever order they are listed", "1.2 1.10 2 1.9", source{}, "1.2", "1.2 1.9 1.10 2"},
		{"a missing part is 0", "1.1 1.0.5 1", source{}, "1.0", "1 1.0.5 1.1"},
		{"each once", "1.1 1.1 1.1.0", source{}, "1", "1.1"},
		{"wait for the light one", "-1.3 1.2 1.1", source{}, "1.1", "1.1 1.2"},
		{"a line without light ones", "-1.3 -1.2", source{}, "1.2", "1.2 1.3"},
		{"a line without regular ones", "1.3- 1.2-", source{}, "1.2", "1.2 1.3"},
		{"regular ones on request", "-1.3 1.2 1.1-", source{ForceRegular: true}, "1", "1.2 1.3"},
		{"the known one is gone", "1.4 1.2", source{}, "1.3", "1.4"},
		{"newer than all", "1.2 1.1", source{}, "1.3", "1.2"},
		{"a family", "622.1 621.125 621.99 456.160", source{Family: "621.latest"}, "", "621.125"},
		{"the known one is above its family", "622.1 621.125", source{Family: "621"}, "622.1", "621.125"},
		{"without the denied", "1.3 1.2 1.1", source{Deny: []numeral{"1.3", "1.2.0"}}, "1.1", "1.1"},
		{"the known one is denied", "1.3 1.2 1.1", source{Deny: []numeral{"1.2"}}, "1.2", "1.3"},
	} {
		t.Run(c.about, func(t *testing.T) {
			all, err := c.source.offers(list(c.listed), quiet)
			require.NoError(t, err)
			all, err = c.source.wanted(all)
			require.NoError(t, err)
			var known *version
			if c.known != "" {
				known = &version{c.known}
			}
			require.Equal(t, c.given, words(since(all, known, quiet)))
		})
	}
}

func words(all []offer) string {
	var text []string
	for _, o := range all {
		text = append(text, o.version.String())
	}
	return strings.Join(text, " ")
}

// TestPublished chooses from all that bosh.io had in August 2026, where that is at hand.
func TestPublished(t *testing.T) {
	files, err := filepath.Glob("../../../shared/samples/bosh/bosh_io_api/bosh-*.all.json")
	require.NoError(t, err)
	t.Logf("%d real lists are at hand", len(files))
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		var listed []boshio.Stemcell
		require.NoError(t, json.Unmarshal(body, &listed))
		all, err := source{}.offers(listed, quiet)
		require.NoError(t, err)
		require.Equal(t, listed[0].Version, words(since(all, nil, quiet)), file)
		require.Equal(t, words(all), words(since(all, &version{"0"}, quiet)))
		for _, o := range all {
			require.Positive(t, o.tarball.Size)
			require.Len(t, o.tarball.SHA256, 64)
		}
	}
}

// FuzzKnown gives any text for the known version, and any for a published one.
func FuzzKnown(f *testing.F) {
	for _, seed := range []string{"", "1.1364", "latest", "1.2.3.4.5", "-1", "1.0423", "99999999999999999999", "1..2", "1.2-rc.1+x", "\x00", "१.२"} {
		f.Add(seed, "1.2")
		f.Add("1.2", seed)
	}
	f.Fuzz(func(t *testing.T, known, published string) {
		all, err := source{}.offers([]boshio.Stemcell{entry("1.2"), {Name: "x", Version: published, Light: &boshio.Tarball{}}}, quiet)
		require.NoError(t, err)
		given := since(all, &version{known}, quiet)
		require.NotEmpty(t, given)
		require.True(t, slices.IsSortedFunc(given, func(a, b offer) int { return a.version.Compare(b.version) }))
		require.Equal(t, all[len(all)-1], given[len(given)-1], "the newest is always there")
	})
}

func TestMetadata(t *testing.T) {
	for name, os := range map[string]string{
		"bosh-aws-xen-hvm-ubuntu-jammy-go_agent":         "ubuntu-jammy",
		"bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent":    "ubuntu-jammy-fips",
		"bosh-aws-xen-hvm-ubuntu-noble":                  "ubuntu-noble",
		"bosh-vsphere-esxi-ubuntu-noble":                 "ubuntu-noble",
		"bosh-openstack-kvm-ubuntu-xenial-go_agent-raw":  "ubuntu-xenial",
		"bosh-aws-xen-hvm-centos-7-go_agent":             "centos-7",
		"bosh-aws-xen-hvm-windows2019-go_agent":          "windows2019",
		"bosh-aws-xen-hvm-ubuntu-jammy<script>-go_agent": "ubuntu-jammy<script>",
		"light-of-its-own":                               "",
	} {
		require.Equal(t, os, osOf(name))
	}
	require.Equal(t, "https://github.com/cloudfoundry/bosh-linux-stemcell-builder/releases/tag/ubuntu-jammy-fips/v1.318", notes("ubuntu-jammy-fips", "1.318"))
	for _, os := range []string{"", "windows2019", "centos-7", "ubuntu-jammy<script>", "ubuntu-../.."} {
		require.Empty(t, notes(os, "1.1"))
	}
}

func TestFilename(t *testing.T) {
	for address, name := range map[string]string{
		"https://a.example/1.1/light-bosh-stemcell-1.1-aws.tgz": "light-bosh-stemcell-1.1-aws.tgz",
		"https://a.example/a.tgz?x=/b.tgz":                      "a.tgz",
		"https://a.example/a%20b.tgz":                           "",
		"https://a.example/..%2f..%2fversion":                   "",
		"https://a.example/..%2f..%2fetc%2fx.tgz":               "x.tgz",
		"https://a.example/url":                                 "",
		"https://a.example/sha256":                              "",
		"https://a.example/.tgz":                                "",
		"https://a.example/":                                    "",
		"https://a.example/\x1b.tgz":                            "",
		"https://a.example/%1b[31m.tgz":                         "",
		"":                                                      "",
	} {
		got, err := filename(true, address)
		require.Equal(t, name, got)
		require.Equal(t, name == "", err != nil)
		got, err = filename(false, address)
		require.NoError(t, err)
		require.Equal(t, "stemcell.tgz", got)
	}
}
