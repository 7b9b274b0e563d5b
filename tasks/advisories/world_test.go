package main

import (
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/advisories"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// now is the moment that every world plays at.
var now = time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC)

// world is a director and what is published on advisories.
type world struct {
	director *director.Server
	feeds    *advisories.Server
}

func begin() world {
	return world{director.New(advisories.Fleet()), advisories.New(advisories.Usual(now))}
}

func (w *world) close() {
	w.director.Close()
	w.feeds.Close()
}

// params are what a pipeline would set.
func (w *world) params() map[string]string {
	params := w.feeds.Params()
	for name, value := range map[string]string{
		"BOSH_ENVIRONMENT": w.director.URL(), "BOSH_CLIENT": w.director.Client, "BOSH_CLIENT_SECRET": w.director.Secret,
		"BOSH_CA_CERT": w.director.CA(), "SCOPE": "production", "AS_OF": now.Format(time.RFC3339),
	} {
		params[name] = value
	}
	return params
}

const akamai = `<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>Reference #18.5f</BODY></HTML>`

// worlds are what scripts begin with.
var worlds = map[string]func(*world){
	"usual": func(*world) {},
	"usual the day before": func(w *world) {
		w.feeds.Update(func(f *advisories.World) { *f = advisories.Usual(now.AddDate(0, 0, -1)) })
	},
	"upgraded": upgraded,
	"odd":      upgraded.and(odd),
	"with something known to be exploited": upgraded.and(func(w *world) {
		w.feeds.Update(func(f *advisories.World) {
			f.Exploited = []advisories.Exploited{
				{CVE: "CVE-2026-77001", Vendor: "Linux", Product: "Kernel", Added: now.AddDate(0, 0, -3)},
				{CVE: "CVE-2026-31001", Vendor: "Cloud Foundry Foundation", Product: "capi", Added: now.AddDate(0, 0, -3)},
				{CVE: "CVE-2026-30002", Vendor: "Cloud Foundry Foundation", Product: "diego", Added: now.AddDate(0, 0, -3)},
				{CVE: "CVE-2026-77003", Vendor: "Oracle", Product: "WebLogic", Added: now.AddDate(0, 0, -3)},
				{CVE: "CVE-2024-1086", Vendor: "Linux", Product: "Kernel", Added: now.AddDate(-2, 0, 0)},
				{CVE: "CVE-2026-50002", Vendor: "Sudo", Product: "sudo", Added: now.AddDate(0, 0, -90)},
			}
			f.Notices[2].Packages = []string{"sudo"}
			f.CISA = append([]advisories.Post{{Title: "OpenSSL releases an advisory", Published: now.Add(-time.Hour), Link: "https://www.cisa.gov/news-events/alerts/openssl"}}, f.CISA...)
		})
	}),
	"with cisa.gov refusing": upgraded.and(refusing("/cisa/*", "/kev.json")),
	"with cisa.gov refusing and a bad advisory": upgraded.and(refusing("/cisa/*")).and(func(w *world) {
		w.feeds.Update(func(f *advisories.World) {
			f.CISA[0].Title = "OpenSSL again"
			f.CISA[0].CSAF = `{"document":{"title":"OpenSSL again"},"vulnerabilities":[{"scores":[{"cvss_v3":{"baseSeverity":"CRITICAL"}}],"remediations":[{"category":"no_fix_planned"}]}]}`
		})
	}),
	"with every address refusing": upgraded.and(refusing("*")),
	"with HTML everywhere":        upgraded.and(broken("*", fault.Answer(200, akamai))),
	"with a broken CVE address":   upgraded.and(broken("/api/cve/*", fault.Answer(200, akamai))),
	"with no CVE record readable": upgraded.and(broken("/*cve*", fault.Answer(403, akamai))),
	"with empty feeds": upgraded.and(func(w *world) {
		w.feeds.Update(func(f *advisories.World) { f.Posts, f.CISA, f.Notices = nil, nil, nil })
	}),
	"with shrunken feeds": func(w *world) { // and UAA is behind
		w.feeds.Update(func(f *advisories.World) { f.Posts, f.CISA, f.Notices = f.Posts[:2], f.CISA[:2], f.Notices[:2] })
		w.feeds.Inject(fault.Fault{Path: "*kev.json", Do: fault.Answer(200, `{"dateReleased":"2026-11-19T17:04:19.9796Z","count":1,"vulnerabilities":[{"cveID":"CVE-2026-40965","dateAdded":"2026-11-19","dueDate":"2026-12-10"}]}`)})
	},
	"with old sources": upgraded.and(func(w *world) {
		w.feeds.Update(func(f *advisories.World) {
			f.Released = now.AddDate(0, 0, -15)
			for i := range f.CISA {
				f.CISA[i].Published = now.AddDate(0, -1, 0)
			}
		})
	}),
	"with truncated answers":  upgraded.and(broken("/*security/*", fault.Answer(200, `<?xml version="1.0"?><rss version="2.0"><channel><item><title>CVE-2026-40965`))),
	"with broken-off answers": upgraded.and(broken("/*security/*", fault.Truncate(700))),
	"with hostile XML": upgraded.and(broken("/security/*", fault.Answer(200, `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&a;</title></channel></rss>`))).
		and(broken("/mirror/security/*", fault.Answer(200, strings.Repeat("<a>", 1_000_000)))),
	"with an answer without end": upgraded.and(broken("*kev.json", fault.Answer(200, strings.Repeat("[", 17<<20)))),
	"with hostile titles": upgraded.and(func(w *world) {
		w.feeds.Update(func(f *advisories.World) {
			f.Posts[0].Title = "CVE-2026-40965 \x1b[31m<!channel> \u202e" + strings.Repeat("long ", 100)
			f.Records["CVE-2026-40965"] = advisories.Record("CVE-2026-40965", "HIGH", advisories.Product{Name: "unknown \u202e<!channel>", From: "1.0", LessThan: "2.0"})
		})
		w.feeds.Update(func(f *advisories.World) { f.Posts[0].Title = strings.ReplaceAll(f.Posts[0].Title, "\x1b", "") })
	}),
	"without paging": func(w *world) { // and UAA is behind
		first := rss(advisories.Usual(now).Posts[:10])
		w.feeds.Inject(fault.Fault{Path: "/*security/*", Do: fault.Answer(200, first)})
	},
	"with a page that fails": func(w *world) { // and UAA is behind
		w.feeds.Inject(fault.Fault{Path: "/*security/feed/?paged=2", Do: fault.Answer(403, "")})
	},
	"that hangs":                   upgraded.and(broken("*", fault.Hang)),
	"with one slow address":        upgraded.and(broken("/kev.json", fault.Hang)).and(broken("/security/*", fault.Hang)),
	"with a broken Ubuntu address": upgraded.and(broken("/ubuntu/*", fault.Answer(403, ""))),
	"of a team": upgraded.and(func(w *world) {
		w.director.Grant(w.director.Client, w.director.Secret, "bosh.teams.customer-squad.admin")
	}),
	"of a client that may read nothing": func(w *world) { w.director.Grant(w.director.Client, w.director.Secret) },
	"of an empty director": func(w *world) {
		w.director.Update(func(f *director.Fleet) {
			*f = director.Fleet{Name: "new-bosh", StemcellOS: "ubuntu-jammy", StemcellVersion: "1.1364"}
		})
	},
}

