package cloud

type mfaDevice struct{ UserName, SerialNumber, EnableDate string }

// listMFADevices lists a user's devices of every kind.
func (s *Server) listMFADevices(r *request) (any, error) {
	u, err := r.user()
	if err != nil {
		return nil, err
	}
	var devices []mfaDevice
	for _, d := range u.MFA {
		devices = append(devices, mfaDevice{u.Name, d.serial(r.account, u.Name), stamp(u.Created)})
	}
	part, end, err := cut(s, r, devices)
	return struct {
		MFADevices list[mfaDevice]
		page
	}{part, end}, err
}

type virtualDevice struct {
	SerialNumber string
	User         *user
	EnableDate   string `xml:",omitempty"`
}

// listVirtualMFADevices lists authenticator apps only, root's among them, and
// those that belong to nobody, which have no User at all.
func (s *Server) listVirtualMFADevices(r *request) (any, error) {
	a := r.account
	assigned, unassigned := a.virtualDevices(), []virtualDevice(nil)
	for _, name := range a.Unassigned {
		unassigned = append(unassigned, virtualDevice{SerialNumber: Virtual(name).serial(a, "")})
	}
	var devices []virtualDevice
	switch status := r.params["AssignmentStatus"]; status {
	case "Assigned":
		devices = assigned
	case "Unassigned":
		devices = unassigned
	case "", "Any":
		devices = append(assigned, unassigned...)
	default:
		return nil, invalid("AssignmentStatus must be Assigned, Unassigned or Any, not %q", status)
	}
	part, end, err := cut(s, r, devices)
	return struct {
		VirtualMFADevices list[virtualDevice]
		page
	}{part, end}, err
}

func (a *Account) virtualDevices() []virtualDevice {
	var devices []virtualDevice
	for _, d := range a.Root.MFA {
		if d.kind == virtual {
			root := &user{UserID: a.ID, Arn: a.rootARN(), CreateDate: stamp(a.Created), PasswordLastUsed: stamp(a.Root.PasswordLastUsed)}
			devices = append(devices, virtualDevice{d.serial(a, ""), root, root.CreateDate})
		}
	}
	for i := range a.Users {
		u := &a.Users[i]
		for _, d := range u.MFA {
			if d.kind == virtual {
				owner := a.user(u)
				devices = append(devices, virtualDevice{d.serial(a, u.Name), &owner, stamp(u.Created)})
			}
		}
	}
	return devices
}
