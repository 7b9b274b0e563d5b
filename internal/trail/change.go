package trail

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/ranges"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// deliveries are the values of ec2RoleDelivery that satisfy a required one.
var deliveries = map[string][]string{"1.0": {"1.0", "2.0"}, "2.0": {"2.0"}}

// foreign tells every condition by which an event is not Terraform's; none: it is.
//
// "Terraform runs on instances that use instance profile roles, so authorized events will include a
// user name like i-17deadbeef1234567, a source IP address within AWS, an AWS access key starting with
// ASIA" (the checklist). A session name alone proves nothing: whoever assumes a role chooses it.
func (t Terraform) foreign(e Event, known *ranges.Set) (failed []string) {
	for _, c := range t.Chained {
		if c.Role.Match(e.Identity.Context.Issuer.ARN) {
			if failed = t.link(c, e, known); len(failed) == 0 {
				return nil
			}
		}
	}
	if own := t.instance(e, known); len(own) == 0 || len(failed) == 0 {
		return own
	}
	return failed
}

// instance tells what keeps an event from being an instance's own.
func (t Terraform) instance(e Event, known *ranges.Set) (failed []string) {
	fail := func(format string, args ...any) { failed = append(failed, fmt.Sprintf(format, args...)) }
	if e.Identity.Type == assumedRole && !instance.MatchString(e.Identity.session()) {
		fail("the session name %s is no instance ID", word(e.Identity.session()))
	}
	switch role := e.Identity.Context.Issuer.ARN; {
	case len(t.Roles) == 0 || matches(t.Roles, role):
	case role == "":
		fail("the record names no role, and terraform.roles wants one")
	default:
		fail("the role %s is none of terraform.roles", word(role))
	}
	if given := e.Identity.Context.RoleDelivery; t.RoleDelivery != "" && !slices.Contains(deliveries[t.RoleDelivery], given) {
		fail("ec2RoleDelivery is %s, not %s as terraform.require_role_delivery wants", word(given), t.RoleDelivery)
	}
	return append(t.credentials(e), append(failed, t.place(e, t.SourceCIDRs, known)...)...)
}

// link tells what keeps an event from being that of a chained role.
func (t Terraform) link(c Chained, e Event, known *ranges.Set) (failed []string) {
	if session := e.Identity.session(); !c.SessionPattern.Match(session) {
		failed = append(failed, fmt.Sprintf("the session name %s of the chained role %s does not match %s",
			word(session), word(e.Identity.role()), c.SessionPattern))
	}
	networks := c.SourceCIDRs
	if len(networks) == 0 {
		networks = t.SourceCIDRs
	}
	return append(t.credentials(e), append(failed, t.place(e, networks, known)...)...)
}

// credentials tells what is wrong with how the request was signed.
func (t Terraform) credentials(e Event) (failed []string) {
	if e.Identity.Type != assumedRole {
		failed = append(failed, "the identity is of type "+word(e.Identity.Type)+", no assumed role")
	}
	if key := e.Identity.AccessKeyID; !strings.HasPrefix(key, "ASIA") {
		failed = append(failed, "the access key "+word(key)+" does not start with ASIA")
	}
	return failed
}

// place tells what is wrong with where the request came from. Behind a VPC endpoint the address is a
// private network's own choice, so that only the endpoint counts.
func (t Terraform) place(e Event, networks []Network, known *ranges.Set) []string {
	if e.VPCEndpoint != "" {
		if matches(t.VPCEndpoints, e.VPCEndpoint) {
			return nil
		}
		return []string{fmt.Sprintf("it came through VPC endpoint %s, which terraform.vpc_endpoints does not name", word(e.VPCEndpoint))}
	}
	address, err := netip.ParseAddr(e.Address)
	address = address.Unmap()
	switch {
	case err != nil:
		return []string{"the source " + word(e.Address) + " is no IP address"}
	case len(networks) > 0 && !within(networks, address):
		return []string{fmt.Sprintf("the source address %s is outside source_cidrs", address)}
	case len(networks) == 0 && !known.Contains(address):
		return []string{fmt.Sprintf("the source address %s is outside AWS's published ranges of %s", address, known.Created.Format(time.DateOnly))}
	}
	return nil
}

func matches(globs []report.Glob, text string) bool {
	for _, g := range globs {
		if g.Match(text) {
			return true
		}
	}
	return false
}
