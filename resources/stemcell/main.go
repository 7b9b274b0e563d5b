// Stemcell gives a version for each stemcell that is published under a name on bosh.io, so that a
// job starts when a new one is out.
//
// It takes the place of concourse/bosh-io-stemcell-resource: the same source, versions, params and
// files. Where that one says nothing, this one fails: an unknown name, a family without stemcells, a tarball that
// is not what the index says. docs/resources/stemcell.md lists every key.
package main

import "github.com/cloud-gov/platform-checklist/internal/resource"

func main() {
	resource.Main("stemcell", "gives a version for each stemcell published on bosh.io", check, in, out)
}
