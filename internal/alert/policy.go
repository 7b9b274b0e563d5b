package alert

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Policy is what a team decides about its alerts.
type Policy struct {
	Grace      time.Duration              `yaml:"grace"`      // an alert that fires for less is nobody's fault yet
	Severities map[string]report.Severity `yaml:"severities"` // of the label severity; any other is a warning

	SilenceLongest time.Duration `yaml:"silence_longest"` // from start to end
	SilenceEnds    time.Duration `yaml:"silence_ends"`    // one that covers a firing alert and ends sooner is told
	SilenceUnused  time.Duration `yaml:"silence_unused"`  // one that matched nothing for so long is told

	Watchdog      string        `yaml:"watchdog"`      // the alert that always fires
	WatchdogAge   time.Duration `yaml:"watchdog_age"`  // its series is no older
	Settle        time.Duration `yaml:"settle"`        // what started later than this ago is not believed yet
	Alertmanagers int           `yaml:"alertmanagers"` // that Prometheus must send to

	LookBack         time.Duration `yaml:"look_back"`         // for notifications; three days, so that Monday sees the weekend
	HandledReactions []string      `yaml:"handled_reactions"` // by which people say in Slack that a notification is handled
	IgnoreApps       []string      `yaml:"ignore_apps"`       // bot IDs, such as the checklist's own webhook's
	IgnorePattern    string        `yaml:"ignore_pattern"`    // a notification whose text matches wants nobody

	Canary Canaries `yaml:"canary"`
	Weekly Weekly   `yaml:"noise"`

	report.Exceptions `yaml:",inline"`
}

// Weekly is the review of false positives.
type Weekly struct {
	Weekday string `yaml:"weekday"` // in UTC; empty: never
	Days    int    `yaml:"days"`    // looked back
}

// DefaultPolicy holds without a policy file. Two hours are the checklist's own limit for an alert;
// the others are this project's.
func DefaultPolicy() *Policy {
	return &Policy{
		Grace: 2 * time.Hour,
		Severities: map[string]report.Severity{
			"critical": report.High, "warning": report.Warning, "info": report.Info, "none": report.Info,
		},
		SilenceLongest: 7 * 24 * time.Hour, SilenceEnds: 24 * time.Hour, SilenceUnused: 24 * time.Hour,
		Watchdog: "Watchdog", WatchdogAge: 2 * time.Minute, Settle: 5 * time.Minute, Alertmanagers: 1,
		LookBack:         72 * time.Hour,
		HandledReactions: []string{"white_check_mark", "heavy_check_mark", "eyes"},
		IgnorePattern:    `\[RESOLVED.*`,
		Canary:           Canaries{Alertname: "DailyChecklistCanary", Within: 2 * time.Minute},
		Weekly:           Weekly{Weekday: "Monday", Days: 7},
	}
}

// Problems tells every key that cannot be so.
func (p Policy) Problems() (problems []error) {
	for _, d := range []struct {
		key   string
		value time.Duration
	}{
		{"silence_longest", p.SilenceLongest}, {"silence_ends", p.SilenceEnds}, {"silence_unused", p.SilenceUnused},
		{"watchdog_age", p.WatchdogAge}, {"look_back", p.LookBack}, {"canary.within", p.Canary.Within},
	} {
		if d.value <= 0 {
			problems = append(problems, fmt.Errorf("%s is %s: give a time such as 24h", d.key, d.value))
		}
	}
	if p.Grace < 0 || p.Settle < 0 {
		problems = append(problems, errors.New("grace and settle want 0s or more"))
	}
	if p.Watchdog == "" {
		problems = append(problems, errors.New("watchdog is empty: name the alert that always fires"))
	}
	if p.Alertmanagers < 1 {
		problems = append(problems, fmt.Errorf("alertmanagers is %d: give 1 or more", p.Alertmanagers))
	}
	if len(p.HandledReactions) == 0 {
		problems = append(problems, errors.New("handled_reactions is empty: name at least one, such as eyes"))
	}
	if _, err := regexp.Compile(p.IgnorePattern); err != nil {
		problems = append(problems, fmt.Errorf("ignore_pattern: %w", err))
	}
	if p.Weekly.Days < 1 {
		problems = append(problems, fmt.Errorf("noise.days is %d: give 1 or more", p.Weekly.Days))
	}
	if _, known := weekdays[strings.ToLower(p.Weekly.Weekday)]; !known && p.Weekly.Weekday != "" {
		problems = append(problems, fmt.Errorf("noise.weekday wants a day such as Monday, not %q", p.Weekly.Weekday))
	}
	return append(problems, p.Canary.problems()...)
}

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
}

// Today tells whether it is the day of the review.
func (w Weekly) Today(now time.Time) bool {
	day, known := weekdays[strings.ToLower(w.Weekday)]
	return known && now.UTC().Weekday() == day
}

func (p Policy) severity(a Labels) report.Severity {
	if s, known := p.Severities[a["severity"]]; known {
		return s
	}
	return report.Warning
}
