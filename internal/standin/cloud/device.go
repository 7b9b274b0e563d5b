package cloud

import "fmt"

// Device is an MFA device that is assigned to somebody.
type Device struct {
	kind deviceKind
	name string
}

type deviceKind int

const (
	virtual deviceKind = iota
	hardware
	fido
)

// Virtual is an authenticator app.
func Virtual(name string) Device { return Device{virtual, name} }

// Hardware is a token with a serial number of its own, GAHT….
func Hardware(serial string) Device { return Device{hardware, serial} }

// FIDO is a security key or a passkey.
func FIDO(name string) Device { return Device{fido, name} }

// serial is the device's SerialNumber, which for all but hardware is an ARN.
func (d Device) serial(a *Account, user string) string {
	switch d.kind {
	case hardware:
		return d.name
	case fido:
		suffix := derive("", 26, "fido", a.ID, user, d.name)
		return a.arn("iam", fmt.Sprintf("u2f/user/%s/%s-%s", user, d.name, suffix))
	default:
		return a.arn("iam", "mfa/"+d.name)
	}
}
