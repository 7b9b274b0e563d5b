// Tickets asks whether every support request is taken care of: "Review open support requests", which are the new
// (yellow) and open (red) tickets of Zendesk.
//
// It reads, with GET alone, Zendesk's search for new and open tickets to its end (/api/v2/search.json), and those
// tickets as they are now (/api/v2/tickets/show_many.json) with their users, groups, SLAs and metrics. Beside it a control,
// the tickets that were solved lately, must return something, or an empty answer is not believed.
//
// It reports tickets that are new and nobody's for too long, tickets that wait for an answer for too long, in business
// hours, SLAs that break soon or are broken, and whose requester Zendesk's e-mail does not reach.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
