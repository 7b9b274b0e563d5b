package director

import (
	"cmp"
	"net/http"
	"time"
)

func (s *Server) vms(r *http.Request, c *caller) response {
	d, refusal := s.readable(r, c)
	if d == nil {
		return refusal
	}
	if r.FormValue("format") == "full" {
		return s.enqueue(r, c, d, d.lines(false))
	}
	return answer(typeHTML, d.shortVMs())
}

func (s *Server) instances(r *http.Request, c *caller) response {
	d, refusal := s.readable(r, c)
	if d == nil {
		return refusal
	}
	if r.FormValue("format") == "full" {
		return s.enqueue(r, c, d, d.lines(true))
	}
	return answer(typeHTML, d.shortInstances())
}

// short is what both short forms begin with; neither tells of stemcells.
type short struct {
	Agent   *string  `json:"agent_id"`
	CID     *string  `json:"cid"`
	Job     string   `json:"job"`
	Index   int      `json:"index"`
	ID      string   `json:"id"`
	AZ      string   `json:"az"`
	IPs     []string `json:"ips"`
	Created *string  `json:"vm_created_at"`
}

type shortVM struct {
	short
	Active      bool `json:"active"`
	Credentials bool `json:"permanent_nats_credentials"`
}

type shortInstance struct {
	short
	ExpectsVM bool `json:"expects_vm"`
}

func (d *Deployment) shortVMs() []shortVM {
	rows := []shortVM{}
	for _, i := range d.Instances {
		for _, vm := range i.VMs {
			rows = append(rows, shortVM{short: i.short(d.Name, &vm), Active: !vm.Inactive})
		}
	}
	return rows
}

func (d *Deployment) shortInstances() []shortInstance {
	rows := []shortInstance{}
	for _, i := range d.Instances {
		rows = append(rows, shortInstance{i.short(d.Name, i.active()), i.expectsVM()})
	}
	return rows
}

// short describes an instance with one of its VMs, or nil for none.
func (i *Instance) short(deployment string, vm *VM) short {
	row := short{Job: i.Job, Index: i.Index, ID: i.id(deployment), AZ: i.AZ, IPs: []string{}}
	if vm != nil {
		agent, cid, created := vm.agent(row.ID), vm.cid(row.ID), vm.created()
		row.Agent, row.CID, row.Created, row.IPs = &agent, &cid, &created, list(vm.IPs)
	}
	return row
}

// active is the VM in service; nil: there is none.
func (i *Instance) active() *VM {
	for n := range i.VMs {
		if !i.VMs[n].Inactive {
			return &i.VMs[n]
		}
	}
	return nil
}

func (vm *VM) created() string { return vm.Created.UTC().Format(time.RFC3339) }

func (vm *VM) kind() string { return cmp.Or(vm.Type, defaultType) }

const defaultType = "t3.medium"
