package nessus

import (
	"fmt"
	"strconv"
	"time"
)

// World is what a Nessus Manager holds, and what CISA publishes.
type World struct {
	Status  string    // ready, or loading
	Plugins time.Time // when its plugins were made
	Expires time.Time // when its licence ends
	Scans   []Scan

	Released  time.Time         // CISA's catalogue
	Exploited map[string]string // CVEs in it, with their due dates
}

// Scan is one of its scans, with its runs, the newest last.
type Scan struct {
	ID       int64
	Name     string
	Disabled bool
	Runs     []Run
}

// Run is one time that a scan was done.
type Run struct {
	ID             int64
	Status         string
	Started, Ended time.Time
	Plugins        time.Time // of the scan; zero: plugin 19506 is not in it
	Hosts          []Host
}

// Host is one that was scanned.
type Host struct {
	Name, FQDN, Login string // Login is yes, no, or empty where it is not said
	Items             []Item
}

// Item is one result of a plugin, or with a Result of a compliance check.
type Item struct {
	Plugin, Name, Family string // without Plugin, the item has no attribute
	Severity, Port       int
	CVEs                 []string
	Patched, Output      string

	Check, CheckID, Audit, Reference, Wanted, Actual, Result string
}

func (w *World) find(id string) *Scan {
	for i := range w.Scans {
		if strconv.FormatInt(w.Scans[i].ID, 10) == id {
			return &w.Scans[i]
		}
	}
	return nil
}

// run gives a run, the newest without an ID.
func (s *Scan) run(id string) *Run {
	for i := len(s.Runs) - 1; i >= 0; i-- {
		if id == "" || strconv.FormatInt(s.Runs[i].ID, 10) == id {
			return &s.Runs[i]
		}
	}
	return nil
}

// The scans that the worlds have.
const (
	Vulnerabilities = "Daily vulnerability scan"
	Compliance      = "Daily compliance scan"
)

// Clean is a platform of 12 hosts without anything to remediate, scanned this night and the night before.
func Clean(now time.Time) World {
	nights := func(first int64, items func(host int) []Item) []Run {
		return []Run{night(first, now.Add(-27*time.Hour), items), night(first+1, now.Add(-3*time.Hour), items)}
	}
	return World{
		Status: "ready", Plugins: now.Add(-20 * time.Hour), Expires: now.AddDate(0, 7, 0), Released: now.Add(-30 * time.Hour),
		Exploited: map[string]string{"CVE-2024-1086": now.UTC().AddDate(0, 0, 5).Format(time.DateOnly)},
		Scans: []Scan{
			{ID: 11, Name: Vulnerabilities, Runs: nights(101, func(int) []Item { return []Item{ping, quiet} })},
			{ID: 12, Name: Compliance, Runs: nights(201, func(int) []Item { return []Item{check("1.1.1 cramfs is disabled", "PASSED", "")} })},
			{ID: 13, Name: "tried out", Runs: nil},
		},
	}
}

func night(id int64, at time.Time, items func(host int) []Item) Run {
	run := Run{ID: id, Status: "completed", Started: at.Add(-time.Hour), Ended: at, Plugins: at.Add(-18 * time.Hour)}
	for n := range 12 {
		run.Hosts = append(run.Hosts, Host{Name: fmt.Sprintf("10.0.16.%d", 4+n), FQDN: fmt.Sprintf("cell-%d.cf.internal", n), Login: "yes", Items: items(n)})
	}
	return run
}

var (
	ping  = Item{Plugin: "10180", Name: "Ping the remote host", Family: "Port scanners"}
	quiet = Item{Plugin: "104743", Name: "TLS Version 1.0 Protocol Detection", Family: "Service detection", Severity: 2, Port: 443}
)

func check(name, result, actual string) Item {
	return Item{
		Plugin: "21157", Name: "Unix Compliance Checks", Family: "Policy Compliance", Severity: 3, // whatever the result
		Check: name, CheckID: fmt.Sprintf("%032x", len(name)), Audit: "CIS_Ubuntu_22.04_LTS_Server_L1.audit",
		Reference: "800-53|CM-7", Wanted: "disabled", Actual: actual, Result: result,
	}
}

// Morning is that platform on a red morning: the stemcell, a release, a tenant, the IaaS provider and somebody unknown have
// something to do, the licence ends, and last night's compliance scan was aborted.
func Morning(now time.Time) World {
	w := Clean(now)
	w.Expires = now.AddDate(0, 0, 12)
	hosts := w.Scans[0].Runs[1].Hosts
	for n := range hosts {
		hosts[n].Items = append(hosts[n].Items, Item{
			Plugin: "193362", Name: "Ubuntu 22.04 LTS : Linux kernel vulnerabilities (USN-6725-1)", Family: "Ubuntu Local Security Checks", Severity: 3,
			CVEs: []string{"CVE-2024-1086", "CVE-2023-46838"}, Patched: "2024/04/08", Output: "\n  - Installed package : linux-image-5.15.0-101-generic_5.15.0-101.111\n",
		})
	}
	add := func(host int, i Item) { hosts[host].Items = append(hosts[host].Items, i) }
	for host := range 3 {
		add(host, Item{Plugin: "182873", Name: "libcurl 7.69 < 8.4.0 Heap Buffer Overflow", Family: "Misc.", Severity: 4, CVEs: []string{"CVE-2023-38545"},
			Output: "\n  Path : /var/vcap/data/packages/ruby-3.2/a1b2/lib/libcurl.so.4\n  Installed version : 8.1.0\n"})
	}
	add(5, Item{Plugin: "156860", Name: "Apache Log4j 1.x Multiple Vulnerabilities", Family: "Misc.", Severity: 4, CVEs: []string{"CVE-2019-17571"},
		Output: "\n  Path : /var/vcap/data/grootfs/store/unprivileged/images/6e3f8a52-5b7e-4d0f-6fd1-9c1f/diff/app/log4j-1.2.17.jar\n"})
	add(11, Item{Plugin: "42873", Name: "SSL Medium Strength Cipher Suites Supported (SWEET32)", Family: "General", Severity: 3, Port: 8443, CVEs: []string{"CVE-2016-2183"}})
	w.Scans[0].Runs[1].Hosts = append(hosts, Host{Name: "checklist.abc123.us-gov-west-1.rds.amazonaws.com", Login: "yes", Items: []Item{
		{Plugin: "187001", Name: "PostgreSQL 15.x < 15.6 SQL Injection", Family: "Databases", Severity: 3, Port: 5432, CVEs: []string{"CVE-2024-0985"}}}})
	for host := range 2 {
		h := &w.Scans[1].Runs[1].Hosts[host]
		h.Items = append(h.Items, check("5.2.4 SSH access is limited", "FAILED", "AllowUsers is not set"), check("6.1 a person must look", "WARNING", ""))
	}
	w.Scans[1].Runs = append(w.Scans[1].Runs, Run{ID: 203, Status: "aborted", Started: now.Add(-time.Hour), Ended: now.Add(-50 * time.Minute)})
	return w
}
