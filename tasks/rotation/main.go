// Rotation asks whether Slack says who is on support, as the team's schedule does: the checklist's "Is it your first day of
// support?".
//
// It reads the schedule, a YAML file, from which it follows who is on support at any time, and Slack: the people's accounts, the
// support channel's topic and history, the on-support user group, and the members of the channels that whoever is on support
// must be in. With APPLY=true it sets what differs, reads it back, and posts the hand-off once: what is open on
// every box, by the reports that are kept, and what is left to the two people.
//
// It reports what differs, what people wrote into the topic's part by hand, accounts that cannot be on support, days with
// nobody, and people with two weeks running. What no API can set, Slackbot's response, it writes to report/slackbot.txt.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
