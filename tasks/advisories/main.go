// Advisories asks whether a security advisory concerns what is deployed and nobody has handled it: "Review vulnerability
// and compliance reports", of which it reads CloudFoundry Alerts and US Cert Alerts.
//
// It reads Cloud Foundry's advisories and the CVE record of each, and joins them with the releases and stemcells that a
// director lists: affected, not affected, not deployed, or cannot be told. It reads CISA's (once US-CERT's) advisories and
// its catalogue of known exploited vulnerabilities for what is on the watch list, and Ubuntu's security notices as a pointer to
// the stemcells line. Each source has two addresses. One that can be read at neither, is empty, has shrunk or is
// old, is a gap, and never green. All verdicts are kept in report/advisories.json.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
