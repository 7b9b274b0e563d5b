// Evidence keeps every report in an S3 bucket: today's proof that somebody looked, and what
// tomorrow's run is compared with.
//
// An object's key is
//
//	PREFIX/SCOPE/CHECK/2026-08-24/090000Z-4711/report.json
//
// the day and time (UTC) at which the run started, and the build's ID; report.md, for people, lies
// beside it. So keys sort by time, one listing finds all that is newer than a given one, and an
// auditor finds a folder for each day. Nothing is overwritten and nothing is deleted.
// docs/resources/evidence.md lists every key of source and params.
package main

import "github.com/cloud-gov/platform-checklist/internal/resource"

func main() {
	resource.Main("evidence", "keeps every report in an S3 bucket, and gives back the one before", check, in, out)
}
