package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cloud-gov/platform-checklist/internal/advisory"
	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
	"github.com/cloud-gov/platform-checklist/internal/task"
)

// channel is a feed with these items.
func channel(items string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>` + items + `</channel></rss>`
}

func TestParseFeed(t *testing.T) {
	for name, c := range map[string]struct {
		date string
		want time.Time
	}{
		"as WordPress writes it": {"Tue, 17 Nov 2026 09:30:00 +0000", time.Date(2026, 11, 17, 9, 30, 0, 0, time.UTC)},
		"as cisa.gov writes it":  {"Tue, 17 Nov 26 12:00:00 +0000", time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)},
		"a day nobody can read":  {"soon", time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := parseFeed([]byte(channel(`<item><title>A &amp; B</title><link>https://example.org/a</link><guid>g</guid><pubDate>` + c.date +
				`</pubDate><content:encoded><![CDATA[<p>&nbsp;CVE-2026-1001</p>]]></content:encoded></item>`)))
			require.NoError(t, err)
			require.Len(t, items, 1)
			require.Equal(t, "A & B", items[0].Title)
			require.True(t, c.want.Equal(items[0].Published), items[0].Published)
			require.Contains(t, items[0].Text, "CVE-2026-1001")
		})
	}
}

func TestParseFeedRefuses(t *testing.T) {
	for name, c := range map[string]struct{ document, says string }{
		"nothing":              {"", "cut short, or empty"},
		"HTML":                 {"<!DOCTYPE html><html><body>Access Denied</body></html>", "a page of HTML"},
		"JSON":                 {`{"error": "denied"}`, "cut short, or empty"},
		"half":                 {channel("<item><title>x</title></item>")[:120], "no feed|cut short"},
		"another kind of XML":  {"<a><b/></a>", "no feed"},
		"an entity declared":   {`<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>` + channel("<item><title>&b;</title></item>"), "declares entities"},
		"an entity used":       {channel("<item><title>&xxe;</title></item>"), "no feed"},
		"too deep":             {channel("<item>" + strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100) + "</item>"), "nests more than 40"},
		"a million levels":     {strings.Repeat("<a>", 1_000_000), "nests more than 40"},
		"too large":            {channel("<item><title>" + strings.Repeat("x", feedLimit) + "</title></item>"), "larger than"},
		"an item of nothing":   {channel("<item></item>"), "an item without title"},
		"another set of bytes": {`<?xml version="1.0" encoding="utf-7"?><rss/>`, "no feed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseFeed([]byte(c.document))
			require.Error(t, err)
			require.Regexp(t, c.says, err.Error())
		})
	}
}

func TestWeb(t *testing.T) {
	require.Equal(t, "https://example.org/a", web("https://example.org/a"))
	for _, link := range []string{"", "javascript:alert(1)", "/blog", "https://", "https://example.org/" + strings.Repeat("a", linkLimit)} {
		require.Empty(t, web(link), link)
	}
}

// What an item is about stands in its title; a later item on the same CVE adds nothing.
func TestSorted(t *testing.T) {
	items, err := parseFeed([]byte(channel(
		`<item><title>CVE-2026-1001 and cve-2026-1002: two</title><link>https://example.org/cve-2026-1001-two</link><description>mentions CVE-2020-9999</description></item>` +
			`<item><title>An update</title><link>https://example.org/update</link><description>on CVE-2026-1003 and CVE-2026-1001</description></item>` +
			`<item><title>USN-7500-1: Linux</title><link>https://example.org/usn</link><description>CVE-2025-21953</description></item>` +
			`<item><title>News</title><link>https://example.org/news</link></item>`)))
	require.NoError(t, err)
	advisories, notices := sorted(items)
	require.Equal(t, 1, notices)
	var names []string
	for _, a := range advisories {
		names = append(names, a.CVE)
	}
	require.Equal(t, []string{"CVE-2026-1001", "CVE-2026-1002", "CVE-2026-1003", ""}, names)
}

func TestExpand(t *testing.T) {
	const mirror = "https://example.org/cves/{year}/{thousands}/{id}.json"
	require.Equal(t, "https://example.org/cves/2026/40xxx/CVE-2026-40965.json", expand(mirror, "CVE-2026-40965"))
	require.Equal(t, "https://example.org/cves/2026/0xxx/CVE-2026-0965.json", expand(mirror, "CVE-2026-0965"))
}

// Only when all addresses say that there is no record, there is none.
func TestAbsent(t *testing.T) {
	gone, denied := &fetch.StatusError{Status: 404, Host: "a"}, &fetch.StatusError{Status: 403}
	elsewhere := &fetch.StatusError{Status: 404, Host: "b"}
	require.True(t, absent(fmt.Errorf("read: %w", joined([]error{gone}))))
	require.True(t, absent(fmt.Errorf("read: %w", joined([]error{gone, gone}))))
	require.True(t, absent(fmt.Errorf("read: %w", joined([]error{gone, elsewhere}))))
	require.False(t, absent(fmt.Errorf("read: %w", joined([]error{gone, denied}))))
	require.False(t, absent(fmt.Errorf("read: %w", joined([]error{denied}))))
	require.False(t, absent(nil))
}

// An advisory that a feed names on another host is not asked for.
func TestRateStaysOnTheFeedsHost(t *testing.T) {
	asked := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer other.Close()
	w := begin()
	defer w.close()
	r := &reading{
		check: &check{config: new(config), policy: advisory.DefaultPolicy()}, client: fetch.New(fetch.Options{}),
		run: &task.Run{Report: &report.Report{AsOf: now}},
	}
	items := []advisory.Item{{Link: other.URL + "/a.json", Published: now}, {Link: w.feeds.URL() + "/mirror/csaf/0.json", Published: now}}
	r.rate(t.Context(), w.feeds.URL()+"/mirror/csaf/feed.json", items)
	require.Zero(t, asked)
	require.Equal(t, 1, w.feeds.Count("/mirror/csaf/0.json"), "on the feed's own it is")
}

func FuzzParseFeed(f *testing.F) {
	f.Add([]byte(channel(`<item><title>CVE-2026-1001: x</title><link>https://example.org/</link><pubDate>Tue, 17 Nov 2026 09:30:00 +0000</pubDate></item>`)))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><updated>2026-11-17T09:30:00Z</updated></entry></feed>`))
	f.Add([]byte(`<!DOCTYPE html><html></html>`))
	f.Fuzz(func(t *testing.T, document []byte) {
		items, err := parseFeed(document)
		if err != nil {
			return
		}
		for _, i := range items {
			if len([]rune(i.Title)) > 240 {
				t.Error("a title without end")
			}
		}
		sorted(items)
	})
}
