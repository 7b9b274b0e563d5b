// Package director is a stand-in of a BOSH director and its UAA: two TLS
// servers that answer in the shapes of director 283 whatever a [Fleet] says.
package director

import "time"

// Fleet is everything that a director knows. What can be derived is not here:
// a missing id, CID or operating system is made from names, a deployment is
// locked while a lock names it, and what deployments refer to is uploaded.
type Fleet struct {
	Name            string
	UUID            string
	Version         string // empty: a recent one
	StemcellOS      string // the director's own VM, "ubuntu-jammy"; empty: unknown, which a director says as "-"
	StemcellVersion string
	Deployments     []Deployment
	Uploads         []Upload // stemcells uploaded besides those that deployments refer to, or the particulars of these
	Orphans         []Orphan
	Locks           []Lock
	Events          []Event // oldest first
}

// Deployment is what the last plan referred to, and the instances there are.
type Deployment struct {
	Name        string
	Teams       []string
	CloudConfig string // latest, outdated or none; empty: none
	Releases    []Release
	Stemcells   []Stemcell // what the plan refers to; the VMs may run something else
	Instances   []Instance
}

// Release is a BOSH release in use.
type Release struct{ Name, Version string }

// Stemcell names a stemcell. CPI is empty but on a director with several.
type Stemcell struct{ Name, Version, CPI string }

// Instance is a place for a VM in an instance group.
type Instance struct {
	Job    string // the instance group
	Index  int
	ID     string
	AZ     string
	State  string // started, stopped or detached; empty: started
	Ignore bool   // bosh ignore: deploys leave it alone
	Errand bool   // has no VM but while the errand runs
	VMs    []VM   // none, one, or with a hot swap two
}

// VM is a virtual machine as the director remembers it.
type VM struct {
	CID      string
	AgentID  string
	IPs      []string
	Type     string // empty: t3.medium
	Created  time.Time
	Stemcell Stemcell // zero: older than the director's memory of it
	JobState string   // empty: running; see [Unresponsive]
	Inactive bool     // made for a hot swap, not in service
}

// Unresponsive is the job state of a VM whose agent does not answer.
const Unresponsive = "unresponsive agent"

// Upload is a stemcell on the director. A light one has "light" in its CID.
type Upload struct {
	Stemcell
	ID         int // empty: the place in the list
	OS         string
	CID        string
	APIVersion int // empty: 3
}

// Orphan is a VM that no deployment has any more and that still runs.
type Orphan struct {
	AZ, CID, Deployment, Instance string
	IPs                           []string
	Since                         time.Time
}

// Lock is held by a running task; a deploy's has the type "deployment" and the
// deployment's name for its resource.
type Lock struct {
	Type     string
	Resource []string
	Expires  time.Time
	Task     string
}

// Event is a line of the director's history.
type Event struct {
	Time                                      time.Time
	User, Action, ObjectType, ObjectName      string
	Parent, Task, Deployment, Instance, Error string
	Context                                   map[string]any
}

// Group is n running instances of one group, spread over three zones, whose
// VMs were made at this time from this stemcell.
func Group(job string, n int, stemcell Stemcell, created time.Time) []Instance {
	zones := []string{"z1", "z2", "z3"}
	group := make([]Instance, n)
	for i := range group {
		group[i] = Instance{
			Job:   job,
			Index: i,
			AZ:    zones[i%len(zones)],
			VMs:   []VM{{Stemcell: stemcell, Created: created.Add(time.Duration(i) * 4 * time.Minute)}},
		}
	}
	return group
}
