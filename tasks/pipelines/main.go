// Pipelines asks whether every box of a team's config can be set, before any is.
//
// It reads the config (checklist.yml) and this project's pipelines, and gives each pipeline its vars as Concourse will. It
// asks nothing over the network and resolves no secret: references to them stay references.
//
// It reports lines that do not exist, vars that are missing or that nobody wants, files that are not there, mornings that
// are no times, and pipelines that Concourse would refuse, all of them at once. Only when there is nothing to report does
// it write what the parent pipeline goes by: the list of boxes and the vars of each.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
