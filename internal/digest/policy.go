package digest

import (
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about its checklist.
type Policy struct {
	Grace     time.Duration `yaml:"grace"`      // a build may begin so long after its morning has ended
	Running   time.Duration `yaml:"running"`    // a build that runs, or waits, longer is told
	ParentAge time.Duration `yaml:"parent_age"` // the boxes must have been set since; 0: whenever the config changed
	Days      int           `yaml:"days"`       // on the page

	report.Exceptions `yaml:",inline"`
}

// DefaultPolicy holds without a policy file. The times are this project's: Concourse checks a time resource each minute and
// finds a worker in some more; a task ends within its 20 minutes.
func DefaultPolicy() *Policy {
	return &Policy{Grace: 10 * time.Minute, Running: 2 * time.Hour, Days: 30}
}

// Problems tells every key that cannot be so.
func (p Policy) Problems() (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if p.Grace < 0 || p.Grace >= 24*time.Hour {
		wrong("grace is %s: give a time such as 10m, less than a day", p.Grace)
	}
	if p.Running <= 0 {
		wrong("running is %s: give a time such as 2h", p.Running)
	}
	if p.ParentAge < 0 {
		wrong("parent_age is %s: give a time such as 168h, or 0s for any", p.ParentAge)
	}
	if p.Days < 1 || p.Days > maxDays {
		wrong("days is %d: give 1 to %d", p.Days, maxDays)
	}
	return problems
}

// maxDays bounds the page, and what is read of Concourse for it.
const maxDays = 92
