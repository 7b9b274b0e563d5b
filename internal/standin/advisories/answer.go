package advisories

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// postsAPage is WordPress' own number.
const postsAPage = 10

// posts is a WordPress feed: pages by ?paged=, and 404 after the last.
func (s *Server) posts(w http.ResponseWriter, r *http.Request) {
	page := max(1, whole(r, "paged"))
	all := s.now().Posts
	from := (page - 1) * postsAPage
	if from >= len(all) && page > 1 {
		http.NotFound(w, r)
		return
	}
	rss(w, "Security Advisories | Cloud Foundry", all[from:min(len(all), from+postsAPage)], time.RFC1123Z)
}

func (s *Server) cisa(w http.ResponseWriter, _ *http.Request) {
	rss(w, "All CISA Advisories", s.now().CISA, "Mon, 02 Jan 06 15:04:05 -0700")
}

func (s *Server) noticesFeed(w http.ResponseWriter, _ *http.Request) {
	var posts []Post
	for _, n := range s.now().Notices {
		posts = append(posts, Post{Title: n.ID + ": " + n.Title, Link: "https://ubuntu.com/security/notices/" + n.ID, Published: n.Published})
	}
	rss(w, "Ubuntu security notices", posts[:min(len(posts), postsAPage)], time.RFC1123Z)
}

func rss(w http.ResponseWriter, title string, posts []Post, date string) {
	type item struct {
		Title string `xml:"title"`
		Link  string `xml:"link"`
		GUID  string `xml:"guid"`
		Date  string `xml:"pubDate"`
		Text  string `xml:"description"`
	}
	var feed struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Title   string   `xml:"channel>title"`
		Items   []item   `xml:"channel>item"`
	}
	feed.Version, feed.Title = "2.0", title
	for _, p := range posts {
		feed.Items = append(feed.Items, item{p.Title, p.Link, p.Link, p.Published.Format(date), p.Text})
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=UTF-8")
	_, _ = io.WriteString(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(feed)
}

func (s *Server) record(w http.ResponseWriter, r *http.Request) {
	record, known := s.now().Records[strings.TrimSuffix(r.PathValue("id"), ".json")]
	if !known {
		http.Error(w, `{"error":"CVE_RECORD_DNE","message":"The cve record for the cve id does not exist."}`, http.StatusNotFound)
		return
	}
	_, _ = io.WriteString(w, record)
}

// older is how many entries the catalogue has beside those of the world.
const older = 1400

func (s *Server) catalogue(w http.ResponseWriter, _ *http.Request) {
	world := s.now()
	var entries []map[string]string
	add := func(e Exploited) {
		entries = append(entries, map[string]string{
			"cveID": e.CVE, "vendorProject": e.Vendor, "product": e.Product, "vulnerabilityName": e.Vendor + " " + e.Product + " Vulnerability",
			"dateAdded": e.Added.Format(time.DateOnly), "dueDate": e.Added.AddDate(0, 0, 21).Format(time.DateOnly),
			"requiredAction": "Apply mitigations per vendor instructions or discontinue use of the product.",
		})
	}
	for _, e := range world.Exploited {
		add(e)
	}
	for i := range older {
		add(Exploited{fmt.Sprintf("CVE-2019-%d", 10000+i), "Example Corp.", "Product", time.Date(2021, 11, 3, 0, 0, 0, 0, time.UTC)})
	}
	answer(w, map[string]any{
		"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": world.Released.Format("2006.01.02"),
		"dateReleased": world.Released.UTC().Format("2006-01-02T15:04:05.0000Z"), "count": len(entries), "vulnerabilities": entries,
	})
}

func (s *Server) csafFeed(w http.ResponseWriter, r *http.Request) {
	entries := []any{}
	for i, p := range s.now().CISA {
		entries = append(entries, map[string]any{
			"id": fmt.Sprintf("VA-26-%03d-01", 300-i), "title": p.Title, "published": p.Published.UTC().Format(time.RFC3339),
			"content": map[string]string{"src": fmt.Sprintf("http://%s/mirror/csaf/%d.json", r.Host, i), "type": "application/json"},
		})
	}
	answer(w, map[string]any{"feed": map[string]any{"id": "cisa-csaf-it-feed", "entry": entries}})
}

func (s *Server) csaf(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(strings.TrimSuffix(r.PathValue("n"), ".json"))
	if all := s.now().CISA; err != nil || n < 0 || n >= len(all) {
		http.NotFound(w, r)
	} else if all[n].CSAF == "" {
		answer(w, map[string]any{"document": map[string]string{"title": all[n].Title}})
	} else {
		_, _ = io.WriteString(w, all[n].CSAF)
	}
}

func (s *Server) notices(w http.ResponseWriter, r *http.Request) {
	release, all := r.URL.Query().Get("release"), s.now().Notices
	from := min(whole(r, "offset"), len(all))
	page := []any{}
	for _, n := range all[from:min(len(all), from+min(20, max(1, whole(r, "limit"))))] {
		var packages []map[string]any
		for _, p := range n.Packages {
			packages = append(packages, map[string]any{"name": p, "version": "1", "is_source": true})
		}
		page = append(page, map[string]any{
			"id": n.ID, "title": n.Title, "published": n.Published.UTC().Format("2006-01-02T15:04:05.000000"),
			"cves_ids": n.CVEs, "release_packages": map[string]any{release: packages},
		})
	}
	answer(w, map[string]any{"notices": page, "limit": 20, "offset": from, "total_results": len(all)})
}

func whole(r *http.Request, key string) int {
	n, _ := strconv.Atoi(r.URL.Query().Get(key))
	return max(0, n)
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}
