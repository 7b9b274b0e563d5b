// Package advisories is a stand-in of those who publish advisories: Cloud Foundry's feed, CVE records, CISA's feed and
// catalogue, Ubuntu's notices, each at two addresses.
package advisories

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// World is all that is published.
type World struct {
	Posts     []Post            // Cloud Foundry's, newest first
	Records   map[string]string // by CVE
	Released  time.Time         // of the catalogue
	Exploited []Exploited       // beside older ones
	CISA      []Post
	Notices   []Notice // newest first
}

// Post is an item of a feed.
type Post struct {
	Title, Link, Text string
	Published         time.Time
	CSAF              string // the advisory as CSAF, where it is published as such
}

// Exploited is an entry of the catalogue.
type Exploited struct {
	CVE, Vendor, Product string
	Added                time.Time
}

// Notice is one of Ubuntu's.
type Notice struct {
	ID, Title string
	Published time.Time
	CVEs      []string
	Packages  []string
}

// Product is a product in a CVE record, with one affected range.
type Product struct{ Name, From, LessThan string }

// Record is a CVE record of Cloud Foundry's.
func Record(cve, severity string, products ...Product) string {
	affected := ""
	for i, p := range products {
		if i > 0 {
			affected += ","
		}
		affected += fmt.Sprintf(`{"vendor":"Cloud Foundry Foundation","product":%q,"defaultStatus":"unaffected",`+
			`"versions":[{"status":"affected","version":%q,"lessThan":%q,"versionType":"custom"}]}`, p.Name, p.From, p.LessThan)
	}
	return Raw(cve, "PUBLISHED", fmt.Sprintf(`{"affected":[%s],"metrics":[{"format":"CVSS","cvssV3_1":{"version":"3.1","baseSeverity":%q}}]}`, affected, severity))
}

// Raw is a CVE record in a state, with this container of its assigner.
func Raw(cve, state, cna string) string {
	return fmt.Sprintf(`{"dataType":"CVE_RECORD","dataVersion":"5.2","cveMetadata":{"cveId":%q,"state":%q,"assignerShortName":"vmware"},"containers":{"cna":%s}}`, cve, state, cna)
}

// The vulnerability that the morning is about, with the real record's ranges.
const (
	UAA       = "CVE-2026-40965"
	UAAFixed  = "78.13.0"
	uaaBroken = "78.2.0"
)

// Usual is what is published on any day. One advisory, on UAA, is critical.
func Usual(now time.Time) World {
	w := World{Records: map[string]string{}, Released: now.Add(-20 * time.Hour)}
	post := func(days int, cve, title, severity string, products ...Product) {
		w.Posts = append(w.Posts, Post{
			Title: cve + ": " + title, Link: "https://www.cloudfoundry.org/blog/" + cve + "/",
			Text: "<p>Severity " + severity + "</p>", Published: now.AddDate(0, 0, -days),
		})
		w.Records[cve] = Record(cve, severity, products...)
	}
	post(3, UAA, "UAA EC private key disclosure", "CRITICAL", Product{"uaa_release", "76.12.0", UAAFixed}, Product{"CF Deployment", "30.0.0", "56.1.0"})
	post(20, "CVE-2026-31001", "Cloud Controller logs a header", "MEDIUM", Product{"capi", "1.100.0", "1.200.0"})
	post(40, "CVE-2026-30002", "Diego cell memory", "HIGH", Product{"Diego Release", "2.0.0", "2.100.0"})
	for i := range 12 {
		post(60+20*i, fmt.Sprintf("CVE-2025-%d", 20001+i), "an older one", "HIGH", Product{"routing_release", "0", "0.300.0"})
	}
	w.Posts = append(w.Posts[:2:2], append([]Post{{
		Title: "USN-7500-1: Linux kernel vulnerabilities", Link: "https://www.cloudfoundry.org/blog/usn-7500-1/",
		Text: "CVE-2025-21953", Published: now.AddDate(0, 0, -22),
	}}, w.Posts[2:]...)...)
	for i := range 8 {
		w.CISA = append(w.CISA, Post{Title: "Example Corp. Product " + fmt.Sprint(i), Published: now.AddDate(0, 0, -i),
			Link: fmt.Sprintf("https://www.cisa.gov/news-events/ics-advisories/icsa-26-%03d-01", 300-i)})
	}
	w.CISA[1].Title, w.CISA[1].Link = "Example Corp. releases updates", "https://www.cisa.gov/news-events/alerts/example-corp"
	for i := range 30 {
		w.Notices = append(w.Notices, Notice{ID: fmt.Sprintf("USN-%d-1", 7900-i), Title: "something vulnerabilities", Published: now.Add(-time.Duration(i) * 12 * time.Hour),
			CVEs: []string{fmt.Sprintf("CVE-2026-%d", 50000+i)}, Packages: []string{"vim"}})
	}
	return w
}

// Fleet is what is deployed: UAA as the morning finds it.
func Fleet() director.Fleet {
	f := director.Upgraded()
	for i := range f.Deployments {
		if f.Deployments[i].Name == "cf" {
			f.Deployments[i].Releases = []director.Release{
				{Name: "bosh-dns", Version: "1.39.23"}, {Name: "capi", Version: "1.190.0"}, {Name: "diego", Version: "2.110.0"},
				{Name: "routing", Version: "0.330.0"}, {Name: "uaa", Version: uaaBroken},
			}
		}
	}
	return f
}

// Upgrade brings UAA to a version.
func Upgrade(f *director.Fleet, uaa string) {
	for i := range f.Deployments {
		for n, r := range f.Deployments[i].Releases {
			if r.Name == "uaa" {
				f.Deployments[i].Releases[n].Version = uaa
			}
		}
	}
}