// change is what makes a world.
type change func(*world)

func (c change) and(more change) change {
	return func(w *world) { c(w); more(w) }
}

var upgraded change = func(w *world) {
	w.director.Update(func(f *director.Fleet) { advisories.Upgrade(f, advisories.UAAFixed) })
}

func broken(path string, do fault.Action) change {
	return func(w *world) { w.feeds.Inject(fault.Fault{Path: path, Do: do}) }
}

func refusing(paths ...string) change {
	return func(w *world) {
		for _, p := range paths {
			w.feeds.Inject(fault.Fault{Path: p, Do: fault.Answer(403, akamai)})
		}
	}
}

// odd adds advisories that cannot be joined, each for another reason.
func odd(w *world) {
	w.feeds.Update(func(f *advisories.World) {
		post := func(cve, record string) {
			f.Posts = slices.Insert(f.Posts, 0, advisories.Post{Title: cve + ": odd", Link: "https://www.cloudfoundry.org/blog/" + strings.ToLower(cve), Published: now.AddDate(0, 0, -1)})
			if record != "" {
				f.Records[cve] = record
			}
		}
		ranged := func(cve, versions string) string {
			return advisories.Raw(cve, "PUBLISHED", `{"affected":[{"vendor":"Cloud Foundry","product":"uaa_release","versions":`+versions+`}],"metrics":[{"cvssV4_0":{"baseSeverity":"HIGH"}}]}`)
		}
		post("CVE-2026-60001", advisories.Record("CVE-2026-60001", "HIGH", advisories.Product{Name: "Zebra Broker", From: "1.0", LessThan: "2.0"}))
		post("CVE-2026-60002", ranged("CVE-2026-60002", `[]`))
		post("CVE-2026-60003", ranged("CVE-2026-60003", `[{"status":"affected","version":"All versions prior to 79"}]`))
		post("CVE-2026-60004", advisories.Raw("CVE-2026-60004", "REJECTED", `{"rejectedReasons":[{"lang":"en","value":"duplicate"}]}`))
		post("CVE-2026-60005", "")
		post("CVE-2026-60006", ranged("CVE-2026-60006", `[{"status":"affected","version":"78.0.0","lessThanOrEqual":"78.13.0"}]`))
		post("CVE-2026-60007", ranged("CVE-2026-60007", `[{"status":"affected","version":"0","lessThan":"78.13.0"}]`))
		post("CVE-2026-60008", advisories.Record("CVE-2026-60008", "CRITICAL", advisories.Product{Name: "CF Deployment", From: "1.0", LessThan: "56.1.0"}))
		f.Posts = slices.Insert(f.Posts, 0, advisories.Post{Title: "A change in our policy", Link: "https://www.cloudfoundry.org/blog/policy", Published: now.AddDate(0, 0, -1)})
	})
}

// rss is a feed as a file has it.
func rss(posts []advisories.Post) string {
	text := `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title>`
	for _, p := range posts {
		text += "<item><title>" + p.Title + "</title><link>" + p.Link + "</link><guid>" + p.Link + "</guid><pubDate>" + p.Published.Format(time.RFC1123Z) + "</pubDate></item>"
	}
	return text + "</channel></rss>"
}
