// Slack puts a report, or a build's failure, into a Slack channel.
//
// One put in each hook of a job is enough: alert_type says which hook it is, and the report, if the
// task left one, what was found. The message tells findings from what could not be looked at, which
// Concourse shows in one colour. With a bot a line has one thread a day, whose first message is kept
// up to date; people are called for what is new alone. docs/resources/slack.md lists every key.
//
// A post that Slack did not take fails the put, loudly; so pipelines wrap it in try.
package main

import "github.com/cloud-gov/platform-checklist/internal/resource"

func main() {
	resource.Main("slack", "puts a report, or a build's failure, into a Slack channel", check, in, out)
}
