package advisory

import (
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about advisories.
type Policy struct {
	LookBackDays     int       `yaml:"look_back_days"`     // Cloud Foundry advisories of so many days are joined with what is deployed
	NewDays          int       `yaml:"new_days"`           // CISA's advisories and Ubuntu's notices of so many days are told
	ExploitedDays    int       `yaml:"exploited_days"`     // a watched product's entry in the catalogue is told for so many days
	CatalogueMaxDays int       `yaml:"catalogue_max_days"` // an older catalogue of known exploited vulnerabilities is not believed
	FeedMaxDays      int       `yaml:"feed_max_days"`      // a CISA feed whose newest advisory is older is not believed
	Least            Least     `yaml:"least"`
	Products         []Mapping `yaml:"products"` // beside the known ones, and before them
	Running          []Running `yaml:"running"`
	Watch            []Watched `yaml:"watch"`

	StemcellPackages []report.Glob `yaml:"stemcell_packages"` // Ubuntu's source packages that stemcells have

	report.Exceptions `yaml:",inline"`
}

// Least is how many items each source must list; fewer are not believed.
type Least struct {
	CloudFoundry   int `yaml:"cloud_foundry"`
	CISA           int `yaml:"cisa"`
	KnownExploited int `yaml:"known_exploited"`
	Ubuntu         int `yaml:"ubuntu"`
}

// Mapping says what a CVE record's product is called on a director.
type Mapping struct {
	Product  report.Glob `yaml:"product"`  // as records name it, without case
	Release  string      `yaml:"release"`  // a BOSH release
	Stemcell report.Glob `yaml:"stemcell"` // or stemcells of this name
	Director bool        `yaml:"director"` // or the director itself
	Bundle   bool        `yaml:"bundle"`   // or a bundle of releases, which a director does not know; see Running
	Absent   bool        `yaml:"absent"`   // or nothing that this environment has
}

// Running is the version of a product that no director knows.
type Running struct {
	Product report.Glob `yaml:"product"`
	Version string      `yaml:"version"`
}

// Watched is a product of the catalogue that is here: always, or where a release or stemcell of the name is deployed.
type Watched struct {
	Vendor   report.Glob `yaml:"vendor"`
	Product  report.Glob `yaml:"product"`
	Release  report.Glob `yaml:"release"`
	Stemcell report.Glob `yaml:"stemcell"`
	Whose    string      `yaml:"whose"` // stemcell, release, iaas or tenant: whose it is to mend
}

// DefaultPolicy is what holds without a policy file.
//
// Look-back: what is still open after a year has an exception. New: a week holds every long weekend. Exploited: BOD 22-01
// gives three weeks at most, and one more shows what is overdue. Catalogue: CISA has
// never paused longer than two weeks. Least: a WordPress feed has ten items a page, cisa.gov's thirty; the catalogue had 1404
// entries in August 2025 and loses some each year.
func DefaultPolicy() *Policy {
	const ubuntu, any = "*-ubuntu-*", "*"
	return &Policy{
		LookBackDays: 365, NewDays: 7, ExploitedDays: 30, CatalogueMaxDays: 14, FeedMaxDays: 14,
		Least: Least{CloudFoundry: 5, CISA: 5, KnownExploited: 1300, Ubuntu: 10},
		Watch: []Watched{
			{Vendor: "Cloud Foundry*", Product: any, Whose: "release"},
			{Vendor: "Pivotal*", Product: any, Whose: "release"},
			{Vendor: "Linux", Product: "*Kernel*", Stemcell: ubuntu, Whose: "stemcell"},
			{Vendor: "Canonical", Product: any, Stemcell: ubuntu, Whose: "stemcell"},
			{Vendor: "GNU", Product: any, Stemcell: ubuntu, Whose: "stemcell"},
			{Vendor: "OpenSSL", Product: any, Stemcell: ubuntu, Whose: "stemcell"},
			{Vendor: "OpenBSD", Product: "OpenSSH", Stemcell: ubuntu, Whose: "stemcell"},
			{Vendor: "Sudo", Product: any, Stemcell: ubuntu, Whose: "stemcell"},
			{Vendor: "Microsoft", Product: "Windows*", Stemcell: "*-windows*", Whose: "stemcell"},
		},
		StemcellPackages: []report.Glob{"linux*", "glibc", "openssl", "openssh", "sudo", "systemd", "bash", "curl", "gnutls28", "krb5", "pam", "policykit-1",
			"util-linux", "libxml2", "xz-utils", "zlib", "rsyslog", "dbus", "apt", "dpkg"},
	}
}

// Problems tells all that is wrong with the values.
func (p *Policy) Problems() (problems []error) {
	say := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	for _, n := range []struct {
		key   string
		value int
	}{
		{"look_back_days", p.LookBackDays}, {"new_days", p.NewDays}, {"exploited_days", p.ExploitedDays},
		{"catalogue_max_days", p.CatalogueMaxDays}, {"feed_max_days", p.FeedMaxDays},
		{"least.cloud_foundry", p.Least.CloudFoundry}, {"least.cisa", p.Least.CISA},
		{"least.known_exploited", p.Least.KnownExploited}, {"least.ubuntu", p.Least.Ubuntu},
	} {
		if n.value < 1 {
			say("%s %d: wants 1 or more", n.key, n.value)
		}
	}
	for i, m := range p.Products {
		kinds := 0
		for _, is := range []bool{m.Release != "", m.Stemcell != "", m.Director, m.Bundle, m.Absent} {
			if is {
				kinds++
			}
		}
		if m.Product == "" || kinds != 1 {
			say("products[%d]: wants product, and one of release, stemcell, director, bundle and absent", i)
		}
	}
	for i, r := range p.Running {
		if _, err := parseVersion(r.Version); err != nil || r.Product == "" {
			say("running[%d]: wants product, and a version such as v56.1.0", i)
		}
	}
	for i, w := range p.Watch {
		if _, known := remedies[w.Whose]; !known || w.Vendor == "" || w.Product == "" {
			say("watch[%d]: wants vendor, product, and whose: stemcell, release, iaas or tenant", i)
		}
	}
	return problems
}
