package nessus

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// scanInfoPlugin is Nessus Scan Information, which tells how a host was scanned.
const scanInfoPlugin = "19506"

// item is a ReportItem being read.
type item struct {
	Weakness
	rated      bool // has a plugin and a severity
	port       string
	compliance bool
	check      Check
	result     string
	actual     string
	output     string
}

func newItem(start xml.StartElement) *item {
	i := &item{Weakness: Weakness{Plugin: attribute(start, "pluginID"), Name: attribute(start, "pluginName"), Family: attribute(start, "pluginFamily")}}
	if port := attribute(start, "port"); port != "" && port != "0" {
		i.port = port + "/" + attribute(start, "protocol")
	}
	if s := attribute(start, "severity"); len(s) == 1 && s[0] >= '0' && s[0] <= '4' {
		i.Severity, i.rated = Severity(s[0]-'0'), isNumber(i.Plugin)
	}
	return i
}

func isNumber(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// item reads a ReportItem. Compliance is known by its elements, whatever prefix their namespace has, and by no attribute:
// Nessus' own samples have items without any.
func (e *exporter) item(start xml.StartElement) error {
	if len(e.out.Hosts) == 0 {
		return fmt.Errorf("it has a ReportItem outside a ReportHost")
	}
	i := newItem(start)
	for within := e.depth; e.depth >= within; {
		token, err := e.next()
		if err != nil {
			return unexpected(err)
		}
		if child, is := token.(xml.StartElement); is {
			if err := e.field(i, child); err != nil {
				return err
			}
		}
	}
	return e.keep(i)
}

// field reads one child of a ReportItem, if it says what is wanted.
func (e *exporter) field(i *item, child xml.StartElement) error {
	name := child.Name.Local
	verdict, compliance := strings.CutPrefix(name, "compliance-")
	telling := i.Severity > Info || !i.rated
	switch {
	case compliance, telling && (name == "cve" || name == "patch_publication_date"), name == "plugin_output" && (telling || i.Plugin == scanInfoPlugin):
	default:
		e.source.skip()
		return nil
	}
	value, err := e.text()
	if err != nil {
		return err
	}
	if compliance {
		i.compliance = true
		i.verdict(verdict, value)
		return nil
	}
	switch name {
	case "cve":
		i.CVEs = append(i.CVEs, strings.ToUpper(strings.Clone(value)))
	case "patch_publication_date":
		i.Patched = value
	default:
		i.output = value
	}
	return nil
}

func (i *item) verdict(name, value string) {
	switch name {
	case "result":
		i.result = strings.ToUpper(value)
	case "check-name":
		i.check.Name = value
	case "check-id":
		i.check.ID = value
	case "audit-file":
		i.check.Audit = value
	case "reference":
		i.check.Reference = value
	case "policy-value":
		i.check.Wanted = short(value)
	case "actual-value":
		i.actual = short(value)
	}
}

// short is enough of a value to judge by.
func short(value string) string {
	const most = 200
	value = strings.Join(strings.Fields(value), " ")
	if len(value) > most {
		return strings.ToValidUTF8(value[:most], "") + fmt.Sprintf("... (+%d bytes more)", len(value)-most)
	}
	return value
}

// keep adds an item to what the export says, if it is something to tell.
func (e *exporter) keep(i *item) error {
	e.out.Hosts[len(e.out.Hosts)-1].Items++
	seen := Sighting{Host: len(e.out.Hosts) - 1, Port: i.port, Result: i.result, Actual: i.actual}
	if i.compliance {
		e.out.Results[known(i.result)]++
		if i.result == Passed {
			return nil
		}
		return e.keepCheck(i, seen)
	}
	e.out.Items++
	switch {
	case !i.rated:
		e.out.Unrated++
		return nil
	case i.Plugin == scanInfoPlugin:
		e.scanInfo(i.output)
	}
	if i.Severity == Info {
		return nil
	}
	seen.Places = placesIn(i.output)
	return e.keepWeakness(i, seen)
}

func (e *exporter) keepWeakness(i *item, seen Sighting) error {
	at, is := e.weaknesses[i.Plugin]
	if !is {
		at = len(e.out.Weaknesses)
		e.weaknesses[i.Plugin] = at
		e.out.Weaknesses = append(e.out.Weaknesses, i.Weakness)
	}
	w := &e.out.Weaknesses[at]
	w.Severity = max(w.Severity, i.Severity)
	for _, cve := range i.CVEs {
		if !slices.Contains(w.CVEs, cve) {
			w.CVEs = append(w.CVEs, cve)
		}
	}
	w.Sightings = append(w.Sightings, seen)
	return e.count()
}

func (e *exporter) keepCheck(i *item, seen Sighting) error {
	key := strings.Join([]string{i.check.Audit, i.check.ID, i.check.Name}, "\x00")
	at, is := e.checks[key]
	if !is {
		at = len(e.out.Checks)
		e.checks[key] = at
		e.out.Checks = append(e.out.Checks, i.check)
	}
	e.out.Checks[at].Sightings = append(e.out.Checks[at].Sightings, seen)
	return e.count()
}

// count keeps the memory bounded.
func (e *exporter) count() error {
	if e.sightings++; e.sightings > mostSightings || len(e.weaknesses)+len(e.checks) > mostKinds {
		return fmt.Errorf("it tells of more than can be held: %d plugins and checks, %d times", len(e.weaknesses)+len(e.checks), e.sightings)
	}
	return nil
}

// The verdicts of a compliance check; any other word is none.
const (
	Passed  = "PASSED"
	failed  = "FAILED"
	Manual  = "WARNING" // a person must decide
	errored = "ERROR"   // it could not be checked
)

func known(result string) string {
	switch result {
	case Passed, failed, Manual, errored:
		return result
	}
	return ""
}
