package rotation

import (
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about the box, beside the schedule.
type Policy struct {
	Weeks int `yaml:"weeks"` // that are judged, and written for Slackbot

	report.Exceptions `yaml:",inline"`
}

// mostWeeks bounds what is judged.
const mostWeeks = 53

// DefaultPolicy holds without a policy file.
func DefaultPolicy() *Policy { return &Policy{Weeks: 8} }

// Problems tells every key that cannot be so.
func (p Policy) Problems() []error {
	if p.Weeks < 1 || p.Weeks > mostWeeks {
		return []error{fmt.Errorf("weeks is %d: give 1 to %d", p.Weeks, mostWeeks)}
	}
	return nil
}
