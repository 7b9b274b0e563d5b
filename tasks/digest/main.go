// Digest asks of the checklist itself: was it asked this morning? It knows from the team's config which boxes must
// exist, line by environment, and when each of them must run.
//
// It reads, with GET alone, Concourse's API by a user who may only view: the team's pipelines, and of each box its job, its
// builds of the last days and its resources. Beside them it reads the reports that the boxes left in the bucket, since
// Concourse shows what was found and what could not be looked at in one colour.
//
// It reports boxes that did not run, are missing, paused or red, that are green without a report, resources whose check
// fails, and pipelines that the parent pipeline did not set. It leaves a digest of the morning as Markdown and, of a month, as one page
// of HTML. When everything was read it pings a heartbeat and pushes metrics: whoever waits for them notices when Concourse is dead.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
