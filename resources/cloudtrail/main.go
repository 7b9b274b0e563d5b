// Cloudtrail gives a version when CloudTrail has a new anomaly: a login that is nobody's by name, or a guarded
// change that is not Terraform's, by the judgement of tasks/cloudtrail without its exceptions. So the job of that
// task starts at once, and the task judges by the team's policy.
//
// CloudTrail delivers late and in no order, so a version is no event but a batch of those that no version
// before held. It carries what is needed to know them again: resources have no other memory. docs/resources/cloudtrail.md
// lists every key.
package main

import "github.com/cloud-gov/platform-checklist/internal/resource"

func main() {
	resource.Main("cloudtrail", "gives a version when there is a new CloudTrail anomaly", check, in, out)
}
