// Cloudtrail asks whether every console login is a named person's, and every guarded change Terraform's:
// "Review AWS CloudTrail events".
//
// It reads, for each account and enabled region, CloudTrail's event history of the last days
// (sts:GetCallerIdentity, ec2:DescribeRegions, cloudtrail:LookupEvents, a lookup for each name), or with LOGS a
// folder of CloudTrail's log files. It reports logins that are nobody's by name, and changes that are not
// Terraform's by identity, access key and source address. The user agent is shown and never believed. A region or
// a name that was not read to its end is a gap.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
