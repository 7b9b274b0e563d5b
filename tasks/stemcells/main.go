// Stemcells asks whether every VM runs the current stemcell of its line, on one director a run.
//
// It reads from the director which stemcell each VM runs, VM by VM, and from bosh.io which is the
// current one of each line in use: the newest that is light for AWS, not denied, and within its pin. It
// reports VMs that are behind, and since when they could have been current; VMs whose stemcell nobody should
// run, has ended or cannot be named; deploys that stopped half-way; what hides from this client; and the
// director's own VM. What it could not read is a gap, and never green.
package main

import "github.com/cloud-gov/platform-checklist/internal/task"

func main() { task.Main(line()) }
