package cloud

import "github.com/cloud-gov/platform-checklist/internal/standin/fault"

// Failure is a way in which AWS refuses or breaks, worded and numbered as the
// service that was called does it.
type Failure string

const (
	Denied    Failure = "denied"    // the caller may not do this
	Expired   Failure = "expired"   // the session has ended
	Internal  Failure = "internal"  // HTTP 500
	Throttled Failure = "throttled" // too many requests
	absent    Failure = "absent"    // no such operation
	missing   Failure = "missing"   // not signed
	unknown   Failure = "unknown"   // signed with a key that is not known here
)

// Fault makes requests to an account fail. A selector that is empty matches all.
type Fault struct {
	Operation string // as in a policy: "cloudtrail:LookupEvents"
	Region    string
	After     int // so many matching requests are answered first: 2 breaks a scan at its third page
	Times     int // so many fail; zero: all from then on
	With      Failure
	Do        fault.Action // instead of With: the answer is right and its transport breaks

	seen int
}

// strikes tells whether the fault answers this request, and counts it.
func (f *Fault) strikes(r *request) bool {
	if f.Operation != "" && f.Operation != r.name() || f.Region != "" && f.Region != r.region {
		return false
	}
	f.seen++
	return f.seen > f.After && (f.Times == 0 || f.seen <= f.After+f.Times)
}
