package render

import (
	"fmt"
	"slices"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Alert is what a hook of a pipeline knows about its build.
type Alert string

// One alert for each hook; on_failure may say Found or Failed, since only the report can tell them apart.
const (
	Found   Alert = "found"
	Failed  Alert = "failed"
	Errored Alert = "errored"
	Aborted Alert = "aborted"
	Fixed   Alert = "fixed"
)

// UnmarshalText reads the word.
func (a *Alert) UnmarshalText(text []byte) error {
	*a = Alert(text)
	if *a != "" && !slices.Contains([]Alert{Found, Failed, Errored, Aborted, Fixed}, *a) {
		return fmt.Errorf("wants found, failed, errored, aborted or fixed, not %q", text)
	}
	return nil
}

// Detail is how much a channel may see.
type Detail string

// The details, from all to least.
const (
	Full    Detail = ""        // subjects, evidence, actions
	Summary Detail = "summary" // how many of which rule, but no subject: for a channel that must not see hosts
	Counts  Detail = "counts"  // numbers alone
)

// UnmarshalText reads the word; full is also what nothing means.
func (d *Detail) UnmarshalText(text []byte) error {
	switch *d = Detail(text); *d {
	case "full":
		*d = Full
	case Full, Summary, Counts:
	default:
		return fmt.Errorf("wants full, summary or counts, not %q", text)
	}
	return nil
}

// Status is the post's status in words. A report knows better than a hook, but a clean one cannot
// make a failed build look green. It is for the eye: a program asks what comes below.
func (p Post) Status() string {
	switch {
	case p.Fixed():
		return "FIXED"
	case p.Report != nil && !p.Overruled() && p.Alert == Aborted:
		return "ABORTED, " + Headline(p.Report)
	case p.Report != nil && !p.Overruled():
		return Headline(p.Report)
	case p.Alert == Fixed:
		return "SUCCEEDED, BUT LEFT NO REPORT"
	case p.Alert == Errored:
		return "ERRORED"
	case p.Alert == Aborted:
		return "ABORTED"
	case p.Alert == Found || p.Alert == Failed:
		return "FAILED"
	case p.Missing != "":
		return "COULD NOT LOOK"
	}
	return "NOTE"
}

// mark repeats the status for the eye; the words say it all.
func (p Post) mark() string {
	switch {
	case p.Green():
		return "🟢"
	case p.Alert == Aborted:
		return "⚪"
	case p.Report != nil && p.Report.Worst() >= report.Warning:
		return "🔴"
	case p.Note():
		return "🔵"
	}
	return "🟡"
}

func (p Post) clean() bool { return p.Report != nil && p.Report.Status() == report.Clean }

// Green tells of a line that is as it should be, by its report and by its build.
func (p Post) Green() bool { return p.clean() && !p.Overruled() }

// Fixed tells of a green line of which that may be news.
func (p Post) Fixed() bool { return p.clean() && p.Alert == Fixed }

// Note tells of words alone, or of nothing but the build: no hook says how it went, and no report was due.
func (p Post) Note() bool { return p.Report == nil && p.Alert == "" && p.Missing == "" }

// Overruled tells of a clean report of a build that did not succeed.
func (p Post) Overruled() bool { return p.clean() && p.Alert != "" && p.Alert != Fixed }
