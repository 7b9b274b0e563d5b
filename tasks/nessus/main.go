// Nessus asks what the checklist asks of vulnerability and compliance reports: "If the reports contain any HIGH items work
// to remediate them", and whether the IaaS provider, a stemcell or a BOSH release must be updated for it.
//
// It reads Nessus Manager's REST API (/server/status, /server/properties, /scans, each expected scan's runs, and the newest
// whole one as a .nessus export), or with EXPORTS a folder of .nessus v2 files; and CISA's catalogue of known exploited
// vulnerabilities. Exports are read as they come, in little memory, and hostile XML does nothing. It changes nothing
// in Nessus: an export that it has made is all that it leaves.
//
// It reports what nobody accepted: vulnerabilities that Nessus rates high or critical, those that are known to be exploited,
// compliance checks that fail, each with its hosts, its days left and its next step; and whatever says that the scans
// did not look: missing, old, aborted, without credentials, with too few hosts or old plugins.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
