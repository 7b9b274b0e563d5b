package trail

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Exception explains events: one by its ID as subject, or all of an identity, of some names or from a
// place. All that is given must fit.
type Exception struct {
	report.Exception `yaml:",inline"`

	Identity report.Glob   `yaml:"identity"` // over the ARN, or "<type> <name>" where a record has none
	Events   []report.Glob `yaml:"events"`   // over the event's name
	Source   string        `yaml:"source"`   // a CIDR, or a glob over the source address as CloudTrail gives it
}

// What a finding says of its event for exceptions to match.
const (
	identityAttribute = "identity"
	eventAttribute    = "event"
	sourceAttribute   = "source"
)

// bareID is an event ID without its account.
var bareID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// Excepts gives the exceptions as the frame applies them. Where an exception says whose events it
// is about, subject may be left out; a bare event ID stands for that event in any account.
func (p *Policy) Excepts() []report.Exception {
	var all []report.Exception
	for _, e := range p.Exceptions {
		e.Where = e.where()
		if e.Subject == "" && len(e.Where) > 0 {
			e.Subject = "*"
		}
		if bareID.MatchString(string(e.Subject)) {
			e.Subject = "*/" + e.Subject
		}
		all = append(all, e.Exception)
	}
	return all
}

func (e Exception) where() map[string][]report.Glob {
	where := map[string][]report.Glob{}
	if e.Identity != "" {
		where[identityAttribute] = []report.Glob{e.Identity}
	}
	if len(e.Events) > 0 {
		where[eventAttribute] = e.Events
	}
	if network, ok := e.network(); ok {
		where[inside(network)] = []report.Glob{"yes"}
	} else if e.Source != "" {
		where[sourceAttribute] = []report.Glob{report.Glob(e.Source)}
	}
	return where
}

// network is the source as a CIDR.
func (e Exception) network() (Network, bool) {
	if !strings.Contains(e.Source, "/") {
		return Network{}, false
	}
	n, err := ParseNetwork(e.Source)
	return n, err == nil
}

// inside is the attribute that says that an event came from a network: globs match texts, so whether
// an address is within a CIDR is worked out when the event is judged.
func inside(n Network) string { return "source in " + n.String() }

// attributes are what exceptions match.
func (p *Policy) attributes(e Event) map[string]string {
	facts := map[string]string{identityAttribute: e.identity(), eventAttribute: e.Name, sourceAttribute: e.from()}
	if e.VPCEndpoint != "" {
		return facts
	}
	if address, err := netip.ParseAddr(e.Address); err == nil {
		for _, x := range p.Exceptions {
			if n, ok := x.network(); ok && n.Contains(address.Unmap()) {
				facts[inside(n)] = "yes"
			}
		}
	}
	return facts
}
