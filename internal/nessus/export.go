package nessus

import "time"

// Export is what a .nessus v2 file says of one run.
type Export struct {
	Name       string // of the scan
	Started    time.Time
	Ended      time.Time
	Plugins    time.Time // when the oldest set of plugins that a host was scanned with was made; zero: it does not say
	Hosts      []Host
	Weaknesses []Weakness     // every plugin with a severity above info
	Checks     []Check        // every compliance check that was not passed
	Results    map[string]int // compliance checks by their verdict, "" for those without
	Items      int            // everything that is no compliance check
	Unrated    int            // of these, those without plugin or severity
}

// Host is one that was scanned.
type Host struct {
	Name       string // as the scan calls it: an address or a name
	FQDN       string
	Items      int     // that Nessus tells of it, compliance checks among them
	Login      Verdict // whether Nessus was logged in
	HasPlugins bool    // it says with which set of plugins it was scanned
	ended      time.Time
}

// Label is the host for a reader.
func (h Host) Label() string {
	if h.FQDN == "" || h.FQDN == h.Name {
		return h.Name
	}
	return h.FQDN + " (" + h.Name + ")"
}

// Verdict is yes, no, or not said.
type Verdict int

// The verdicts.
const (
	Unsaid Verdict = iota
	Yes
	No
)

// Severity is Nessus' own, with what its users recast by plugin rules.
type Severity int

// The severities, as a ReportItem numbers them.
const (
	Info Severity = iota
	Low
	Medium
	High
	Critical
)

var severities = []string{"info", "low", "medium", "high", "critical"}

func (s Severity) String() string { return severities[s] }

// Weakness is one plugin with all hosts that it tells of.
type Weakness struct {
	Plugin, Name, Family string
	Severity             Severity // the highest on any host
	CVEs                 []string
	Patched              string // when a patch was published: 2018/07/10
	Sightings            []Sighting
}

// Check is one compliance check with all hosts that do not pass it.
type Check struct {
	Audit, ID, Name, Reference, Wanted string
	Sightings                          []Sighting
}

// Sighting is one plugin or check on one host.
type Sighting struct {
	Host   int // its place among the export's hosts
	Port   string
	Places []Place // whose files the plugin's output names
	Result string  // of a check
	Actual string  // what a check found
}
