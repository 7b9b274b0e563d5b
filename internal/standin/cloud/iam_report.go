package cloud

import (
	"encoding/base64"
	"net/http"
	"time"
)

// Report is the state of an account's credential report. The zero value is an
// account that never had one.
type Report struct {
	Generated time.Time // when the report at hand was made; zero: there is none
	CSV       string    // the report at hand; default: the users as they are
	Polls     int       // so many calls find a new report still in progress

	pending bool
	polls   int // that are still to be disappointed
}

// reportLife is how long a report stays: until then it is answered again, even
// if the users have changed; afterwards it is expired.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
const reportLife = 4 * time.Hour

// generateCredentialReport starts a report, unless one is young enough.
func (s *Server) generateCredentialReport(r *request) (any, error) {
	type state struct {
		State       string
		Description string `xml:",omitempty"`
	}
	report := &r.account.Report
	switch {
	case report.pending && !r.account.advance(r.now):
		return state{State: "INPROGRESS"}, nil
	case !report.Generated.IsZero() && r.now.Sub(report.Generated) <= reportLife:
		return state{State: "COMPLETE"}, nil
	default:
		report.pending, report.polls = true, report.Polls
		return state{"STARTED", "No report exists. Starting a new report generation task"}, nil
	}
}

// getCredentialReport answers the report as it was when it was made.
func (s *Server) getCredentialReport(r *request) (any, error) {
	report := &r.account.Report
	switch {
	case report.pending && !r.account.advance(r.now):
		return nil, refuse(http.StatusNotFound, "ReportInProgress", "Unknown")
	case report.Generated.IsZero():
		return nil, refuse(http.StatusGone, "ReportNotPresent", "Unknown")
	case r.now.Sub(report.Generated) > reportLife:
		return nil, refuse(http.StatusGone, "ReportExpired", "Unknown")
	}
	return struct{ Content, ReportFormat, GeneratedTime string }{
		base64.StdEncoding.EncodeToString([]byte(report.CSV)), "text/csv", stamp(report.Generated),
	}, nil
}

// advance is one poll of a report in progress; at last it is made, from the
// users of that moment.
func (a *Account) advance(now time.Time) (done bool) {
	report := &a.Report
	if report.polls > 0 {
		report.polls--
		return false
	}
	report.pending, report.Generated, report.CSV = false, now, a.credentials()
	return true
}
