package digest

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// stamp is a moment where the box is.
func stamp(t time.Time, w clock.Window) string {
	return t.In(w.Zone.Location()).Format("Mon 2006-01-02 15:04 MST")
}

// ago is an age in one unit.
func ago(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return "a minute"
	case d < 2*time.Hour:
		return report.Number(int(d/time.Minute), "minute")
	case d < 48*time.Hour:
		return report.Number(int(d/time.Hour), "hour")
	}
	return report.Number(int(d/(24*time.Hour)), "day")
}

// who is who did something.
func who(name string) string {
	if name == "" {
		return "Concourse itself"
	}
	return name
}

// paused says by whom something was paused, and when, where Concourse knows it.
func paused(by string, at time.Time, w clock.Window) string {
	text := ""
	if by != "" {
		text = " by " + by
	}
	if !at.IsZero() {
		text += " since " + stamp(at, w)
	}
	return text
}

// fly is what to type.
func fly(command, flag, of string) string {
	return fmt.Sprintf("fly -t ci %s %s %s", command, flag, quoted(of))
}

var harmless = regexp.MustCompile(`^[A-Za-z0-9._:/,@-]+$`)

// quoted is a word that a shell takes as it is: a name from outside may hold what it would run.
func quoted(word string) string {
	if harmless.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func (s *Setup) job() string { return s.Ref + "/" + s.JobName }

// set is what sets the boxes again.
func (f *Facts) set() string { return fly("trigger-job", "-j", f.Parent.job()) + " -w" }
