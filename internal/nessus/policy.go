package nessus

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about scans.
type Policy struct {
	Scans []Expected `yaml:"scans"` // that must be there; those that are not named are left out

	Days map[Severity]int `yaml:"remediation_days"` // by which a weakness must be gone, from when it was first seen; severities without are not told, and high and critical always have some

	PluginAge     time.Duration `yaml:"plugin_age"`     // a scan with older plugins misses what is new
	LicenceEnds   time.Duration `yaml:"licence_ends"`   // a licence that ends sooner is told
	KeepHosts     int           `yaml:"keep_hosts"`     // percent of the hosts of the run before that must be there again
	CatalogueAge  time.Duration `yaml:"catalogue_age"`  // an older one of CISA's is not believed
	CatalogueSize int           `yaml:"catalogue_size"` // nor one with fewer vulnerabilities

	StemcellsAskedIn string            `yaml:"stemcells_asked_in"` // where to ask for a date of new stemcells
	Releases         map[string]string `yaml:"releases"`           // the BOSH release that a package or job is from
	Whose            []Claim           `yaml:"whose"`              // before all that is told from a scan itself; the first that fits

	report.Exceptions `yaml:",inline"`
}

// Expected is a scan that must be there.
type Expected struct {
	Name         string        `yaml:"name"`
	Kind         Kind          `yaml:"kind"`
	MaxAge       time.Duration `yaml:"max_age"`   // of the newest run that ended well
	Hosts        int           `yaml:"min_hosts"` // that must have been scanned
	Credentialed bool          `yaml:"credentialed"`
}

// Kind is what a scan is about.
type Kind string

// The kinds.
const (
	Vulnerability Kind = "vulnerability"
	Compliance    Kind = "compliance"
)

// Claim says whose a finding is, where all that it names fit.
type Claim struct {
	Is      Owner       `yaml:"is"`
	Release string      `yaml:"release"` // of a release: which
	Host    report.Glob `yaml:"host"`
	Plugin  report.Glob `yaml:"plugin"` // its number or name
	Family  report.Glob `yaml:"family"`
	Audit   report.Glob `yaml:"audit"`
	Check   report.Glob `yaml:"check"`
}

// DefaultPolicy holds without a policy file, but for the scans, which only a team knows.
//
// The days are FedRAMP's 30 for what is high; CISA released KEV catalogues with 1,404 entries in August 2025, several a
// month. The place for stemcells is the checklist's.
func DefaultPolicy() *Policy {
	const day = 24 * time.Hour
	return &Policy{
		Days:      map[Severity]int{Critical: 30, High: 30},
		PluginAge: 7 * day, LicenceEnds: 30 * day, KeepHosts: 90, CatalogueAge: 14 * day, CatalogueSize: 1300,
		StemcellsAskedIn: "#security in the CF Slack (https://cloudfoundry.slack.com/)",
	}
}

// Problems tells every key that cannot be so.
func (p Policy) Problems() (problems []error) {
	if len(p.Scans) == 0 {
		problems = append(problems, errors.New("scans is missing: name every scan that must be done, or nothing would be looked at"))
	}
	names := map[string]bool{}
	for i, s := range p.Scans {
		for _, problem := range s.problems() {
			problems = append(problems, fmt.Errorf("scans[%d]: %w", i, problem))
		}
		if names[s.Name] {
			problems = append(problems, fmt.Errorf("scans[%d]: %s is named twice: remove one", i, s.Name))
		}
		names[s.Name] = true
	}
	for _, s := range slices.Sorted(maps.Keys(p.Days)) {
		if days := p.Days[s]; days < 0 || days > 3650 {
			problems = append(problems, fmt.Errorf("remediation_days.%s is %d: give days from 0 on", s, days))
		}
	}
	if _, told := p.Days[Info]; told {
		problems = append(problems, errors.New("remediation_days.info cannot be: what Nessus rates info is no weakness"))
	}
	for i, c := range p.Whose {
		for _, problem := range c.problems() {
			problems = append(problems, fmt.Errorf("whose[%d]: %w", i, problem))
		}
	}
	return append(problems, p.limits()...)
}

func (p Policy) limits() (problems []error) {
	for _, d := range []struct {
		key   string
		value time.Duration
	}{{"plugin_age", p.PluginAge}, {"licence_ends", p.LicenceEnds}, {"catalogue_age", p.CatalogueAge}} {
		if d.value <= 0 {
			problems = append(problems, fmt.Errorf("%s is %s: give a time such as 168h", d.key, d.value))
		}
	}
	if p.KeepHosts < 1 || p.KeepHosts > 100 {
		problems = append(problems, fmt.Errorf("keep_hosts is %d: give percent from 1 to 100", p.KeepHosts))
	}
	if p.CatalogueSize < 1 {
		problems = append(problems, fmt.Errorf("catalogue_size is %d: give 1 or more", p.CatalogueSize))
	}
	if p.StemcellsAskedIn == "" {
		problems = append(problems, errors.New("stemcells_asked_in is empty: name where to ask for stemcells, such as a channel"))
	}
	return problems
}

func (s Expected) problems() (problems []error) {
	if s.Name == "" {
		problems = append(problems, errors.New("name is missing: give the scan's name as Nessus shows it"))
	}
	if s.Kind != Vulnerability && s.Kind != Compliance {
		problems = append(problems, fmt.Errorf("kind is %q: give vulnerability or compliance", s.Kind))
	}
	if s.MaxAge <= 0 {
		problems = append(problems, errors.New("max_age is missing: give how old its newest run may be, such as 26h"))
	}
	if s.Hosts < 1 {
		problems = append(problems, errors.New("min_hosts is missing: give how many hosts it must scan at least"))
	}
	return problems
}

func (c Claim) problems() (problems []error) {
	if !c.Is.valid() {
		problems = append(problems, fmt.Errorf("is wants stemcell, release, tenant or iaas, not %q", c.Is))
	}
	if (c.Is == Release) != (c.Release != "") {
		problems = append(problems, errors.New("release names which, where is is release, and is left away else"))
	}
	if c.Host == "" && c.Plugin == "" && c.Family == "" && c.Audit == "" && c.Check == "" {
		problems = append(problems, errors.New("name what it is about by host, plugin, family, audit or check"))
	}
	return problems
}

// UnmarshalText reads a severity as policies write it.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severities, string(text))
	if i < 0 {
		return fmt.Errorf("wants low, medium, high or critical, not %q", text)
	}
	*s = Severity(i)
	return nil
}
