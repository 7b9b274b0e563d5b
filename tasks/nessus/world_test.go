package main

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
	"github.com/cloud-gov/platform-checklist/internal/standin/nessus"
)

// set is a world that a script looks at: a change to a clean one, and what goes wrong.
type set struct {
	change  func(*nessus.World, time.Time)
	options []nessus.Option
	faults  []fault.Fault
}

const html = "<!DOCTYPE html><html><body>Sign in</body></html>"

var worlds = map[string]set{
	"clean":   {},
	"morning": {change: func(w *nessus.World, now time.Time) { *w = nessus.Morning(now) }},
	"older":   {options: []nessus.Option{nessus.Older}},

	"denied":      fails("/server/properties", fault.Answer(401, `{"error":"Invalid Credentials"}`)),
	"loading":     {change: func(w *nessus.World, _ time.Time) { w.Status = "loading" }},
	"hangs":       fails("/scans", fault.Hang),
	"slow":        fails("/scans", fault.Slow(500*time.Millisecond)),
	"login page":  {faults: []fault.Fault{{Path: "/s*", Do: fault.Answer(200, html, "Content-Type", "text/html")}}},
	"login later": fails("/tokens/*/download", fault.Answer(200, html, "Content-Type", "text/html")),
	"redirects":   fails("/tokens/*/download", fault.Answer(302, "", "Location", "/login?planted-secret")),
	"garbage":     fails("/scans", fault.Answer(200, `{"scans":`)),
	"empty 200":   fails("/scans", fault.Answer(200, "")),
	"no scans":    {change: func(w *nessus.World, _ time.Time) { w.Scans = nil }},
	"cut":         fails("/tokens/*/download", fault.Truncate(4000)),
	"broken scan": fails("/scans/12", fault.Answer(500, "")),
	"conflict":    fails("POST /scans/11/export", fault.Answer(409, `{"error":"Can not export running scans"}`)),
	"no export":   fails("/tokens/*/status", fault.Answer(200, `{"status":"error"}`)),
	"for ever":    fails("/tokens/*/status", fault.Answer(200, `{"status":"loading"}`)),
	"out of keys": {faults: []fault.Fault{{Path: "/scans/12*", Do: fault.Answer(401, `{"error":"Invalid Credentials"}`)}}},
	"throttled":   {faults: []fault.Fault{{Path: "/scans", Times: 1, Do: fault.Answer(429, "", "Retry-After", "1")}}},
	"entities": fails("/tokens/*/download", fault.Answer(200, `<!DOCTYPE x [<!ENTITY a "planted-a"><!ENTITY b "&a;&a;">]>`+
		`<NessusClientData_v2><Report name="Daily vulnerability scan">&b;</Report></NessusClientData_v2>`)),

	"missing":  {change: func(w *nessus.World, _ time.Time) { w.Scans = w.Scans[1:] }},
	"twice":    {change: func(w *nessus.World, _ time.Time) { w.Scans[2].Name = nessus.Vulnerabilities }},
	"never":    inScan(func(s *nessus.Scan, _ time.Time) { s.Runs = nil }),
	"disabled": inScan(func(s *nessus.Scan, _ time.Time) { s.Disabled = true }),
	"running": inScan(func(s *nessus.Scan, now time.Time) {
		s.Runs = append(s.Runs, nessus.Run{ID: 199, Status: "running", Started: now.Add(-time.Hour), Ended: now})
	}),
	"only running": inScan(func(s *nessus.Scan, _ time.Time) {
		s.Runs = s.Runs[1:]
		s.Runs[0].Status = "running"
	}),
	"only aborted": inScan(func(s *nessus.Scan, _ time.Time) {
		s.Runs = s.Runs[1:]
		s.Runs[0].Status = "aborted"
	}),
	"stale":         inScan(func(s *nessus.Scan, _ time.Time) { s.Runs = s.Runs[:1] }),
	"fewer hosts":   inScan(func(s *nessus.Scan, _ time.Time) { more := s.Runs[0].Hosts; s.Runs[0].Hosts = append(more, more...) }),
	"too few hosts": inScan(func(s *nessus.Scan, _ time.Time) { s.Runs[1].Hosts = s.Runs[1].Hosts[:3] }),
	"uncredentialed": inScan(func(s *nessus.Scan, _ time.Time) {
		s.Runs[1].Hosts[4].Login = "no"
		s.Runs[1].Hosts[5].Login = ""
	}),
	"old plugins in the scan": inScan(func(s *nessus.Scan, now time.Time) { s.Runs[1].Plugins = now.AddDate(0, 0, -9) }),
	"old plugins":             {change: func(w *nessus.World, now time.Time) { w.Plugins = now.AddDate(0, 0, -9) }},
	"ended licence":           {change: func(w *nessus.World, now time.Time) { w.Expires = now.AddDate(0, 0, -1) }},
	"without attributes": inScan(func(s *nessus.Scan, _ time.Time) {
		s.Runs[1].Hosts[0].Items = append(s.Runs[1].Hosts[0].Items, nessus.Item{Output: "who knows"})
	}),
	"no compliance": {change: func(w *nessus.World, _ time.Time) { w.Scans[1].Runs[1].Hosts = w.Scans[0].Runs[1].Hosts }},
	"errors": {change: func(w *nessus.World, _ time.Time) {
		w.Scans[1].Runs[1].Hosts[0].Items[0].Result = "ERROR"
		w.Scans[1].Runs[1].Hosts[1].Items[0].Result = "MAYBE"
	}},

	"no cisa.gov":     {faults: []fault.Fault{{Path: "/known*", Do: fault.Answer(403, "<html>Access Denied</html>")}}},
	"no catalogue":    {faults: []fault.Fault{{Path: "*exploited*", Do: fault.Answer(403, "<html>Access Denied</html>")}}},
	"catalogue HTML":  {faults: []fault.Fault{{Path: "*exploited*", Do: fault.Answer(200, html)}}},
	"catalogue old":   {change: func(w *nessus.World, now time.Time) { w.Released = now.AddDate(0, 0, -20).Add(-time.Hour) }},
	"catalogue small": {faults: []fault.Fault{{Path: "*exploited*", Do: fault.Answer(200, `{"dateReleased":"2026-11-20T17:04:19.9796Z","count":1,"vulnerabilities":[{"cveID":"CVE-2024-1","dateAdded":"2024-01-01","dueDate":"2026-12-01"}]}`)}}},
}

func fails(path string, do fault.Action) set { return set{faults: []fault.Fault{{Path: path, Do: do}}} }

// inScan is a change to the vulnerability scan.
func inScan(change func(*nessus.Scan, time.Time)) set {
	return set{change: func(w *nessus.World, now time.Time) { change(&w.Scans[0], now) }}
}
