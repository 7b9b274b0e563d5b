package main

import (
	"cmp"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/boshio"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
	"github.com/cloud-gov/platform-checklist/internal/standin/fault"
)

// world is a director and bosh.io on the morning that [director.Morning] plays on.
type world struct {
	director *director.Server
	index    *boshio.Server

	address, io string // if the two are to be asked elsewhere
	mute        net.Listener
}

func begin() world {
	return world{director: director.New(director.Morning()), index: boshio.New(boshio.At(director.Day))}
}

func (w *world) close() {
	w.director.Close()
	w.index.Close()
	if w.mute != nil {
		_ = w.mute.Close()
	}
}

// params are what a pipeline would set.
func (w *world) params() map[string]string {
	return map[string]string{
		"BOSH_ENVIRONMENT": cmp.Or(w.address, w.director.URL()), "BOSH_CLIENT": w.director.Client, "BOSH_CLIENT_SECRET": w.director.Secret,
		"BOSH_CA_CERT": w.director.CA(), "BOSH_IO_URL": "http://" + cmp.Or(w.io, strings.TrimPrefix(w.index.URL(), "http://")),
		"SCOPE": "production", "AS_OF": director.Day.Format(time.RFC3339),
	}
}

const listings = "/deployments/*/vms?format=full"

// worlds are what scripts begin with.
var worlds = map[string]func(*world){
	"morning":  func(*world) {},
	"upgraded": func(w *world) { w.have(director.Upgraded()) },
	"empty": func(w *world) {
		w.have(director.Fleet{Name: "new-bosh", StemcellOS: "ubuntu-jammy", StemcellVersion: "1.1364"})
	},
	"of a team": func(w *world) {
		w.director.Grant(w.director.Client, w.director.Secret, "bosh.teams.customer-squad.admin")
	},
	"of a client that may read nothing": func(w *world) { w.director.Grant(w.director.Client, w.director.Secret) },
	"of an administrator": func(w *world) {
		fleet := director.Upgraded()
		fleet.Orphans = []director.Orphan{{CID: "i-0123", Deployment: "cf", Instance: "api/0", Since: director.Day.AddDate(0, 0, -5)}}
		w.have(fleet)
		w.director.Grant(w.director.Client, w.director.Secret, "bosh.admin")
	},
	"with one listing that fails": func(w *world) {
		w.director.Inject(fault.Fault{Path: "/deployments/kubernetes/vms?format=full", Do: director.TaskEnds("error", "no database left")})
	},
	"with one listing that is empty": func(w *world) {
		w.have(director.Upgraded())
		w.director.Inject(fault.Fault{Path: "/tasks/1/output", Do: fault.Answer(200, "")})
	},
	"without uploaded stemcells": func(w *world) {
		w.have(director.Upgraded())
		w.director.Inject(fault.Fault{Path: "/stemcells", Do: fault.Answer(200, "[]")})
	},
	"with a stemcell of no known name": func(w *world) {
		fleet := director.Upgraded()
		strange := director.Stemcell{Name: "bosh-aws-xen-hvm-ubuntu-noble-go_agent", Version: "1.484"}
		fleet.Deployments = append(fleet.Deployments, director.Deployment{Name: "strange", Stemcells: []director.Stemcell{strange},
			Instances: director.Group("node", 1, strange, director.Day.Add(-time.Hour))})
		w.have(fleet)
	},
	"without bosh.io":   func(w *world) { w.index.Close() },
	"without tarballs":  func(w *world) { w.index.Inject(fault.Fault{Path: "HEAD *", Do: fault.Answer(403, "")}) },
	"with a full queue": func(w *world) { w.director.Inject(fault.Fault{Path: listings, Do: director.TaskQueued()}) },
	"in the middle of a deploy": func(w *world) {
		fleet := director.Morning()
		fleet.Locks = []director.Lock{{Type: "deployment", Resource: []string{"logsearch"}, Expires: director.Day.Add(time.Minute), Task: "215"}}
		w.have(fleet)
	},
	"with a director that does not know itself": func(w *world) {
		fleet := director.Upgraded()
		fleet.StemcellOS, fleet.StemcellVersion = "", ""
		w.have(fleet)
	},
	"with a new stemcell": func(w *world) {
		w.have(director.Upgraded())
		w.index.Publish(director.Noble("").Name, "1.490", director.Day.Add(-time.Hour))
	},
	"with a denied one": func(w *world) {
		fleet := director.Upgraded()
		i := slices.IndexFunc(fleet.Deployments, func(d director.Deployment) bool { return d.Name == "admin-ui" })
		fleet.Deployments[i].Instances = director.Group("admin-ui", 2, director.Jammy("1.926"), director.Day.Add(-time.Hour))
		w.have(fleet)
	},
}

func (w *world) have(fleet director.Fleet) {
	w.director.Update(func(f *director.Fleet) { *f = fleet })
}
