package director

import "fmt"

// Many is a director of this many deployments with this many VMs each, all
// current, for measuring.
func Many(deployments, vms int) Fleet {
	f := Fleet{Name: "big-bosh", StemcellOS: "ubuntu-jammy", StemcellVersion: jammy.Version}
	for n := range deployments {
		f.Deployments = append(f.Deployments, deployed(fmt.Sprintf("service-instance_%03d", n), Group("node", vms, jammy, date(8, 20))))
	}
	return f
}
