package mfa

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about second factors and access keys.
type Policy struct {
	AccessKeyDays         int `yaml:"access_key_days"`         // an active access key older than this is told
	CredentialReportHours int `yaml:"credential_report_hours"` // a credential report older than this is not believed
	report.Exceptions     `yaml:",inline"`
}

// leastReportHours is how long AWS answers with the same credential report.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
const leastReportHours = 4

// DefaultPolicy holds without a policy file. 90 days are those of the CIS AWS Foundations
// Benchmark ("access keys are rotated every 90 days or less").
func DefaultPolicy() *Policy { return &Policy{AccessKeyDays: 90, CredentialReportHours: 6} }

// Problems tells every limit that cannot be so.
func (p Policy) Problems() (problems []error) {
	if p.AccessKeyDays < 1 {
		problems = append(problems, fmt.Errorf("access_key_days is %d: give 1 or more", p.AccessKeyDays))
	}
	if p.CredentialReportHours < leastReportHours {
		problems = append(problems, fmt.Errorf("credential_report_hours is %d: give %d or more, AWS makes a new report no sooner",
			p.CredentialReportHours, leastReportHours))
	}
	return problems
}

// Believes tells why a credential report of that moment is not believed, nil when it is. A report
// from the future, but for clocks that differ by minutes, is none either.
func (p Policy) Believes(made, now time.Time) error {
	switch age := now.Sub(made); {
	case age > time.Duration(p.CredentialReportHours)*time.Hour:
		return fmt.Errorf("the credential report of %s is %d h old, more than %d h", made.UTC().Format(time.RFC3339), int(age.Hours()), p.CredentialReportHours)
	case age < -5*time.Minute:
		return fmt.Errorf("the credential report of %s is from the future", made.UTC().Format(time.RFC3339))
	}
	return nil
}
