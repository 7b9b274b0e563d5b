package main

import (
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/bosh"
	"github.com/cloud-gov/platform-checklist/internal/stemcell"
)

// deployed is report/deployed.json: what runs, for the lines that ask whether it is affected by something.
type deployed struct {
	Scope       string       `json:"scope"`
	Director    deployedOn   `json:"director"`
	Deployments []deployment `json:"deployments"`
}

type deployedOn struct {
	Name            string `json:"name"`
	UUID            string `json:"uuid"`
	Version         string `json:"version"`
	StemcellOS      string `json:"stemcell_os"`
	StemcellVersion string `json:"stemcell_version"`
}

type deployment struct {
	Name      string           `json:"name"`
	Releases  []bosh.Reference `json:"releases"`
	Stemcells []bosh.Reference `json:"stemcells"` // as its last plan referred to
	VMs       []running        `json:"vms"`       // as they run
}

// running counts the VMs on one stemcell; an empty version is one that could not be read.
type running struct {
	Stemcell string `json:"stemcell"`
	Version  string `json:"version"`
	Number   int    `json:"number"`
}

func (f *fleet) deployed() deployed {
	info := f.director.Info
	d := deployed{
		Scope:       f.run.Scope,
		Director:    deployedOn{info.Name, info.UUID, info.Version, info.StemcellOS, info.StemcellVersion},
		Deployments: []deployment{},
	}
	for i, listed := range f.listed {
		d.Deployments = append(d.Deployments, deployment{
			listed.Name, slices.Concat([]bosh.Reference{}, listed.Releases), slices.Concat([]bosh.Reference{}, listed.Stemcells),
			count(f.judged.Deployments[i].VMs),
		})
	}
	return d
}

func count(vms []stemcell.VM) []running {
	all := []running{}
	for _, vm := range vms {
		if vm.Detached {
			continue
		}
		i := slices.IndexFunc(all, func(r running) bool { return r.Stemcell == vm.Name && r.Version == vm.Version })
		if i < 0 {
			i = len(all)
			all = append(all, running{vm.Name, vm.Version, 0})
		}
		all[i].Number++
	}
	return all
}
