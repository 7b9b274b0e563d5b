package main

import (
	"regexp"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/resource"
)

// metadata is what the build's page shows.
func metadata(name string, o offer, published time.Time) resource.Metadata {
	shown := resource.Metadata{{Name: "url", Value: o.tarball.URL}, {Name: "sha1", Value: o.tarball.SHA1}}
	add := func(name, value string) {
		if value != "" {
			shown = append(shown, resource.Field{Name: name, Value: value})
		}
	}
	add("sha256", o.tarball.SHA256)
	add("flavour", o.flavour)
	os := osOf(name)
	add("os", os)
	if !published.IsZero() {
		add("published", published.Format(time.RFC3339))
	}
	add("release_notes", notes(os, o.version.String()))
	return shown
}

// A name is bosh-IAAS-HYPERVISOR-OS, and both of the middle may have a dash in them.
var system = regexp.MustCompile(`-((?:ubuntu|centos|rhel|opensuse|photonos|windows).*?)(?:-go_agent)?(?:-raw)?$`)

// osOf is ubuntu-jammy, of bosh-aws-xen-hvm-ubuntu-jammy-go_agent.
func osOf(name string) string {
	if parts := system.FindStringSubmatch(name); parts != nil {
		return parts[1]
	}
	return ""
}

var ubuntu = regexp.MustCompile(`^ubuntu-[a-z-]+$`)

// notes are where the builders of Ubuntu stemcells say what is new, some days after the stemcell is out.
func notes(os, version string) string {
	if !ubuntu.MatchString(os) {
		return ""
	}
	return "https://github.com/cloudfoundry/bosh-linux-stemcell-builder/releases/tag/" + os + "/v" + version
}
