package director

import "cmp"

// line is one VM in a full listing. A nil pointer is null: the instance has no
// VM, or the director does not know.
type line struct {
	CID             *string    `json:"vm_cid"`
	Active          *bool      `json:"active"`
	Created         *string    `json:"vm_created_at"`
	CloudProperties object     `json:"cloud_properties"`
	Disk            *string    `json:"disk_cid"`
	Disks           []string   `json:"disk_cids"`
	IPs             []string   `json:"ips"`
	Agent           *string    `json:"agent_id"`
	Job             string     `json:"job_name"`
	Index           int        `json:"index"`
	JobState        *string    `json:"job_state"`
	State           string     `json:"state"`
	Type            string     `json:"vm_type"`
	Vitals          object     `json:"vitals"`
	Processes       []object   `json:"processes"`
	AZ              string     `json:"az"`
	ID              string     `json:"id"`
	Bootstrap       bool       `json:"bootstrap"`
	Ignore          bool       `json:"ignore"`
	Stemcell        stemcellOf `json:"stemcell"`
}

type stemcellOf struct {
	Name       *string `json:"name"`
	Version    *string `json:"version"`
	APIVersion *int    `json:"api_version"`
}

// lines is the full listing, a VM a line. Of instances asked for, those without
// a VM are there and a VM made for a hot swap is not; of VMs, the other way round.
func (d *Deployment) lines(instances bool) [][]byte {
	var lines [][]byte
	for _, i := range d.Instances {
		if instances {
			lines = append(lines, encode(i.line(d.Name, i.active())))
			continue
		}
		for _, vm := range i.VMs {
			lines = append(lines, encode(i.line(d.Name, &vm)))
		}
	}
	return lines
}

func (i *Instance) line(deployment string, vm *VM) line {
	brief := i.short(deployment, vm)
	full := line{
		CID: brief.CID, Created: brief.Created, IPs: brief.IPs, Agent: brief.Agent, AZ: brief.AZ, ID: brief.ID,
		Job: i.Job, Index: i.Index, Bootstrap: i.Index == 0, State: i.state(), Ignore: i.Ignore,
		Type: defaultType, Disks: []string{}, Processes: []object{},
	}
	if vm != nil {
		full.describe(*vm)
	}
	full.CloudProperties = object{"instance_type": full.Type}
	return full
}

// describe adds what the director remembers of the VM and what its agent says.
func (l *line) describe(vm VM) {
	active, state := !vm.Inactive, cmp.Or(vm.JobState, "running")
	l.Active, l.JobState, l.Type = &active, &state, vm.kind()
	if vm.Stemcell.Name != "" {
		version := 3
		l.Stemcell = stemcellOf{&vm.Stemcell.Name, &vm.Stemcell.Version, &version}
	}
	if state != Unresponsive {
		l.Vitals, l.Processes = vitals(), processes(state)
	}
}

// vitals are the same for every VM: no check reads them.
func vitals() object {
	return object{
		"cpu": object{"sys": "0.3", "user": "1.1", "wait": "0.0"},
		"disk": object{
			"ephemeral": object{"inode_percent": "5", "percent": "32"},
			"system":    object{"inode_percent": "34", "percent": "66"},
		},
		"load":   []string{"0.00", "0.01", "0.05"},
		"mem":    object{"kb": "605008", "percent": "7"},
		"swap":   object{"kb": "0", "percent": "0"},
		"uptime": object{"secs": 1212184},
	}
}

func processes(state string) []object {
	return []object{{
		"name": "bosh-dns", "state": state,
		"uptime": object{"secs": 1212184},
		"mem":    object{"kb": 20776, "percent": 0.3},
		"cpu":    object{"total": 0.1},
	}}
}
